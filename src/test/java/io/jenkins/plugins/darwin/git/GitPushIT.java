package io.jenkins.plugins.darwin.git;

import static io.jenkins.plugins.darwin.git.GitOrigin.MANAGER;
import static io.jenkins.plugins.darwin.git.GitOrigin.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.jgit.util.FS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All or nothing, and never over somebody else's work. */
class GitPushIT {
    @TempDir
    Path home;

    private static CommitId bump(GitMirror mirror, CommitId onto, String content) {
        return mirror.commit(onto, Map.of("version", content.getBytes()), MANAGER, MANAGER, NOON, "chore: bump");
    }

    private void hook(GitOrigin origin, String name, String script) throws IOException {
        Path hook = Files.writeString(origin.bare.resolve("hooks").resolve(name), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void movesSeveralRefsOrNone() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        try (GitMirror mirror = origin.open()) {
            CommitId head = origin.head();
            CommitId made = bump(mirror, head, "1.3.0");
            origin.write("more", "x").commit("feat: somebody else");
            origin.git("push", "-q", "origin", "main");

            PushOutcome outcome = mirror.push(
                    List.of(RefUpdate.createBranch("release/1.3.0", made), RefUpdate.moveBranch("main", head, made)));

            PushOutcome.Rejected rejected = (PushOutcome.Rejected) outcome;
            assertThat(rejected.moved()).isTrue();
            assertThat(rejected.describe())
                    .contains("refs/heads/main: it moved meanwhile: expected " + head.abbreviated() + ", found "
                            + origin.head().abbreviated())
                    .doesNotContain("release/1.3.0");
            assertThat(origin.at("refs/heads/release/1.3.0")).isEmpty();
            assertThat(origin.at("refs/heads/main")).isEqualTo(origin.head().sha());
            assertThat(mirror.branch("release/1.3.0")).isEmpty();

            mirror.fetch();
            CommitId again = bump(mirror, origin.head(), "1.3.0");
            assertThat(mirror.push(List.of(
                            RefUpdate.createBranch("release/1.3.0", again),
                            RefUpdate.moveBranch("main", origin.head(), again))))
                    .isEqualTo(new PushOutcome.Done());
            assertThat(origin.at("refs/heads/main")).isEqualTo(again.sha());
            assertThat(mirror.branch("main")).contains(again);
        }
    }

    @Test
    void pushingTheSameAgainIsDoneAndNothingElseIsEverForced() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        try (GitMirror mirror = origin.open()) {
            CommitId made = bump(mirror, origin.head(), "1.3.0");
            CommitId other = bump(mirror, origin.head(), "other");
            List<RefUpdate> create =
                    List.of(RefUpdate.createBranch("release/1.3.0", made), RefUpdate.createTag("v1.3.0", made));
            assertThat(mirror.push(create)).isEqualTo(new PushOutcome.Done());
            assertThat(mirror.push(create)).isEqualTo(new PushOutcome.Done());
            assertThat(mirror.push(List.of())).isEqualTo(new PushOutcome.Done());
            assertThat(((PushOutcome.Rejected) mirror.push(List.of(RefUpdate.createBranch("release/1.3.0", other))))
                            .moved())
                    .isTrue();
            assertThat(((PushOutcome.Rejected) mirror.push(List.of(RefUpdate.createTag("v1.3.0", other)))).moved())
                    .isTrue();
            PushOutcome back = mirror.push(List.of(RefUpdate.moveBranch("release/1.3.0", made, other)));
            assertThat(((PushOutcome.Rejected) back).rejections())
                    .extracting(PushOutcome.Rejection::reason)
                    .containsExactly(PushOutcome.Reason.DENIED);
            assertThat(((PushOutcome.Rejected) back).describe()).contains("would lose commits");
            assertThat(origin.at("refs/heads/release/1.3.0")).isEqualTo(made.sha());
            assertThat(origin.at("refs/tags/v1.3.0")).isEqualTo(made.sha());
        }
    }

