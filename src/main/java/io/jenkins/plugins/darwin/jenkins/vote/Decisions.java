package io.jenkins.plugins.darwin.jenkins.vote;

import hudson.security.Permission;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent.Extension;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;

/** What the release manager, and as the last resort an administrator, may do to a running vote. Never a vote in itself. */
final class Decisions {
    private static final int MOST_HOURS = 24 * 365;

    private final VoteGate gate;
    private final GateRequest request;

    Decisions(VoteGate gate, GateRequest request) {
        this.gate = gate;
        this.request = request;
    }

    static boolean mayManage(VoteGate gate) {
        return may(gate, VotePermissions.MANAGE);
    }

    static boolean mayOverride() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                && !hudson.security.ACL.isAnonymous2(Jenkins.getAuthentication2());
    }

    private static boolean may(VoteGate gate, Permission permission) {
        return !hudson.security.ACL.isAnonymous2(Jenkins.getAuthentication2())
                && gate.getRun().getParent().hasPermission(permission);
    }

    /** Ends a vote that is decided; a candidate that was replaced in staging makes it void instead. */
    GateAnswer close() {
        return manage(() -> {
            Optional<Digest> staged = gate.vote().closing().isPresent()
                    ? Optional.empty()
                    : Staging.digestNow(gate.header(), gate.getRun());
            return change(vote -> vote.closing().isEmpty() && !staged.equals(Optional.of(vote.digest()))
                    ? vote.invalidate(
                            gate.now(),
                            GateOpening.JENKINS,
                            "Staging holds another candidate than the one that was voted on.",
                            gate.eligible())
                    : vote.close(gate.now(), by(), gate.eligible()));
        });
    }

    GateAnswer extend() {
        return manage(() -> change(vote -> {
            vote.closing()
                    .ifPresent(
                            c -> { // the step has gone on with this outcome, or is about to
                                throw ReleaseException.refused("The vote on " + vote.candidate() + " was closed and "
                                        + c.outcome().phrase() + ": more time is for a vote that is open.");
                            });
            return vote.extend(
                    new Extension(later(vote), request.optional("reason"), by(), gate.now()), gate.eligible());
        }));
    }

    private Instant later(Vote vote) {
        String until = request.optional("until");
        try {
            if (!until.isEmpty()) {
                return OffsetDateTime.parse(until).toInstant();
            }
            int hours = Integer.parseInt(request.required("hours"));
            if (hours > 0 && hours <= MOST_HOURS) {
                return vote.deadline().plus(Duration.ofHours(hours));
            }
        } catch (NumberFormatException | DateTimeException e) {
            // told below
        }
        throw ReleaseException.usage("Not more time: expected 'hours' from 1 to " + MOST_HOURS
                + ", or 'until' in ISO 8601 with its zone, such as 2026-03-01T18:00:00Z.");
    }

    GateAnswer withdraw() {
        return manage(
                () -> change(vote -> vote.withdraw(gate.now(), by(), request.optional("reason"), gate.eligible())));
    }

    GateAnswer override() {
        return mayOverride()
                ? change(vote -> vote.override(gate.now(), by(), request.optional("reason"), gate.eligible()))
                : GateAnswer.error(GateAnswer.FORBIDDEN, "Only an administrator may override a vote.");
    }

    /** Who may not is refused before a server is asked anything. */
    private GateAnswer manage(Supplier<GateAnswer> decision) {
        return mayManage(gate)
                ? decision.get()
                : GateAnswer.error(GateAnswer.FORBIDDEN, "This needs the permission Release/Manage on the job.");
    }

    private GateAnswer change(UnaryOperator<Vote> operation) {
        if (!gate.getRun().isBuilding() && gate.vote().closing().isEmpty()) {
            return GateAnswer.error(GateAnswer.CONFLICT, GateAnswer.BUILD_ENDED);
        }
        Vote after = gate.change(operation).after();
        return new GateAnswer(
                GateAnswer.OK,
                GateAnswer.object()
                        .put("deadline", after.deadline().toString())
                        .put(
                                "outcome",
                                after.closing().map(c -> c.outcome().name()).orElse(null)));
    }

    private static String by() {
        return VoterIds.ofUser(Jenkins.getAuthentication2().getName());
    }
}
