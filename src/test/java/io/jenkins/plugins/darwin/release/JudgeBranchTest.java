package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.git.CommitForm;
import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.git.GitRemote;
import io.jenkins.plugins.darwin.git.MergePlaces;
import io.jenkins.plugins.darwin.git.MergeResult;
import io.jenkins.plugins.darwin.git.PickResult;
import io.jenkins.plugins.darwin.git.RefUpdate;
import io.jenkins.plugins.darwin.model.ChangeKind;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.policy.Judgement;
import io.jenkins.plugins.darwin.policy.Rule;
import io.jenkins.plugins.darwin.policy.Violation;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history for each rule of a release branch. */
class JudgeBranchTest {
    private static final String BRANCH = "release/1.3.0";
    private static final Person ASHA = new Person("Asha Rao", "asha@example.org");
    private static final Person DEV = new Person("Dev Patel", "dev@example.org");

    @TempDir
    Path dir;

    private ReleaseFixture release;

    @BeforeEach
    void create() {
        release = fixture("policy: refuse\n");
        release.commit(
                "feat: a list\n", file("app/list.txt", "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n"));
        release.cut();
    }

    private ReleaseFixture fixture(String policy) {
        return ReleaseFixture.create(
                dir.resolve(String.valueOf(policy.hashCode())),
                ReleaseFixture.smallConfig("oci-layout:registry/staging", "oci-layout:registry/release") + policy,
                RegistryOptions.defaults());
    }

    @Test
    void theBumpAloneIsGood() {
        Judgement bump = only();
        assertThat(bump.sort()).isEqualTo(Judgement.Sort.BUMP);
        assertThat(bump.violations()).isEmpty();
        assertThat(judge().refused()).isFalse();
    }

    @Test
    void aBumpThatBringsMoreIsNone() {
        release.commit(BRANCH, "chore: bump version to 1.3.0-RC1\n", Map.of("app/list.txt", bytes("other\n")));
        assertThat(rules(last())).contains(Rule.KIND, Rule.TRUNK);
    }

    @Test
    void aFixOfTrunkIsGoodAndSaysWhereItIsFrom() {
        CommitId fix = fix("fix: two is TWO\n", "TWO");
        backport(fix);
        Judgement pick = last();
        assertThat(pick.sort()).isEqualTo(Judgement.Sort.PICK);
        assertThat(pick.origin()).contains(fix);
        assertThat(pick.violations()).isEmpty();
    }

    @Test
    void aFixWithAnotherContextIsProvedByPickingItAgain() {
        release.commit(
                "feat: eleven\n", file("app/list.txt", list("two", "three!").replace("one", "ONE")));
        CommitId fix = release.commit(
                "fix: ten is TEN\n",
                file("app/list.txt", list("two", "three!").replace("one", "ONE").replace("ten", "TEN")));
        backport(fix);
        assertThat(last().sort()).isEqualTo(Judgement.Sort.PICK);
        assertThat(judge().refused()).isFalse();
    }

    @Test
    void aPickWithoutTheLineOfItsOriginIsFoundByWhatItChanges() {
        CommitId fix = fix("fix: two is TWO\n", "TWO");
        release.commit(BRANCH, "fix: two is TWO\n", file("app/list.txt", list("TWO", "three")));
        assertThat(last().origin()).contains(fix);
        assertThat(last().violations()).isEmpty();
    }

    /** In Python it is another program. */
    @Test
    void whiteSpaceCounts() {
        CommitId fix = fix("fix: two is TWO\n", "TWO");
        release.commit(BRANCH, claiming("fix: two is TWO", fix.sha()), file("app/list.txt", list("  TWO", "three")));
        assertThat(rules(last())).containsExactly(Rule.CONTENT);
    }