    @Test
    void oneOfTwoThatPushAtOnceWins() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        ExecutorService two = Executors.newFixedThreadPool(2);
        try (GitMirror a = GitMirror.open(origin.remote(), home.resolve("a"), Progress.silent());
                GitMirror b = GitMirror.open(origin.remote(), home.resolve("b"), Progress.silent())) {
            for (int round = 0; round < 5; round++) {
                String branch = "release/1." + round + ".0";
                CyclicBarrier start = new CyclicBarrier(2);
                Callable<PushOutcome> first = racer(a, branch, bump(a, origin.head(), "a" + round), start);
                Callable<PushOutcome> second = racer(b, branch, bump(b, origin.head(), "b" + round), start);
                List<PushOutcome> outcomes = List.of(two.submit(first), two.submit(second)).stream()
                        .map(GitPushIT::get)
                        .toList();
                assertThat(outcomes)
                        .filteredOn(o -> o instanceof PushOutcome.Done)
                        .hasSize(1);
                assertThat(outcomes)
                        .filteredOn(o -> o instanceof PushOutcome.Rejected r && r.moved())
                        .hasSize(1);
                assertThat(origin.at("refs/heads/" + branch)).hasSize(40);
                assertThat(origin.at("refs/tags/t" + branch)).isEqualTo(origin.at("refs/heads/" + branch));
            }
        } finally {
            two.shutdownNow();
        }
    }

    private static Callable<PushOutcome> racer(GitMirror mirror, String branch, CommitId commit, CyclicBarrier start) {
        return () -> {
            start.await();
            return mirror.push(
                    List.of(RefUpdate.createBranch(branch, commit), RefUpdate.createTag("t" + branch, commit)));
        };
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aHookThatSaysNoIsHeardAndNothingMoves() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        hook(origin, "pre-receive", "echo 'release branches need a ticket' >&2; exit 1\n");
        try (GitMirror mirror = origin.open()) {
            CommitId made = bump(mirror, origin.head(), "1.3.0");
            PushOutcome.Rejected rejected = (PushOutcome.Rejected)
                    mirror.push(List.of(RefUpdate.createBranch("release/1.3.0", made), RefUpdate.createTag("x", made)));
            assertThat(rejected.moved()).isFalse();
            assertThat(rejected.rejections())
                    .extracting(PushOutcome.Rejection::reason)
                    .containsOnly(PushOutcome.Reason.DENIED);
            assertThat(rejected.describe()).contains("pre-receive hook declined", "release branches need a ticket");
            assertThat(origin.at("refs/heads/release/1.3.0")).isEmpty();
        }
    }

    @Test
    void aHookThatForbidsOneBranchIsTheOnlyOneNamed() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        hook(origin, "update", "case $1 in refs/heads/main) echo 'main is protected' >&2; exit 1;; esac\n");
        try (GitMirror mirror = origin.open()) {
            CommitId made = bump(mirror, origin.head(), "1.3.0");
            PushOutcome.Rejected rejected = (PushOutcome.Rejected) mirror.push(
                    List.of(RefUpdate.createTag("v1.3.0", made), RefUpdate.moveBranch("main", origin.head(), made)));
            assertThat(rejected.rejections())
                    .extracting(PushOutcome.Rejection::ref)
                    .containsExactly("refs/heads/main");
            assertThat(rejected.describe()).contains("main is protected");
            assertThat(origin.at("refs/tags/v1.3.0")).isEmpty();
        }
    }

    @Test
    void aCheckedOutBranchIsNotMovedUnderItsOwner() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        try (GitMirror mirror = GitMirror.open(GitRemote.of(origin.work.toString()), origin.cache, Progress.silent())) {
            CommitId made = bump(mirror, origin.head(), "1.3.0");
            PushOutcome.Rejected rejected =
                    (PushOutcome.Rejected) mirror.push(List.of(RefUpdate.moveBranch("main", origin.head(), made)));
            assertThat(rejected.describe()).contains("branch is currently checked out");
            assertThat(mirror.push(List.of(RefUpdate.createBranch("release/1.3.0", made))))
                    .isEqualTo(new PushOutcome.Done());
        }
    }

    @Test
    void hooksSeeNoSecretOfOurs() {
        ProcessBuilder builder = ChildProcess.fileSystem().runInShell("git", new String[0]);
        assertThat(builder.environment()).containsKey("PATH");
        Map<String, String> environment = new java.util.HashMap<>(Map.of(
                "DARWIN_SIGNING_PASSPHRASE",
                "s",
                "GITHUB_TOKEN",
                "s",
                "REGISTRY_PASSWORD",
                "s",
                "my_secret",
                "s",
                "PATH",
                "/bin",
                "SSH_AUTH_SOCK",
                "/run/agent",
                "HOME",
                "/root"));
        ChildProcess.scrub(environment);
        assertThat(environment).containsOnlyKeys("PATH", "SSH_AUTH_SOCK", "HOME");
    }

    @Test
    void withoutGitABareRepositoryIsPushedToInThisProcessAndAnyOtherRefused() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        String nowhere = Files.createDirectory(home.resolve("no programs")).toString();
        try (MirrorStore store = MirrorStore.open(origin.remote(), origin.cache, Progress.silent())) {
            CommitId made = new CommitMaker(store.repository(), JGitTreeMerger::new)
                    .edit(
                            origin.head(),
                            Map.of("v", new byte[1]),
                            Ids.ident(MANAGER, NOON),
                            CommitForm.plain(MANAGER, NOON),
                            "x");
            Pusher pusher = new Pusher(
                    store.repository(), new RemoteLink(origin.remote(), Progress.silent(), nowhere, new UserSsh()));
            List<RefUpdate> both = List.of(
                    RefUpdate.createBranch("b", made),
                    new RefUpdate("refs/heads/main", Optional.of(origin.head()), made));
            assertThat(pusher.push(both)).isEqualTo(new PushOutcome.Done());
            assertThat(origin.at("refs/heads/main")).isEqualTo(made.sha());
            assertThat(LocalRules.useGit(origin.remote(), nowhere, FS.DETECTED)).isFalse();

            hook(origin, "pre-receive", "exit 1\n");
            assertThatThrownBy(() -> pusher.push(List.of(RefUpdate.createBranch("c", made))))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("'git', which keeps to them, is not there");
        }
        assertThatThrownBy(() -> LocalRules.useGit(GitRemote.of(origin.work.toString()), nowhere, FS.DETECTED))
                .isInstanceOf(ReleaseException.class);
        origin.git(origin.bare, "fsck", "--strict", "--no-dangling");
    }
}
