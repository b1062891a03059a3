package io.jenkins.plugins.darwin.jenkins.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.git.GitRemote;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.publish.Publication;
import io.jenkins.plugins.darwin.publish.Publisher;
import io.jenkins.plugins.darwin.publish.Stage;
import io.jenkins.plugins.darwin.publish.Step;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent does, in this JVM: real repositories, registries in folders. */
class AgentCallTest {
    private static final String CONFIG = "release.yaml";

    @TempDir
    Path dir;

    private final Console console = new Console();
    private final HashMap<String, String> environment = new HashMap<>(System.getenv());
    private ReleaseFixture fixture;

    @BeforeEach
    void checkOut() throws IOException {
        fixture = ReleaseFixture.layouts(dir.resolve("site"));
        Files.createDirectories(dir.resolve("one"));
        Files.createDirectories(dir.resolve("two"));
        String shared = fixture.config().replace("oci-layout:registry", "oci-layout:" + dir.resolve("registry"));
        Files.writeString(dir.resolve("one").resolve(CONFIG), shared);
        Files.writeString(dir.resolve("two").resolve(CONFIG), shared);
    }

    /** State comes from Git and the registry, never from a workspace: each step has another one. */
    @Test
    void candidateOfOneAgentIsSignedOnAnother() throws Exception {
        assertThat(run(ReleaseWork.CUT, "one").values())
                .containsEntry("version", "1.3.0")
                .containsEntry("branch", "release/1.3.0");
        Answer built = run(ReleaseWork.BUILD_RC, "one");
        assertThat(built.outcome()).isEqualTo("DONE");
        assertThat(built.values())
                .containsEntry("rc", 1)
                .containsEntry("tag", "1.3.0-RC1")
                .containsEntry("directory", dir.resolve("one/dist/1.3.0-RC1").toString());
        assertThat(rows(built, "images")).extracting("name").containsExactly("darwin-compute", "ml-serve-app");
        assertThat(rows(built, "files")).extracting("name").contains("darwin-1.3.0.tgz", "darwin-1.3.0-src.tar.gz");

        Answer signed = run(ReleaseWork.SIGN, "two");
        assertThat(signed.values())
                .containsEntry("fingerprint", ReleaseFixture.key().fingerprint());
        assertThat(signed.values().get("digest")).asString().startsWith("sha256:");
        assertThat(signed.values().get("reference"))
                .asString()
                .endsWith("@" + signed.values().get("digest"));
        assertThat(run(ReleaseWork.SIGN, "one").outcome()).isEqualTo("UNCHANGED");
    }

