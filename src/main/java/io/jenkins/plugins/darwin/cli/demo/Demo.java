package io.jenkins.plugins.darwin.cli.demo;

import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.git.GitRemote;
import io.jenkins.plugins.darwin.git.RefUpdate;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.release.Backport;
import io.jenkins.plugins.darwin.release.BuildCandidate;
import io.jenkins.plugins.darwin.release.CutRelease;
import io.jenkins.plugins.darwin.release.Promote;
import io.jenkins.plugins.darwin.release.Settings;
import io.jenkins.plugins.darwin.release.SignCandidate;
import io.jenkins.plugins.darwin.release.Status;
import io.jenkins.plugins.darwin.release.VoteSession;
import io.jenkins.plugins.darwin.release.Workspace;
import io.jenkins.plugins.darwin.vote.CheckMark;
import io.jenkins.plugins.darwin.vote.Choice;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A whole release of the example, by the same use cases that a release manager runs: cut, a candidate that is voted down,
 * a fix, a second candidate that passes, promotion. Every step looks first whether it is done, so a demo that was cut off
 * goes on, and a second one changes nothing.
 */
public final class Demo {
    /** What is released. */
    static final Version VERSION = new Version(1, 3, 0);

    private static final String VETO = "The health check of compute answers before the database is there.";
    private static final List<String> CHECKLIST = List.of("installation", "core workflows", "artifacts", "upgrade");

    /**
     * What a demo came to.
     *
     * @param outcome done, unchanged or planned
     * @param lines what to look at, and commands to paste
     */
    public record Result(
            Version version,
            String outcome,
            List<Change> changes,
            Path directory,
            @com.fasterxml.jackson.annotation.JsonIgnore List<String> lines) {}

    private final Path dir;
    private final Clock clock;
    private final Progress progress;
    private final DemoKeys keys;
    private final DemoLog log;
    private final List<Change> promoted = new ArrayList<>();

    /** @param out takes a line a step */
    public Demo(Path dir, Clock clock, Progress progress, Consumer<String> out) {
        this.dir = dir;
        this.clock = clock;
        this.progress = progress;
        this.keys = new DemoKeys(dir, clock);
        this.log = new DemoLog(clock, out);
    }

    /** What the demo would make. */
    public Result plan() {
        return new Result(
                VERSION,
                "planned",
                List.of(Change.absent("demo", dir.toString(), "a whole release of " + VERSION)),
                dir,
                List.of());
    }

    public Result run() {
        requireOurs();
        log.step("repository", () -> {
            ExampleRepository.create(origin());
            keys.make();
            publishKey();
            return "origin.git with its history and the tag v1.2.0; throw-away keys";
        });
        DetachedSigner signer = keys.signer(DemoKeys.RELEASE_MANAGER);
        if (status().phase() != Status.Phase.RELEASED) {
            release(signer);
        }
        log.step("promote", () -> {
            Outcome<Promote.Result> outcome = run(w -> new Promote(w, VERSION, signer));
            promoted.addAll(outcome.changes());
            return outcome.result().candidate() + " is " + VERSION + ": "
                    + outcome.changes().stream().filter(Change::made).count() + " changes made, "
                    + outcome.changes().stream().filter(c -> !c.made()).count() + " were done";
        });
        boolean changed = promoted.stream().anyMatch(Change::made);
        if (changed || !Files.exists(dir.resolve("report.html"))) {
            log.step("report", () -> with(w -> new DemoReport(w, dir, log, promoted, signer).write()));
        }
        return new Result(VERSION, changed ? "done" : "unchanged", promoted, dir, DemoGuide.lines(dir, changed));
    }

    private void release(DetachedSigner signer) {
        log.step("cut", () -> {
            Outcome<CutRelease.Result> outcome = run(w -> new CutRelease(w, VERSION, Optional.empty()));
            return outcome.result().branch() + " with the version in "
                    + outcome.result().edits().size() + " places";
        });
        candidate(1, signer);
        vote(1, signer, Map.of("alice", "", "bob", VETO));
        log.step("fix and backport", () -> {
            CommitId fix = ExampleRepository.fixOnMain(origin());
            Outcome<Backport.Result> outcome = run(w -> new Backport(w, VERSION, List.of(fix.sha())));
            return fix.abbreviated() + " from main, picked onto "
                    + outcome.result().branch();
        });
        candidate(2, signer);
        vote(2, signer, Map.of("alice", "", "bob", "", "carol", ""));
    }

    private void candidate(int rc, DetachedSigner signer) {
        if (lastSigned(status()) >= rc) {
            return; // building again after a failed vote would make the next one
        }
        log.step("build RC" + rc, () -> {
            BuildCandidate.Result result =
                    run(w -> new BuildCandidate(w, VERSION)).result();
            return result.images().size() + " images, " + result.files().size() + " files of commit "
                    + result.commit().abbreviated();
        });
        log.step(
                "sign and stage RC" + rc,
                () -> "candidate digest "
                        + run(w -> new SignCandidate(w, VERSION, signer))
                                .result()
                                .digest());
    }