    @Test
    void aFeatureThatWasPushedStraightIsRefused() {
        CommitId feature = release.commit(BRANCH, "feat: eleven\n", file("app/new.txt", "new\n"));
        assertThat(rules(last())).containsExactly(Rule.KIND, Rule.TRUNK);
        assertThat(judge().refused()).isTrue();
        Check check = Check.failures(judge().checks()).get(0);
        assertThat(check.subject()).contains(feature.abbreviated(), "'feat: eleven'");
        assertThat(check.detail())
                .contains("is a new feature: accepted are fix, security, perf, docs, revert")
                .contains("git revert")
                .contains("release-waivers/1.3.0.yaml")
                .contains("by Asha Rao <asha@example.org>");
    }

    @Test
    void aFeatureOfTrunkIsRefusedWhateverThePickCallsItself() {
        CommitId feature = release.commit("feat: eleven\n", file("app/new.txt", "new\n"));
        release.commit(BRANCH, claiming("fix: eleven was missing", feature.sha()), file("app/new.txt", "new\n"));
        assertThat(last().kind()).isEqualTo(ChangeKind.FEATURE);
        assertThat(rules(last())).containsExactly(Rule.KIND);
    }

    @Test
    void aClaimIsHeldAgainstTheRealCommit() {
        CommitId fix = fix("fix: two is TWO\n", "TWO");
        release.commit(BRANCH, claiming("fix: two is TWO", fix.sha()), file("app/new.txt", "a feature\n"));
        assertThat(rules(last())).containsExactly(Rule.CONTENT);
        assertThat(last().violations().get(0).detail()).contains("is not what that changed", "app/new.txt");
    }

    @Test
    void aClaimOfACommitThatIsNotThere() {
        release.commit(BRANCH, claiming("fix: a hole", "0123456789".repeat(4)), file("app/new.txt", "x\n"));
        assertThat(rules(last())).containsExactly(Rule.ORIGIN);
        assertThat(last().violations().get(0).detail()).contains("the repository has no such commit");
    }

    @Test
    void aClaimOfACommitThatIsNotOnTrunk() {
        CommitId aside = branch(
                "fix/aside", git -> commit(git, git.requireBranch("main"), "fix: aside\n", file("app/new.txt", "x\n")));
        release.commit(BRANCH, claiming("fix: aside", aside.sha()), file("app/new.txt", "x\n"));
        assertThat(rules(last())).containsExactly(Rule.ORIGIN);
        assertThat(last().violations().get(0).detail()).contains(aside.abbreviated(), "which is not on main");
    }

    @Test
    void aBackportOfABackportCountsForWhatTrunkHas() {
        CommitId fix = fix("fix: two is TWO\n", "TWO");
        CommitId other = branch("release/1.2.9", git -> picked(git, git.requireBranch(BRANCH), fix));
        release.commit(BRANCH, claiming("fix: two is TWO", other.sha()), file("app/list.txt", list("TWO", "three")));
        assertThat(last().origin()).contains(fix);
        assertThat(last().violations()).isEmpty();
    }

    @Test
    void twoPicksMadeOneAreBoth() {
        CommitId first = fix("fix: two is TWO\n", "TWO");
        CommitId second = release.commit(
                "fix: ten is TEN\n", file("app/list.txt", list("TWO", "three").replace("ten", "TEN")));
        release.commit(
                BRANCH,
                claiming(claiming("fix: both", first.sha()).strip(), second.sha()),
                file("app/list.txt", list("TWO", "three").replace("ten", "TEN")));
        assertThat(last().sort()).isEqualTo(Judgement.Sort.PICK);
        assertThat(last().violations()).isEmpty();
    }

    @Test
    void aPickedMergeIsJudgedByAllThatItBrings() {
        CommitId good = mergeOnTrunk("fix/a", "Merge pull request #1 from dev/a\n", "fix: a\n", "docs: a\n");
        backport(good);
        assertThat(last().violations()).isEmpty();
        CommitId bad = mergeOnTrunk("fix/b", "Merge pull request #2 from dev/b\n", "fix: b\n", "feat: c\n");
        onBranch(git -> picked(git, git.requireBranch(BRANCH), bad));
        assertThat(rules(last())).containsExactly(Rule.KIND);
        assertThat(last().violations().get(0).detail()).contains("'feat: c', which the merge brings");
        assertThatThrownBy(() -> backport(mergeOnTrunk("fix/d", "Merge #3\n", "feat: d\n", "fix: d\n")))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("may not be picked onto release/1.3.0: kind: 'feat: d'");
    }

