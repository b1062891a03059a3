package io.jenkins.plugins.darwin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"setup.py", "helm/darwin/Chart.yaml", "a b/ü.yaml", ".gitignore", ".github/x.yml", "a/..b", "git"
            })
    void takesRelativePaths(String path) {
        assertThat(RepositoryPath.require(path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/etc/passwd",
                "../x",
                "a/../b",
                "a/..",
                "a//b",
                "a/",
                "./a",
                "C:/x",
                "a\\b",
                "a\nb",
                "a\0b",
                ".git",
                ".git/config",
                "sub/.GIT/hooks",
                ".git /x",
                ".git./x",
                "git~1/x",
                ".g\u200cit/config",
                ".git::$INDEX_ALLOCATION/x"
            })
    void refusesWhatLeavesTheRepository(String path) {
        assertThatThrownBy(() -> RepositoryPath.require(path))
                .isInstanceOfSatisfying(
                        ReleaseException.class, e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.USAGE))
                .hasMessageStartingWith("Not a path inside the repository: '");
    }

    @Test
    void foldersMayBeTheRootAndEndInASlash() {
        assertThat(RepositoryPath.requireFolder(".")).isEqualTo(".");
        assertThat(RepositoryPath.requireFolder("mlflow/")).isEqualTo("mlflow");
        assertThatThrownBy(() -> RepositoryPath.requireFolder("/")).isInstanceOf(ReleaseException.class);
        assertThatThrownBy(() -> RepositoryPath.requireFolder("../")).isInstanceOf(ReleaseException.class);
    }
}
