package io.jenkins.plugins.darwin.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitNamesTest {
    private static final CommitId ID = new CommitId("0123456789012345678901234567890123456789");

    @ParameterizedTest
    @ValueSource(strings = {"main", "release/1.3.0", "hotfix/1.3.1-fix", "größe", "a@b"})
    void takesWhatGitTakes(String name) {
        assertThat(GitNames.requireBranch(name)).isEqualTo(name);
        assertThat(GitNames.requireTag(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "-rf", "a..b", "a@{1}", "a b", "a\u0007", "a\u007f", "a.lock", "a/.b", "/a", "a/", "a//b",
                "a.", "a~1", "a^", "a:b", "a?", "a*", "a[b", "a\\b", "HEAD", "@", "a\nb"
            })
    void refusesWhatGitRefuses(String name) {
        assertThatThrownBy(() -> GitNames.requireBranch(name))
                .isInstanceOfSatisfying(
                        ReleaseException.class, e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.USAGE))
                .hasMessageStartingWith("Not a name for a branch")
                .hasMessageNotContainingAny("\n", "\u0007");
        assertThatThrownBy(() -> RefUpdate.createTag(name, ID)).isInstanceOf(ReleaseException.class);
    }

    @Test
    void refusesNamesTooLongForAFile() {
        assertThatThrownBy(() -> GitNames.requireTag("x".repeat(201))).hasMessageContaining("longer than 200 bytes");
        assertThatThrownBy(() -> GitNames.requireTag(null)).isInstanceOf(ReleaseException.class);
    }

    @Test
    void pushesBranchesAndTagsOnly() {
        assertThatThrownBy(() -> new RefUpdate("refs/notes/x", Optional.empty(), ID))
                .isInstanceOf(ReleaseException.class);
        assertThatThrownBy(() -> new RefUpdate("refs/heads/a..b", Optional.empty(), ID))
                .isInstanceOf(ReleaseException.class);
        assertThatThrownBy(() -> new RefUpdate("HEAD", Optional.empty(), ID)).isInstanceOf(ReleaseException.class);
        assertThat(RefUpdate.createBranch("release/1.3.0", ID).ref()).isEqualTo("refs/heads/release/1.3.0");
    }
}