    @Test
    void aLockFileMakesAnUpgradeOfAFix() {
        CommitId upgrade = release.commit("fix: newer ray\n", file("requirements.txt", "ray==2.40.0\n"));
        assertThatThrownBy(() -> backport(upgrade))
                .hasMessageContaining("upgrade: it changes requirements.txt")
                .hasMessageContaining("Nothing was pushed");
        CommitId security =
                release.commit("fix(security): ray, CVE-2024-12345\n", file("requirements.txt", "ray==2.41.0\n"));
        CommitId both = security; // differs in context from the branch, which has no such file
        assertThatThrownBy(() -> backport(both)).hasMessageContaining("does not apply");
        CommitId alone = release.commit("security: a lock\n", file("ui/yarn.lock", "x@1\n"));
        backport(alone);
        assertThat(last().violations()).isEmpty();
    }

    @Test
    void upgradesByTheirMessageAreToldAsSuch() {
        CommitId bump = release.commit("chore(deps): bump ray from 2.37.0 to 2.40.0\n", file("app/deps.txt", "x\n"));
        onBranch(git -> picked(git, git.requireBranch(BRANCH), bump));
        assertThat(rules(last())).containsExactly(Rule.UPGRADE);
    }

    @Test
    void breakingUsersIsNoFix() {
        CommitId fix = release.commit("fix!: no more v1\n", file("app/v1.txt", "gone\n"));
        onBranch(git -> picked(git, git.requireBranch(BRANCH), fix));
        assertThat(rules(last())).containsExactly(Rule.BREAKING);
    }

    @Test
    void trunkIsNotMergedIn() {
        release.commit("feat: eleven\n", file("app/new.txt", "new\n"));
        onBranch(git -> merged(git, git.requireBranch(BRANCH), git.requireBranch("main"), Map.of()));
        assertThat(rules(last())).containsExactly(Rule.MERGE);
        assertThat(last().violations().get(0).detail()).contains("merges main into the branch: 1 commit comes");
    }

    @Test
    void aPullRequestOfPicksMayBeMergedAndBringNothingMore() {
        CommitId fix = fix("fix: two is TWO\n", "TWO");
        onBranch(git -> merged(git, git.requireBranch(BRANCH), picked(git, git.requireBranch(BRANCH), fix), Map.of()));
        assertThat(judge().refused()).isFalse();
        assertThat(last().sort()).isEqualTo(Judgement.Sort.MERGE);
        CommitId more = release.commit("fix: a note\n", file("app/note.txt", "x\n"));
        onBranch(git -> merged(
                git,
                git.requireBranch(BRANCH),
                picked(git, git.requireBranch(BRANCH), more),
                file("app/evil.txt", "evil\n")));
        assertThat(rules(last())).containsExactly(Rule.CONTENT);
        assertThat(last().violations().get(0).detail()).contains("more than it merges: app/evil.txt");
    }

    @Test
    void whatIsTakenBackIsNotThere() {
        CommitId feature =
                release.commit(BRANCH, "feat: eleven\n", file("app/list.txt", list("two", "three") + "eleven\n"));
        release.commit(
                BRANCH,
                "Revert \"feat: eleven\"\n\nThis reverts commit " + feature.sha() + ".\n",
                file("app/list.txt", list("two", "three")));
        assertThat(judge().refused()).isFalse();
        assertThat(last().sort()).isEqualTo(Judgement.Sort.NOTHING);
    }

    @Test
    void aRevertThatTakesBackSomethingElseIsNone() {
        CommitId feature =
                release.commit(BRANCH, "feat: eleven\n", file("app/list.txt", list("two", "three") + "eleven\n"));
        release.commit(
                BRANCH,
                "Revert \"feat: eleven\"\n\nThis reverts commit " + feature.sha() + ".\n",
                file("app/list.txt", list("two", "three") + "twelve\n"));
        assertThat(judge().commits()).filteredOn(c -> !c.open().isEmpty()).hasSize(2);
    }

