package io.jenkins.plugins.darwin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.testing.Cli;
import io.jenkins.plugins.darwin.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A first configuration in a clone that is called otherwise than its origin. */
class InitIT {
    @TempDir
    Path temp;

    private Path clone;

    @BeforeEach
    void cloneOfDarwin() throws Exception {
        Path seed = Files.createDirectories(temp.resolve("seed/helm/darwin"))
                .getParent()
                .getParent();
        Files.writeString(seed.resolve("helm/darwin/Chart.yaml"), "apiVersion: v2\nname: darwin\nversion: 1.0.0\n");
        Files.createDirectories(seed.resolve("tools/proxy"));
        Files.writeString(
                seed.resolve("tools/proxy/Chart.yaml"),
                "apiVersion: v2\nname: proxy\nversion: 0.1.4\nappVersion: 1.27.4\n");
        Tools.run(temp, "git", "init", "-q", "-b", "develop", "seed");
        Tools.run(seed, "git", "add", ".");
        Tools.run(seed, "git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "feat: first");
        Tools.run(temp, "git", "clone", "-q", "--bare", "seed", "Darwin.git");
        Tools.run(temp, "git", "clone", "-q", "Darwin.git", "work");
        clone = temp.resolve("work");
        Tools.run(clone, "git", "checkout", "-q", "-b", "feat/elsewhere");
    }

    @Test
    void isNamedAfterTheOriginAndReleasesFromItsDefaultBranch() throws Exception {
        Cli planned = Cli.run(clone, Map.of(), "init", "--dry-run", "--json");
        assertThat(planned.json().path("changes").get(0).path("made").asBoolean())
                .isFalse();
        assertThat(clone.resolve("darwin-release.yaml")).doesNotExist();

        Cli written = Cli.run(clone, Map.of(), "init", "--json");
        assertThat(written.code()).as(written.err()).isZero();
        assertThat(written.json().path("changes").get(0).path("made").asBoolean())
                .isTrue();
        assertThat(clone.resolve("darwin-release.yaml"))
                .content()
                .contains(
                        "project: darwin\n",
                        "trunk: develop\n",
                        "charts: [helm/darwin]\n",
                        "# not listed: tools/proxy\n")
                .doesNotContain("files: tools/proxy");

        Cli again = Cli.run(clone, Map.of(), "init");
        assertThat(again.code()).isEqualTo(3);
        assertThat(again.complaint()).contains("exists already");
    }

    @Test
    void withoutAnOriginTheBranchAndFolderAtHandTellBoth() {
        Tools.run(clone, "git", "remote", "remove", "origin");
        Cli written = Cli.run(clone, Map.of(), "init");
        assertThat(written.code()).as(written.err()).isZero();
        assertThat(clone.resolve("darwin-release.yaml"))
                .content()
                .contains("project: work\n", "trunk: feat/elsewhere\n");
    }
}
