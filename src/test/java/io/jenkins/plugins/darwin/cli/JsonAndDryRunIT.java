package io.jenkins.plugins.darwin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.darwin.cli.demo.ExampleRepository;
import io.jenkins.plugins.darwin.testing.Cli;
import io.jenkins.plugins.darwin.testing.PublicState;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.TestKey;
import io.jenkins.plugins.darwin.testing.Tools;
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

/** A whole release by commands: first each one's dry run, which changes nothing, then for true; all with --json. */
class JsonAndDryRunIT {
    @TempDir
    Path temp;

    private ReleaseFixture release;
    private Path work;
    private Map<String, String> environment;

    @BeforeEach
    void make() throws IOException {
        release = ReleaseFixture.layouts(temp);
        Path key =
                Files.writeString(temp.resolve("key.asc"), ReleaseFixture.key().secret());
        environment = Map.of(
                "DARWIN_CACHE",
                temp.resolve("cache").toString(),
                "DARWIN_SIGNING_KEY",
                key.toString(),
                "DARWIN_SIGNING_PASSPHRASE",
                TestKey.PASSPHRASE);
        work = temp.resolve("work");
        Tools.run(temp, "git", "clone", "-q", release.origin().toString(), work.toString());
        Files.delete(work.resolve("darwin-release.yaml"));
    }

    private JsonNode json(int code, String command, String outcome, String... args) {
        List<String> all = new ArrayList<>(List.of(
                "--repo",
                command.equals("init") ? work.toString() : release.origin().toString(),
                "--config",
                release.configFile().toString(),
                "--json"));
        all.addAll(List.of(args));
        Cli run = Cli.run(temp, environment, all.toArray(String[]::new));
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
        JsonNode document = run.json();
        assertThat(document.path("command").asText()).isEqualTo(command);
        assertThat(document.has("version")).isTrue();
        assertThat(document.path("outcome").asText()).as(run.out()).isEqualTo(outcome);
        assertThat(document.path("changes").isArray()).isTrue();
        for (JsonNode change : document.path("changes")) {
            assertThat(change.path("kind").asText()).as(change.toString()).isNotEmpty();
            assertThat(change.path("target").asText()).as(change.toString()).isNotEmpty();
            assertThat(change.path("state").asText()).isIn("ABSENT", "DONE", "CONFLICT");
            assertThat(change.has("expected")).as(change.toString()).isTrue();
        }
        return document;
    }

    /** The dry run plans and leaves every file of the world alone; the run makes; the second run finds nothing to do. */
    private JsonNode writes(String command, String... args) {
        List<Path> world = List.of(
                release.origin(),
                temp.resolve("registry"),
                temp.resolve("dist"),
                work,
                temp.resolve("new.asc"),
                temp.resolve("KEYS"));
        SortedMap<String, String> before = PublicState.files(world);
        List<String> dry = new ArrayList<>(List.of("--dry-run"));
        dry.addAll(List.of(args));
        JsonNode planned = json(0, command, "planned", dry.toArray(String[]::new));
        assertThat(planned.path("changes"))
                .as(command)
                .isNotEmpty()
                .anyMatch(c -> c.path("state").asText().equals("ABSENT"))
                .noneMatch(c -> c.path("made").asBoolean());
        assertThat(PublicState.files(world)).as(command + " --dry-run").isEqualTo(before);
        JsonNode done = json(0, command, "done", args);
        assertThat(PublicState.files(world)).as(command).isNotEqualTo(before);
        assertThat(done.path("changes").size())
                .as(command)
                .isEqualTo(planned.path("changes").size());
        return done;
    }