    @Test
    void aWaiverOfSomebodyElseLetsItPassAndIsToldToVoters() {
        CommitId feature = release.commit(BRANCH, "feat: eleven\n", file("app/new.txt", "new\n"));
        waive(feature, "Bob Lee <bob@example.org>");
        assertThat(judge().refused()).isFalse();
        assertThat(judge().waivers()).hasSize(1);
        assertThat(judge().checks())
                .filteredOn(c -> c.state() == Check.State.SKIPPED)
                .extracting(Check::detail)
                .allSatisfy(d -> assertThat(d).contains("waived by Bob Lee <bob@example.org>"));
        assertThat(last().sort()).isEqualTo(Judgement.Sort.WAIVER);
        assertThat(release.build().warnings()).anySatisfy(w -> assertThat(w).contains("waived by Bob Lee"));
        release.sign();
        Outcome<VoteSession.Result> vote =
                release.run(w -> new VoteSession(w, ReleaseFixture.VERSION, release.signer()).open(Optional.empty()));
        assertThat(vote.result().mail().orElseThrow().body())
                .contains("On the branch, beside fixes of trunk:", "'feat: eleven'", "waived by Bob Lee");
    }

    @Test
    void aWaiverByItsOwnAuthorOrTheCommitsAuthorCountsForNothing() {
        CommitId feature = release.commit(BRANCH, "feat: eleven\n", file("app/new.txt", "new\n"));
        release.commit(
                BRANCH,
                "chore: let it pass\n",
                file(
                        "release-waivers/1.3.0.yaml",
                        waiver(feature, "Dev Patel <dev@example.org>", "Dev Patel <dev@example.org>")));
        assertThat(judge().refused()).isTrue();
        assertThat(judge().waiverProblems()).singleElement().asString().contains("approved by its own author");
        release.commit(
                BRANCH,
                "chore: let it pass\n",
                file("release-waivers/1.3.0.yaml", waiver(feature, "Dev Patel <dev@example.org>", ASHA.toString())));
        assertThat(judge().waiverProblems()).isEmpty();
        assertThat(judge().refused()).isTrue();
        assertThat(judge().commits().get(1).open().get(0).detail())
                .contains("the waiver on line 1 does not count: Asha Rao <asha@example.org> made the commit");
    }

    @Test
    void aWaiverForTheOriginMayComeBeforeThePick() {
        CommitId feature = branch(
                "main", git -> commit(git, git.requireBranch("main"), "feat: eleven\n", file("app/new.txt", "new\n")));
        waive(feature, "Bob Lee <bob@example.org>");
        assertThat(backport(feature).warnings()).anySatisfy(w -> assertThat(w).contains("waived by Bob Lee"));
        assertThat(judge().refused()).isFalse();
    }

    @Test
    void nothingIsBuiltOrVotedOnFromABranchThatBreaksTheRules() {
        release.build();
        release.sign();
        release.commit(BRANCH, "feat: eleven\n", file("app/new.txt", "new\n"));
        assertThatThrownBy(release::build)
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("Nothing is built, because release/1.3.0 has what may not be on it")
                .hasMessageContaining("'feat: eleven' by Asha Rao: kind:")
                .satisfies(e -> assertThat(((ReleaseException) e).next())
                        .containsExactly(Next.of(Next.Act.JUDGE_BRANCH, ReleaseFixture.VERSION)));
        // The candidate is from before it.
        assertThat(release.pass().result().outcome()).isPresent();
    }

    @Test
    void withoutAPolicyAFixMadeOnTheBranchIsToldAndAFeatureRefused() {
        release = fixture("");
        release.cut();
        release.commit(BRANCH, "fix: a hole\n", file("app/new.txt", "new\n"));
        assertThat(judge().refused()).isTrue();
        assertThat(release.build().warnings())
                .singleElement()
                .asString()
                .contains("'fix: a hole' by Asha Rao: trunk: it was made on the branch: main has no such change");
        release.commit(BRANCH, "feat: eleven\n", file("app/new.txt", "more\n"));
        assertThatThrownBy(release::build).hasMessageContaining("kind: 'feat: eleven' is a new feature");
    }

