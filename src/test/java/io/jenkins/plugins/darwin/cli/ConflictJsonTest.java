package io.jenkins.plugins.darwin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.git.GitRemote;
import io.jenkins.plugins.darwin.git.RefUpdate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.registry.Repository;
import io.jenkins.plugins.darwin.testing.Cli;
import io.jenkins.plugins.darwin.testing.PublicState;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.SampleImage;
import io.jenkins.plugins.darwin.testing.StagedBuild;
import io.jenkins.plugins.darwin.testing.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A refused plan tells its conflicts as data, whichever command met them. */
class ConflictJsonTest {
    @TempDir
    Path temp;

    private ReleaseFixture release;

    @BeforeEach
    void make() {
        release = ReleaseFixture.layouts(temp);
    }

    /** Refused, with nothing changed; gives the conflicts. */
    private List<JsonNode> refused(String command, String... more) throws IOException {
        Path key =
                Files.writeString(temp.resolve("key.asc"), ReleaseFixture.key().secret());
        SortedMap<String, String> before = PublicState.files(List.of(release.origin(), temp.resolve("registry")));
        List<String> args = new ArrayList<>(List.of(
                "--json",
                "--repo",
                release.origin().toString(),
                "--config",
                release.configFile().toString(),
                command,
                "1.3.0"));
        args.addAll(List.of(more));
        Cli run = Cli.run(
                temp,
                Map.of(
                        "DARWIN_CACHE",
                        temp.resolve("cache").toString(),
                        "DARWIN_SIGNING_KEY",
                        key.toString(),
                        "DARWIN_SIGNING_PASSPHRASE",
                        TestKey.PASSPHRASE),
                args.toArray(String[]::new));
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(3);
        assertThat(PublicState.files(List.of(release.origin(), temp.resolve("registry"))))
                .isEqualTo(before);
        JsonNode document = run.json();
        assertThat(document.path("outcome").asText()).isEqualTo("refused");
        assertThat(document.path("errors").path(0).asText()).isEqualTo(run.complaint());
        List<JsonNode> conflicts = new ArrayList<>();
        document.path("changes").forEach(conflicts::add);
        assertThat(conflicts).isNotEmpty().allSatisfy(c -> {
            assertThat(c.path("state").asText()).isEqualTo("CONFLICT");
            assertThat(c.path("kind").asText()).isNotEmpty();
            assertThat(run.complaint())
                    .contains(
                            c.path("target").asText(),
                            c.path("expected").asText(),
                            c.path("found").asText());
        });
        return conflicts;
    }

    private Repository staging(String repository) {
        return Registries.open(
                        "oci-layout:" + temp.resolve("registry/staging"),
                        RegistryOptions.defaults().withLayoutBase(temp))
                .repository(repository);
    }

    @Test
    void aBranchThatIsNotOurs() throws IOException {
        try (GitMirror git = GitMirror.open(
                GitRemote.of(release.origin().toString()), temp.resolve("developer"), Progress.silent())) {
            git.push(List.of(RefUpdate.createBranch("release/1.3.0", git.requireBranch("main"))));
        }
        assertThat(refused("cut")).singleElement().satisfies(c -> {
            assertThat(c.path("kind").asText()).isEqualTo("branch");
            assertThat(c.path("target").asText()).isEqualTo("release/1.3.0");
        });
    }

    @Test
    void aFolderThatSomebodyChanged() throws IOException {
        release.cut();
        release.build();
        Files.writeString(release.dist("1.3.0-RC1").resolve("RELEASE_NOTES.md"), "Nothing new.\n");
        assertThat(refused("build-rc"))
                .singleElement()
                .satisfies(c -> assertThat(c.path("kind").asText()).isEqualTo("folder"));
        assertThat(refused("sign"))
                .singleElement()
                .satisfies(c -> assertThat(c.path("kind").asText()).isEqualTo("folder"));
    }

    @Test
    void namesThatLeadElsewhere() throws IOException {
        release.cut();
        release.build();
        release.sign();
        Repository compute = staging("darwin-compute");
        Repository serve = staging("ml-serve-app");
        String other = compute.resolve("1.3.0-RC1").orElseThrow().digest().toString();
        for (String name : List.of("darwin-compute", "ml-serve-app")) {
            Repository repository = staging(name);
            repository.tag(SampleImage.push(repository, 7, 100), "1.3.0-RC1");
        }
        assertThat(refused("sign"))
                .hasSize(2)
                .anySatisfy(c -> {
                    assertThat(c.path("target").asText()).isEqualTo(compute.reference() + ":1.3.0-RC1");
                    assertThat(c.path("expected").asText()).isEqualTo(other);
                })
                .anySatisfy(c -> assertThat(c.path("target").asText()).isEqualTo(serve.reference() + ":1.3.0-RC1"));
    }

    @Test
    void stagedContentThatWasNotBuilt() throws IOException {
        release.cut();
        release.build();
        StagedBuild staged = new StagedBuild(
                Registries.open(
                        "oci-layout:registry/staging",
                        RegistryOptions.defaults().withLayoutBase(temp)),
                CandidateId.parse("1.3.0-RC1"));
        String swapped = staged.swapImage("darwin-compute").toString();
        assertThat(refused("sign")).anySatisfy(c -> {
            assertThat(c.path("kind").asText()).isEqualTo("image");
            assertThat(c.path("target").asText()).isEqualTo("darwin-compute");
            assertThat(c.path("found").asText()).isEqualTo(swapped);
        });
    }
}
