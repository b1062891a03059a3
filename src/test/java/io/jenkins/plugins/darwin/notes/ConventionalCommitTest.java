package io.jenkins.plugins.darwin.notes;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.notes.ConventionalCommit.Footer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConventionalCommitTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "feat: a | feat | - | false | a",
                "feat(compute): GPU node support (#123) | feat | compute | false | GPU node support (#123)",
                "FIX(a/b c)!:  two  spaces | fix | a/b c | true | two  spaces",
                "chore!: drop Java 11 | chore | - | true | drop Java 11",
                "fix(): empty scope | fix | - | false | empty scope",
                "my-type: x: y | my-type | - | false | x: y",
                "feat:no space | feat | - | false | no space",
                "Fix : space before | fix | - | false | space before",
                "feat(fn()): brackets | feat | fn() | false | brackets",
                "feat(pkg/sub, ui): scopes | feat | pkg/sub, ui | false | scopes",
                "feat!(scope): bang first | feat | scope | true | bang first",
                ":sparkles: feat(x): code | feat | x | false | code",
                "\u2728 feat: sign | feat | - | false | sign",
                "\u2B06\uFE0F fix: sign with a mark | fix | - | false | sign with a mark",
                ":bug: crash at start | fix | - | false | crash at start",
                "\uD83D\uDCA5 old tokens are refused | feat | - | true | old tokens are refused",
                "[ABC-12] fix: ticket | fix | - | false | ticket [ABC-12]",
                "ABC-12: feat(a): ticket | feat | a | false | ticket [ABC-12]",
                "(ABC-12) feat: ticket | feat | - | false | ticket [ABC-12]",
                "[Feature] spot nodes | feat | - | false | spot nodes",
                "[Bug fix]: leak | fix | - | false | leak",
            })
    void readsSubjects(String message, String type, String scope, boolean bang, String description) {
        assertThat(ConventionalCommit.parse(message))
                .contains(new ConventionalCommit(type, Optional.ofNullable(scope), bang, description, List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Add GPUs",
                ": x",
                "feat(a: x",
                "feat:",
                "feat: ",
                "1feat: x",
                "https://example.org/x",
                "std::vector is used",
                "[WIP] spot nodes",
                ":rocket: faster",
                "ABC-12 something"
            })
    void leavesOtherSubjects(String message) {
        assertThat(ConventionalCommit.parse(message)).isEmpty();
    }

    @Test
    void readsFootersOverLines() {
        ConventionalCommit commit = ConventionalCommit.parse("""
                feat(sdk): runtimes

                A body that says more.
                Over two lines.

                BREAKING CHANGE: `create_cluster()` requires
                  a runtime
                Reviewed-by: Ben
                Closes #12
                """).orElseThrow();
        assertThat(commit.footers())
                .containsExactly(
                        new Footer("BREAKING CHANGE", "`create_cluster()` requires a runtime"),
                        new Footer("Reviewed-by", "Ben"),
                        new Footer("Closes", "#12"));
        assertThat(commit.breaking()).isTrue();
        assertThat(commit.bang()).isFalse();
    }

    @Test
    void footerEndsBeforeTheOriginOfACherryPick() {
        ConventionalCommit commit = ConventionalCommit.parse(
                        "fix: x\r\n\r\nHighlight: fast\r\n(cherry picked from commit " + "a".repeat(40) + ")\r\n")
                .orElseThrow();
        assertThat(commit.footers()).containsExactly(new Footer("Highlight", "fast"));
        assertThat(ConventionalCommit.parse("fix: x\n\nHighlight: fast\n\nAfter it.\n")
                        .orElseThrow()
                        .footers())
                .containsExactly(new Footer("Highlight", "fast"));
    }

    @Test
    void breakingIsInCapitalsOnlyOthersInAnyCase() {
        assertThat(ConventionalCommit.parse("fix: x\n\nBREAKING-CHANGE: y")
                        .orElseThrow()
                        .breaking())
                .isTrue();
        assertThat(ConventionalCommit.parse("fix: x\n\nbreaking-change: y")
                        .orElseThrow()
                        .breaking())
                .isFalse();
        assertThat(ConventionalCommit.parse("fix: x\n\nhighlight: y")
                        .orElseThrow()
                        .footer("Highlight"))
                .containsExactly("y");
    }

    @Test
    void subjectIsGivenInStandardForm() {
        assertThat(ConventionalCommit.parse("Feat (ui)!:  x").orElseThrow().subject())
                .isEqualTo("feat(ui)!: x");
    }
}