    @Test
    void warnAndOffAreTrunksToSay() {
        release = fixture("policy: { mode: warn, allow: [fix], paths: [{ files: \"**/*.md\", allow: [docs] }] }\n");
        release.cut();
        CommitId docs = release.commit(BRANCH, "docs: a word\n", file("a.txt", "x\n"));
        assertThat(judge().refused()).isFalse();
        assertThat(release.build().warnings())
                .hasSize(2)
                .first()
                .asString()
                .contains(docs.abbreviated(), "kind: 'docs: a word'");
        CommitId path = release.commit("fix: a word\n", file("docs/a.md", "x\n"));
        onBranch(git -> picked(git, git.requireBranch(BRANCH), path));
        assertThat(rules(last())).containsExactly(Rule.PATH);

        release = fixture("policy: off\n");
        release.cut();
        release.commit(BRANCH, "feat: eleven\n", file("a.txt", "x\n"));
        assertThat(release.build().warnings()).isEmpty();
        assertThat(judge().refused()).isFalse();
    }

    @Test
    void aBranchCannotSoftenThePolicy() {
        String yaml = release.config();
        release.configInRepository();
        release.version(io.jenkins.plugins.darwin.model.Version.parse("1.4.0"));
        release.run(w -> new CutRelease(w, io.jenkins.plugins.darwin.model.Version.parse("1.4.0"), Optional.empty()));
        release.commit(
                "release/1.4.0",
                "docs: a typo\n",
                ReleaseFixture.configured(yaml.replace("policy: refuse", "policy: off")));
        assertThatThrownBy(release::build).hasMessageContaining("trunk: it was made on the branch");
    }

    @Test
    void aHotfixIsMadeOnItsBranchAndIsAFix() {
        io.jenkins.plugins.darwin.model.Version hotfix = io.jenkins.plugins.darwin.model.Version.parse("1.2.9");
        release.run(w -> new Hotfix(w, hotfix, "leak"));
        release.commit("hotfix/1.2.9-leak", "fix(security): a leak\n", file("app/leak.txt", "x\n"));
        JudgeBranch.Result result = release.with(w -> JudgeBranch.of(w, hotfix));
        assertThat(result.refused()).isFalse();
        assertThat(result.commits())
                .extracting(Judgement::sort)
                .containsExactly(Judgement.Sort.BUMP, Judgement.Sort.DIRECT);
        release.commit("hotfix/1.2.9-leak", "feat: by the way\n", file("app/more.txt", "x\n"));
        assertThat(release.with(w -> JudgeBranch.of(w, hotfix)).refused()).isTrue();
    }

    @Test
    void aPullRequestIsJudgedBeforeItIsMerged() {
        CommitId fix = fix("fix: two is TWO\n", "TWO");
        branch("backport/a", git -> picked(git, git.requireBranch(BRANCH), fix));
        branch("backport/b", git -> commit(git, git.requireBranch(BRANCH), "feat: b\n", file("b.txt", "b\n")));
        assertThat(range("..backport/a").refused()).isFalse();
        assertThat(range("..backport/a").commits()).hasSize(1);
        assertThat(range(BRANCH + "..backport/b").refused()).isTrue();
        assertThatThrownBy(() -> range("backport/b")).hasMessageContaining("Not a range: expected A..B");
        assertThatThrownBy(() -> range("a...b")).hasMessageContaining("Not a");
        assertThatThrownBy(() -> range("..nothere")).isInstanceOf(ReleaseException.class);
    }

    // --- what people do

    private JudgeBranch.Result judge() {
        return release.with(w -> JudgeBranch.of(w, ReleaseFixture.VERSION));
    }

    private JudgeBranch.Result range(String range) {
        return release.with(w -> JudgeBranch.ofRange(w, ReleaseFixture.VERSION, range));
    }

