package io.jenkins.plugins.darwin.jenkins.vote;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.vote.Vote;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a waiting gate does by itself, and when next. Used by one thread at a time. */
final class GateSchedule {
    private static final Duration STAGING_LOOK = Duration.ofMinutes(10);

    private final VoteGate gate;
    private volatile boolean changed = true;
    /** Whether something happened that no decision has seen yet: also after one that a server's failure cut short. */
    private boolean pending = true;

    private Instant decision = Instant.EPOCH;
    private Instant stagingLook;
    private Instant lastLook;

    GateSchedule(VoteGate gate) {
        this.gate = gate;
        this.lastLook = gate.now();
        this.stagingLook = lastLook.plus(STAGING_LOOK);
    }

    /** A ballot came in, or more time was given. */
    void changed() {
        changed = true;
    }

    /** Closes the vote when that is due; a vote whose candidate is no longer the staged one is void. */
    void advance(Run<?, ?> run, TaskListener listener) {
        Instant now = gate.now();
        if (gate.vote().closing().isPresent()) {
            return;
        }
        new GateNotices(gate, run, listener).remind(now);
        if (now.isBefore(
                lastLook)) { // the clock was set back: what was awaited by the old time says nothing about the new one
            pending = true;
            stagingLook = now;
        }
        lastLook = now;
        pending |= changed || !now.isBefore(decision);
        changed = false;
        Vote vote = gate.vote(); // after that: what comes in from here on is seen the next time
        boolean due = pending && vote.due(now, gate.eligible());
        if (due || !now.isBefore(stagingLook)) {
            stagingLook = now.plus(STAGING_LOOK);
            Optional<Digest> staged = Staging.digestNow(gate.header(), run);
            if (!staged.equals(Optional.of(vote.digest()))) {
                invalidate(staged);
                return;
            }
        }
        if (due) {
            gate.change(v -> {
                Predicate<String> eligible =
                        gate.eligible(); // as the ballots are now: an adviser's that just came in binds nobody
                return v.due(now, eligible) ? v.close(now, GateOpening.JENKINS, eligible) : v;
            });
        }
        pending = false;
        decision = next(vote, now).orElse(now);
    }

    private void invalidate(Optional<Digest> staged) {
        String found = staged.map(Digest::toString).orElse("nothing");
        gate.change(v -> v.closing().isPresent()
                ? v
                : v.invalidate(
                        gate.now(),
                        GateOpening.JENKINS,
                        "Staging holds another candidate under the name " + v.candidate()
                                + " than the one that was voted on: expected " + v.digest() + ", found " + found + ".",
                        gate.eligible()));
    }

    /** The next moment at which time alone may decide; empty when it has passed already. */
    private static Optional<Instant> next(Vote vote, Instant now) {
        Instant mature = vote.opened().plus(Duration.ofHours(vote.policy().minHours()));
        return Stream.of(mature, vote.graceEnds(), vote.deadline())
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }

    /** How long nothing will be due. */
    Duration sleep(Duration longest) {
        Instant now = gate.now();
        Duration until = Duration.between(now, next(gate.vote(), now).orElse(now));
        return until.compareTo(longest) < 0 ? until : longest;
    }
}