    @Test
    void dryRunListsChangesAndMakesNone() throws Exception {
        Answer planned = run(ReleaseWork.CUT, "one", CONFIG, true);
        assertThat(planned.outcome()).isEqualTo("PLANNED");
        assertThat(planned.changes())
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change).containsEntry("made", false));
        assertThat(planned.changes()).extracting("target").contains("release/1.3.0");
        assertThat(run(ReleaseWork.CUT, "one").outcome()).isEqualTo("DONE");
    }

    @Test
    void missingConfigurationIsOneSentence() throws Exception {
        Answer answer = run(ReleaseWork.CUT, "one", "ci/release.yaml", false);
        assertThat(answer.failure())
                .startsWith("There is no file ci/release.yaml in the workspace")
                .doesNotContain("\n");
        assertThat(answer.defect()).isNull();
    }

    /** A Jenkinsfile must not read the agent's other files through an error message. */
    @Test
    void configurationOutsideTheWorkspaceIsRefused() throws Exception {
        assertThat(run(ReleaseWork.CUT, "one", "../two/" + CONFIG, false).failure())
                .startsWith("Not a configuration of this build");
        assertThat(run(
                                ReleaseWork.CUT,
                                "one",
                                dir.resolve("two").resolve(CONFIG).toString(),
                                false)
                        .failure())
                .startsWith("Not a configuration of this build");
    }

    /** Exceptions stay where they are: the controller refuses those of libraries. An answer is stored, too. */
    @Test
    void answersOfAllKindsCrossTheWire() throws Exception {
        for (Answer answer : List.of(
                run(ReleaseWork.CUT, "one"),
                run(ReleaseWork.BUILD_RC, "one"),
                run(ReleaseWork.PROMOTE, "one"),
                Answer.failed(new IllegalStateException("broken")))) {
            assertThat(sent(answer)).usingRecursiveComparison().isEqualTo(answer);
        }
    }

    @Test
    void defectBringsItsTraceAndAsksForAReport() {
        Answer answer = Answer.failed(new IllegalStateException("broken"));
        assertThat(answer.failure()).contains("broken").contains("report").doesNotContain("\n");
        assertThat(answer.defect())
                .contains("IllegalStateException: broken")
                .contains("at " + AgentCallTest.class.getName());
    }

    /** What another plugin publishes is asked on the agent, like our own publishers. */
    private record OtherPlugins() implements Publisher, java.io.Serializable {
        @Override
        public String name() {
            return "place of another plugin";
        }

        @Override
        public Set<Credential> needs(ReleaseConfig config) {
            return Set.of();
        }

        @Override
        public List<Step> changes(Publication publication) {
            return List.of(Step.shown(Stage.PAGES, Change.done("page", "of another plugin", "there")));
        }
    }

    @Test
    void publishersOfOtherPluginsCrossTheWire() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(request("one", CONFIG, false));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((StepRequest) in.readObject()).publishers())
                    .singleElement()
                    .satisfies(p -> assertThat(p.name()).isEqualTo("place of another plugin"));
        }
    }

    /** What goes to an agent prints without its secrets, in a log or a debugger. */
    @Test
    void requestPrintsNoPassword() {
        assertThat(request("one", CONFIG, false)).asString().contains("1.3.0").doesNotContain("pa55word");
        environment.put("TOKEN", "t0ken");
        assertThat(request("one", CONFIG, false)).asString().doesNotContain("t0ken");
    }

    /** A build runs in the step's environment, not in that of the agent's JVM: {@code withEnv}, tools, the PATH of the node. */
    @Test
    void buildsRunInTheStepsEnvironment() throws Exception {
        Path tools = Files.createDirectories(dir.resolve("tools"));
        Path buildah =
                Files.writeString(tools.resolve("buildah"), "#!/bin/sh\necho \"TZ is $TZ, HOME is $HOME\"\nexit 7\n");
        buildah.toFile().setExecutable(true);
        fixture.commit("chore: how serve is built\n", Map.of("serve/Dockerfile", "FROM scratch\n".getBytes(UTF_8)));
        String config = Files.readString(dir.resolve("one").resolve(CONFIG))
                .replace("files: serve/dist", "dockerfile: serve/Dockerfile, context: serve");
        Files.writeString(dir.resolve("one").resolve(CONFIG), config);
        assertThat(run(ReleaseWork.CUT, "one").failure()).isNull();
        environment.clear();
        environment.putAll(Map.of("PATH", tools + ":/usr/bin:/bin", "TZ", "Asia/Kolkata", "HOME", dir.toString()));
        String failure = run(ReleaseWork.BUILD_RC, "one").failure();
        assertThat(failure).contains("buildah ended with 7", "TZ is Asia/Kolkata, HOME is " + dir);
    }

    private Answer run(ReleaseWork work, String workspace) throws Exception {
        return run(work, workspace, CONFIG, false);
    }

    private Answer run(ReleaseWork work, String workspace, String config, boolean dryRun) throws Exception {
        RemoteSigner signer =
                work.signs() ? new RemoteSigner(ReleaseFixture.key().signer(Clock.systemUTC())) : null;
        return new AgentCall(work, request(workspace, config, dryRun), signer, console)
                .invoke(dir.resolve(workspace).toFile(), null);
    }

    private StepRequest request(String workspace, String config, boolean dryRun) {
        return new StepRequest(
                Version.parse("1.3.0"),
                GitRemote.of(fixture.origin().toString()),
                config,
                "darwin",
                "pa55word",
                dir.resolve("cache-" + workspace).toString(),
                null,
                null,
                null,
                new ArrayList<>(List.of(new OtherPlugins())),
                null,
                io.jenkins.plugins.darwin.release.PolicyCheck.trunks(),
                environment,
                dryRun);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Answer answer, String name) {
        return (List<Map<String, Object>>) answer.values().get(name);
    }

    private static Answer sent(Answer answer) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(answer);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Answer) in.readObject();
        }
    }
}