    private Judgement last() {
        List<Judgement> all = judge().commits();
        return all.get(all.size() - 1);
    }

    private Judgement only() {
        assertThat(judge().commits()).hasSize(1);
        return last();
    }

    private static List<Rule> rules(Judgement judged) {
        return judged.open().stream().map(Violation::rule).toList();
    }

    private static String list(String two, String three) {
        return "one\n" + two + "\n" + three + "\nfour\nfive\nsix\nseven\neight\nnine\nten\n";
    }

    private CommitId fix(String message, String two) {
        return release.commit(message, file("app/list.txt", list(two, "three")));
    }

    private Outcome<Backport.Result> backport(CommitId commit) {
        return release.run(w -> new Backport(w, ReleaseFixture.VERSION, List.of(commit.sha())));
    }

    private static String claiming(String message, String sha) {
        return message + "\n\n(cherry picked from commit " + sha + ")\n";
    }

    private void waive(CommitId commit, String approver) {
        release.commit(
                BRANCH,
                "chore: let it pass\n",
                file("release-waivers/1.3.0.yaml", waiver(commit, "Dev Patel <dev@example.org>", approver)));
    }

    private static String waiver(CommitId commit, String author, String approver) {
        return "- commit: \"" + commit.sha() + "\"\n  author: " + author + "\n  approver: " + approver
                + "\n  reason: The pilot customer can't start without it.\n";
    }

    private CommitId mergeOnTrunk(String branch, String message, String first, String second) {
        CommitId side = branch(branch, git -> {
            CommitId one = commit(git, git.requireBranch("main"), first, file(branch + "1.txt", "x\n"));
            return commit(git, one, second, file(branch + "2.txt", "x\n"));
        });
        return branch(
                "main",
                git -> ((MergeResult.Merged) git.merge(
                                commit(
                                        git,
                                        git.requireBranch("main"),
                                        "chore: meanwhile\n",
                                        file(branch + "3.txt", "x\n")),
                                side,
                                DEV,
                                release.clock().instant(),
                                message))
                        .commit());
    }

    private void onBranch(Function<GitMirror, CommitId> work) {
        branch(BRANCH, work);
    }

    /** Pushes what somebody made, to a branch that is there or not. */
    private CommitId branch(String name, Function<GitMirror, CommitId> work) {
        try (GitMirror git = GitMirror.open(
                GitRemote.of(release.origin().toString()), dir.resolve("developer"), Progress.silent())) {
            CommitId made = work.apply(git);
            git.push(List.of(git.branch(name)
                    .map(old -> RefUpdate.moveBranch(name, old, made))
                    .orElseGet(() -> RefUpdate.createBranch(name, made))));
            return made;
        }
    }

    private CommitId commit(GitMirror git, CommitId onto, String message, Map<String, byte[]> files) {
        return git.commit(onto, files, DEV, DEV, release.clock().instant(), message);
    }

    private CommitId picked(GitMirror git, CommitId onto, CommitId commit) {
        return ((PickResult.Picked) git.cherryPick(
                        onto,
                        commit,
                        Optional.of(1),
                        CommitForm.plain(DEV, release.clock().instant())))
                .commit();
    }

    /** @param more what the merge changes beside */
    private CommitId merged(GitMirror git, CommitId ours, CommitId theirs, Map<String, byte[]> more) {
        // As the button of a host does: never a fast forward.
        CommitId base = git.mergeBases(ours, theirs).get(0);
        CommitId moved = base.equals(ours) ? commit(git, ours, "docs: meanwhile\n\n(nothing)\n", Map.of()) : ours;
        MergePlaces places = more.isEmpty() ? MergePlaces.none() : new MergePlaces(Map.of(), more, Map.of());
        return ((MergeResult.Merged) git.merge(
                        moved,
                        theirs,
                        places,
                        CommitForm.plain(DEV, release.clock().instant()),
                        "Merge pull request #7\n"))
                .commit();
    }

    private static Map<String, byte[]> file(String path, String content) {
        return Map.of(path, bytes(content));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
