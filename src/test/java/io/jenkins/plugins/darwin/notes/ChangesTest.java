package io.jenkins.plugins.darwin.notes;

import static io.jenkins.plugins.darwin.notes.ReleaseNotesTest.commit;
import static io.jenkins.plugins.darwin.notes.ReleaseNotesTest.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.CommitId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangesTest {
    @Test
    void revertTakesItsCommitAndItselfAway() {
        assertThat(left("feat: a", "feat: b", "Revert \"feat: a\"\n\nThis reverts commit " + id(0) + "."))
                .containsExactly("feat: b");
    }

    @Test
    void revertMayNameAShortId() {
        assertThat(left(
                        "feat: a",
                        "feat: b",
                        "Revert \"x\"\n\nThis reverts commit " + id(1).sha().substring(0, 9) + "."))
                .containsExactly("feat: a");
    }

    @Test
    void revertOfTheRevertBringsItBack() {
        String revert = "Revert \"feat: a\"\n\nThis reverts commit " + id(0) + ".";
        String again = "Revert \"Revert \"feat: a\"\"\n\nThis reverts commit " + id(1) + ".";
        assertThat(left("feat: a", revert, again)).containsExactly("feat: a");
        assertThat(left("feat: a", revert, again, "Revert \"x\"\n\nThis reverts commit " + id(2) + "."))
                .isEmpty();
    }

    @Test
    void reapplyBringsItBackToo() {
        String revert = "Revert \"feat: a\"\n\nThis reverts commit " + id(0) + ".";
        String again = "Reapply \"feat: a\"\n\nThis reverts commit " + id(1) + ".";
        assertThat(left("feat: a", revert, again)).containsExactly("feat: a");
        assertThat(left(
                        "feat: a",
                        revert,
                        again,
                        "Revert \"Reapply \"feat: a\"\"\n\nThis reverts commit " + id(2) + "."))
                .isEmpty();
    }

    @Test
    void whatComesBackAfterAnEarlierReleaseLostItIsThatChangeAgain() {
        String gone = "\n\nThis reverts commit " + id(99) + ".";
        assertThat(left(
                        "Reapply \"feat: a\" (#4)" + gone,
                        "Revert \"Revert \"fix: b\"\"" + gone,
                        "Revert \"Reapply \"feat: c\"\"" + gone))
                .containsExactly("feat: a", "fix: b", "Revert \"feat: c\"");
    }

    @Test
    void revertByPullRequestRefsAndSubject() {
        assertThat(left("feat: a (#1)", "feat: b (#2)", "Revert \"feat: a (#1)\" (#3)\n\nReverts o/r#1\n"))
                .containsExactly("feat: b (#2)");
        assertThat(left(
                        "feat: a",
                        "feat: b",
                        "revert: both of them\n\nRefs: " + id(0).sha().substring(0, 7) + ", " + id(1)))
                .isEmpty();
        assertThat(left("feat: a", "feat: a", "revert: feat: a")).containsExactly("feat: a");
    }

    @Test
    void revertOfWhatAnEarlierReleaseHadIsAChange() {
        String revert = "Revert \"feat: old\"\n\nThis reverts commit " + id(99) + ".";
        assertThat(left("feat: a", revert)).containsExactly("feat: a", "Revert \"feat: old\"");
    }

    @Test
    void newerCommitOfTheSameSubjectStays() {
        assertThat(left("feat: a", "Revert \"feat: a\"", "feat: a")).containsExactly("feat: a");
    }

    @Test
    void backportAndOriginAreOneChange() {
        String pick = "\n\n(cherry picked from commit " + id(0) + ")\n";
        assertThat(left("fix: a", "fix: b", "fix: a" + pick)).containsExactly("fix: a", "fix: b");
        assertThat(left("x: filler", "fix: a" + origin(50), "fix: a" + origin(50)))
                .containsExactly("x: filler", "fix: a");
    }

    @Test
    void backportOfABackportIsTheSameChange() {
        assertThat(left(
                        "fix: a",
                        "fix: a" + origin(0),
                        "fix: a" + origin(0) + "(cherry picked from commit " + id(1) + ")\n"))
                .containsExactly("fix: a");
    }

    @Test
    void whatThePreviousReleaseHadUnderAnotherIdIsLeftOut() {
        List<NoteCommit> commits = List.of(commit(1, "fix: b"), commit(0, "fix: a"));
        assertThat(Changes.of(commits, Set.of(id(0))).entries())
                .extracting(Changes.Entry::subject)
                .containsExactly("fix: b");
    }

    @Test
    void mentionOfACherryPickIsNoOrigin() {
        assertThat(Changes.origins("fix: x\n\nas it was (cherry picked from commit " + id(0) + ") before"))
                .isEmpty();
        assertThat(Changes.origins("fix: x" + origin(4))).containsExactly(id(4).sha());
    }

    private static String origin(int n) {
        return "\n\n(cherry picked from commit " + id(n) + ")\n";
    }

    /** Subjects that are left, oldest first. */
    private static List<String> left(String... messages) {
        List<NoteCommit> commits = new ArrayList<>();
        for (int i = 0; i < messages.length; i++) {
            commits.add(commit(i, messages[i]));
        }
        Collections.reverse(commits);
        return Changes.of(commits, Set.<CommitId>of()).entries().stream()
                .map(Changes.Entry::subject)
                .toList();
    }

    @Test
    void aRevertTakesNothingAwayThatCameAfterIt() {
        assertThat(left("Revert \"x\"\n\nThis reverts commit " + id(1) + ".", "feat: b"))
                .containsExactly("Revert \"x\"", "feat: b");
        assertThat(left("revert: feat: b", "feat: b")).containsExactly("revert: feat: b", "feat: b");
    }

    @Test
    void aWordThatOnlyBeginsLikeARevertIsAChange() {
        assertThat(left("feat: a", "Reverting is documented\n\nThis reverts commit " + id(0) + "."))
                .containsExactly("feat: a", "Reverting is documented");
    }
}