    /** @param reasons of the voters, in their order; one with a reason votes -1 */
    private void vote(int rc, DetachedSigner signer, Map<String, String> reasons) {
        Status.Result status = status();
        if (lastSigned(status) != rc
                || !Set.of(Status.Phase.VOTE_TO_OPEN, Status.Phase.VOTING).contains(status.phase())) {
            return; // it has ended
        }
        log.judged("vote on RC" + rc, () -> {
            run(w -> new VoteSession(w, VERSION, signer).open(Optional.empty()));
            DemoKeys.VOTERS.stream()
                    .filter(reasons::containsKey)
                    .forEach(voter -> ballot(rc, signer, voter, reasons.get(voter)));
            VoteSession.Result result = run(w -> new VoteSession(w, VERSION, signer)
                            .close(vote -> vote.close(clock.instant(), DemoKeys.RELEASE_MANAGER, Vote.ANYBODY)))
                    .result();
            return new DemoLog.Came(
                    "the vote " + result.outcome().orElseThrow().phrase() + ": "
                            + result.tally().summary()
                            + (reasons.values().stream()
                                    .filter(r -> !r.isEmpty())
                                    .findFirst()
                                    .map(r -> " (\"" + r + "\")")
                                    .orElse("")),
                    !result.outcome().orElseThrow().passes());
        });
    }

    private void ballot(int rc, DetachedSigner signer, String voter, String reason) {
        Choice choice = reason.isEmpty() ? Choice.PLUS_ONE : Choice.MINUS_ONE;
        run(w -> {
            VoteSession session = new VoteSession(w, VERSION, signer);
            new BallotMail(dir.resolve("mail"), clock)
                    .exchange(voter, VERSION + "-RC" + rc, session.digest(), choice.sign(), reason, keys.signer(voter));
            VoteEvent.Ballot ballot = new VoteEvent.Ballot(
                    "demo-rc" + rc + "-" + voter,
                    voter,
                    choice,
                    reason,
                    checks(voter, reason),
                    clock.instant(),
                    session.digest(),
                    Optional.of(DemoKeys.RELEASE_MANAGER));
            return session.change(
                    "ballot", voter, choice.sign(), vote -> vote.closing().isPresent() ? vote : vote.cast(ballot));
        });
    }

    /** Each voter tries something else, so that together they try all. */
    private static Map<String, CheckMark> checks(String voter, String reason) {
        int own = DemoKeys.VOTERS.indexOf(voter);
        return Map.of(
                "artifacts",
                CheckMark.PASSED,
                CHECKLIST.get(own == 2 ? 3 : own),
                reason.isEmpty() ? CheckMark.PASSED : CheckMark.FAILED);
    }

    private static int lastSigned(Status.Result status) {
        return status.candidates().stream()
                .filter(Status.CandidateStatus::signed)
                .mapToInt(c -> c.candidate().rc())
                .max()
                .orElse(0);
    }

    private Status.Result status() {
        return with(w -> new Status(w, VERSION).look());
    }

    /** The release manager's public key belongs into the repository, where reviewers see it (P0.3). */
    private void publishKey() {
        try (GitMirror git = GitMirror.open(remote(), cache(), progress)) {
            CommitId head = git.requireBranch(ExampleRepository.TRUNK);
            if (git.tree(head).read("KEYS").isPresent()) {
                return;
            }
            Person author = new Person("Asha Rao", "asha@example.org");
            CommitId commit = git.commit(
                    head,
                    Map.of(
                            "KEYS",
                            keys.signer(DemoKeys.RELEASE_MANAGER).publicKey().getBytes(StandardCharsets.US_ASCII)),
                    author,
                    author,
                    clock.instant(),
                    "chore: add the release manager's key\n");
            git.push(List.of(RefUpdate.moveBranch(ExampleRepository.TRUNK, head, commit)));
        }
    }

    /** A demo never writes into a folder that holds something else. */
    private void requireOurs() {
        try {
            if (Files.exists(dir) && !Files.exists(origin())) {
                try (var files = Files.list(dir)) {
                    if (files.anyMatch(f -> !ExampleRepository.isLeftover(f))) {
                        throw ReleaseException.refused(
                                dir
                                        + " holds something else: expected an empty or new folder, or one of an earlier demo; name another with --dir.");
                    }
                }
            }
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to look into " + dir + " but failed because: " + e.getMessage() + ".", e);
        }
    }

    private Path origin() {
        return dir.resolve("origin.git");
    }

    private Path cache() {
        return dir.resolve(".cache");
    }

    private GitRemote remote() {
        return GitRemote.of(origin().toString());
    }

    private <R> Outcome<R> run(Function<Workspace, UseCase<R>> useCase) {
        return with(w -> useCase.apply(w).run(false, progress));
    }

    private <T> T with(Function<Workspace, T> work) {
        Settings settings = new Settings(
                remote(),
                cache(),
                Optional.empty(),
                RegistryOptions.defaults().withLayoutBase(dir).withClock(clock),
                dir.resolve("dist"),
                clock);
        try (Workspace workspace = Workspace.open(settings, progress)) {
            return work.apply(workspace);
        }
    }
}