    @Test
    void everyCommand() {
        json(0, "preflight", "done", "preflight", "1.3.0");
        writes("init", "init");
        writes(
                "key generate",
                "key",
                "generate",
                "--name",
                "Ben",
                "--email",
                "ben@example.org",
                "--type",
                "ED25519",
                "--out",
                "new.asc");
        writes("key export", "key", "export", "KEYS");
        json(0, "key export", "unchanged", "key", "export", "KEYS");
        assertThat(json(0, "status", "unchanged", "status", "1.3.0")
                        .path("phase")
                        .asText())
                .isEqualTo("NOT_CUT");

        JsonNode cut = writes("cut", "cut", "1.3.0");
        assertThat(cut.path("branch").asText()).isEqualTo("release/1.3.0");
        assertThat(cut.path("version").asText()).isEqualTo("1.3.0");
        json(0, "cut", "unchanged", "cut", "1.3.0");
        String fix = ExampleRepository.fixOnMain(release.origin()).sha();
        writes("backport", "backport", "1.3.0", fix);
        json(0, "backport", "unchanged", "backport", "1.3.0", fix);
        json(0, "notes", "done", "notes", "1.3.0");

        JsonNode built = writes("build-rc", "build-rc", "1.3.0");
        assertThat(built.path("tag").asText()).isEqualTo("1.3.0-RC1");
        assertThat(built.path("images")).hasSize(2);
        JsonNode signed = writes("sign", "sign", "1.3.0");
        String digest = signed.path("digest").asText();
        assertThat(digest).startsWith("sha256:");
        assertThat(signed.path("fingerprint").asText())
                .isEqualTo(ReleaseFixture.key().fingerprint());
        json(0, "sign", "unchanged", "sign", "1.3.0");

        writes("vote open", "vote", "1.3.0", "open");
        json(0, "vote open", "unchanged", "vote", "1.3.0", "open");
        for (String voter : List.of("alice", "bob", "carol")) {
            writes(
                    "vote cast",
                    "vote",
                    "1.3.0",
                    "cast",
                    "--voter",
                    voter,
                    "--vote",
                    "+1",
                    "--check",
                    "installation=passed",
                    "--id",
                    "m-" + voter);
            json(
                    0,
                    "vote cast",
                    "unchanged",
                    "vote",
                    "1.3.0",
                    "cast",
                    "--voter",
                    voter,
                    "--vote",
                    "+1",
                    "--check",
                    "installation=passed",
                    "--id",
                    "m-" + voter);
        }
        assertThat(json(0, "vote show", "unchanged", "vote", "1.3.0", "show").path("ballots"))
                .hasSize(3);
        assertThat(writes("vote close", "vote", "1.3.0", "close").path("vote").asText())
                .isEqualTo("PASSED");
        json(0, "verify", "done", "verify", "1.3.0-RC1");

        JsonNode promoted = writes("promote", "promote", "1.3.0");
        assertThat(promoted.path("digest").asText()).isEqualTo(digest);
        assertThat(promoted.path("tag").asText()).isEqualTo("v1.3.0");
        json(0, "promote", "unchanged", "promote", "1.3.0");
        json(0, "verify", "done", "verify", "1.3.0");
        assertThat(json(0, "status", "unchanged", "status", "1.3.0")
                        .path("phase")
                        .asText())
                .isEqualTo("RELEASED");
        writes("hotfix", "hotfix", "1.3.1", "--name", "health-check");
        json(0, "hotfix", "unchanged", "hotfix", "1.3.1", "--name", "health-check");
    }

    @Test
    void failuresToo() {
        JsonNode refused = json(3, "cut", "refused", "cut", "1.2.0");
        assertThat(refused.path("errors").path(0).asText()).contains("1.2.0", "already released");
        assertThat(json(2, "cut", "usage", "cut", "1.3").path("errors")).hasSize(1);
        assertThat(json(3, "verify", "refused", "verify", "1.3.0").path("errors"))
                .hasSize(1);
        assertThat(json(3, "preflight", "refused", "preflight", "1.2.0").path("checks"))
                .anyMatch(c -> c.path("state").asText().equals("FAILED"));
        Cli unknown = Cli.run(temp, environment, "--json", "cutt");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.json().path("outcome").asText()).isEqualTo("usage");
        assertThat(unknown.json().path("errors").path(0).asText()).contains("cutt");
    }
}
