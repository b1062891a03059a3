package io.jenkins.plugins.darwin.torture;

import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.MediaType;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.release.ReleaseLine;
import io.jenkins.plugins.darwin.release.Status;
import io.jenkins.plugins.darwin.release.Verify;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.Tools;
import io.jenkins.plugins.darwin.torture.Toll.Found;
import io.jenkins.plugins.darwin.torture.Toll.Harm;
import io.jenkins.plugins.darwin.vote.Vote;
import java.util.ArrayList;
import java.util.List;

/** Looks at a release when nothing disturbs any more: whether it is all there, once, and proven. */
final class Judge {
    private final ReleaseFixture release;
    private final String where;
    private final List<Found> found = new ArrayList<>();

    private Judge(ReleaseFixture release, String where) {
        this.release = release;
        this.where = where;
    }

    /** @param release that looks at the registry straight */
    static List<Found> released(ReleaseFixture release, String where) {
        Judge judge = new Judge(release, where);
        try {
            if (java.nio.file.Files.exists(release.origin())) { // a colleague's machine has it elsewhere
                judge.git();
            }
            judge.records();
            judge.proof();
            judge.rest();
        } catch (ReleaseException e) {
            judge.add(Harm.STUCK, "looking at it: " + e.getMessage());
        } catch (RuntimeException | AssertionError e) {
            judge.add(Harm.WRONG, "looking at it: " + e);
        }
        return judge.found;
    }

    private void add(Harm harm, String what) {
        found.add(new Found(harm, where, what));
    }

    private void once(String what, long count) {
        if (count != 1) {
            add(count == 0 ? Harm.LOST : Harm.DOUBLED, count + " of " + what);
        }
    }

    private void git() {
        String refs = Tools.run(release.origin(), "git", "for-each-ref", "--format=%(refname)");
        once("tag v1.3.0", refs.lines().filter("refs/tags/v1.3.0"::equals).count());
        once(
                "release branches",
                refs.lines().filter(l -> l.startsWith("refs/heads/release/")).count());
        String log = Tools.run(release.origin(), "git", "log", "--format=%s", "main");
        // A trunk that stood still is moved forward without a merge.
        long merges =
                log.lines().filter("Merge release/1.3.0 into main"::equals).count();
        if (merges > 1) {
            add(Harm.DOUBLED, merges + " merges into trunk");
        }
        String lacking = Tools.run(release.origin(), "git", "rev-list", "v1.3.0", "^main");
        if (!lacking.isBlank()) {
            add(Harm.LOST, "the release's commits on trunk");
        }
        once(
                "bump",
                log.lines()
                        .filter(l -> l.startsWith("chore: bump version to 1.3.0"))
                        .count());
    }

    private void records() {
        release.with(w -> {
            ReleaseLine line = ReleaseLine.of(w, ReleaseFixture.VERSION);
            List<CandidateId> candidates = line.candidates().signed(ReleaseFixture.VERSION);
            once("signed candidates", candidates.size());
            CandidateStore released = line.released();
            StagedCandidate candidate =
                    released.findNamed(ReleaseFixture.VERSION.toString()).orElse(null);
            if (candidate == null) {
                add(Harm.LOST, "the release in the release registry");
                return null;
            }
            for (CandidateStore store : List.of(line.candidates(), released)) {
                once(
                        "vote records",
                        store.attached(candidate.digest(), MediaType.VOTE_RECORD)
                                .size());
                if (store.attached(candidate.digest(), MediaType.SIGNATURE).isEmpty()) {
                    add(Harm.LOST, "the signature over the manifest");
                }
            }
            once(
                    "promotion records",
                    released.attached(candidate.digest(), MediaType.PROMOTION_RECORD)
                            .size());
            once(
                    "vote record in Git",
                    line.notes().read(candidate, "votes.json").stream().count());
            once(
                    "promotion record in Git",
                    line.notes().read(candidate, "promotion.json").stream().count());
            int ballots = line.vote(candidate)
                    .find()
                    .map(Vote::ballots)
                    .map(List::size)
                    .orElse(0);
            if (ballots != 3) {
                add(ballots < 3 ? Harm.LOST : Harm.DOUBLED, ballots + " ballots of 3");
            }
            return null;
        });
    }

    private void proof() {
        Verify.Result proof = release.with(
                w -> new Verify(Verify.Options.none(), release.clock(), Progress.silent()).named(w, "1.3.0"));
        if (!proof.passed()) {
            add(Harm.LOST, "verify: " + proof.proved() + ", " + Check.failures(proof.checks()));
        }
        Status.Result status = release.with(w -> new Status(w, ReleaseFixture.VERSION).look());
        if (status.phase() != Status.Phase.RELEASED || !status.open().isEmpty()) {
            add(Harm.WRONG, "status: " + status.phase() + ", open " + status.open());
        }
    }

    /** Nothing is left to do. */
    private void rest() {
        Outcome<?> again = release.promote();
        if (again.kind() != Outcome.Kind.UNCHANGED) {
            add(Harm.WRONG, "promote again: " + again.kind() + " " + again.changes());
        }
    }
}
