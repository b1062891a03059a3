package io.jenkins.plugins.darwin.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.testing.MemoryTree;
import io.jenkins.plugins.darwin.testing.Messages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the project's own commands make of bumped files, and what they may not. */
class CheckoutCommandsTest {
    @TempDir
    Path temp;

    private final Messages messages = new Messages();
    private final Map<String, String> environment = new HashMap<>(System.getenv());

    private Map<String, String> run(Predicate<String> adds, String... commands) {
        MemoryTree tree = new MemoryTree()
                .file("VERSION", "1.2.0\n")
                .file("docs/README", "see 1.2.0\n")
                .file("same", "x\n")
                .executable("gen.sh", "#!/bin/sh\necho made of $(cat VERSION) > made.lock\n")
                .link("link", "same");
        Map<String, String> changed = new HashMap<>();
        new CheckoutCommands(
                        tree,
                        Map.of("VERSION", "1.3.0\n".getBytes(StandardCharsets.UTF_8)),
                        Version.parse("1.3.0"),
                        Instant.EPOCH,
                        environment,
                        temp.resolve("logs/afterBump.log"),
                        temp.resolve("temp"),
                        messages)
                .run(List.of(commands), adds)
                .forEach((path, bytes) -> changed.put(path, new String(bytes, StandardCharsets.UTF_8)));
        assertThat(temp.resolve("temp")).isEmptyDirectory();
        return changed;
    }

    private Map<String, String> run(String... commands) {
        return run(path -> false, commands);
    }

    @Test
    void whatTheyChangeIsReadBackAndNothingElse() {
        assertThat(run("sed -i \"s/1.2.0/$(cat VERSION)/\" docs/README", "touch same; cp same same2"))
                .containsExactlyEntriesOf(Map.of("docs/README", "see 1.3.0\n"));
        assertThat(messages.lines())
                .anyMatch(line -> line.startsWith("Not in the commit, as they are new: same2."))
                .anyMatch(line -> line.startsWith("afterBump | $ sed"));
    }

    @Test
    void whatTheyMakeCountsWhereItIsNamed() {
        assertThat(run(path -> path.endsWith(".lock"), "./gen.sh; echo x > other"))
                .containsExactlyEntriesOf(Map.of("made.lock", "made of 1.3.0\n"));
    }

    @Test
    void theyMayChangeTheBumpItself() {
        assertThat(run("echo $RELEASE_VERSION-final > VERSION"))
                .containsExactlyEntriesOf(Map.of("VERSION", "1.3.0-final\n"));
        assertThat(run("true")).isEmpty();
    }

    @Test
    void oneThatFailsStopsTheRestAndShowsItsLog() {
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> run("echo so far so good", "echo no such tool >&2; exit 3", "echo never"))
                .withMessageContaining(
                        "The version bump was not built: bash ended with 3".replace("was not built", "was not built"))
                .withMessageContaining("no such tool")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("never"));
        assertThat(temp.resolve("logs/afterBump.log")).content().contains("so far so good", "no such tool");
    }

    @Test
    void filesOfTheCommitStay() {
        for (String command :
                List.of("rm docs/README", "ln -sf /etc/passwd docs/README", "rm docs/README; mkdir docs/README")) {
            assertThatExceptionOfType(ReleaseException.class)
                    .isThrownBy(() -> run(command))
                    .withMessageContaining("took away docs/README");
        }
    }

    @Test
    void noSecretReachesThem() {
        environment.put("DARWIN_SIGNING_PASSPHRASE", "hush");
        environment.put("TEAM_TOKEN", "hush");
        assertThat(run("env > docs/README").get("docs/README"))
                .contains("RELEASE_VERSION=1.3.0", "PATH=")
                .doesNotContain("hush");
    }
}
