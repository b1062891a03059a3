package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VotePolicy;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.vote.PolicyComparison;
import io.jenkins.plugins.darwin.vote.Vote;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Holds the policy that a vote was held under against the one that should have held: trunk's, and what an administrator set
 * in its place. A weaker one is refused, unless somebody accepts that with a reason, which the promotion record keeps.
 *
 * @param quorum an administrator's, or null for trunk's
 * @param hours likewise
 * @param reason why a weaker policy is accepted, or null
 */
public record PolicyCheck(Integer quorum, Integer hours, String reason) implements Serializable {
    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 1000;

    public PolicyCheck {
        if (reason != null) {
            reason = reason.strip();
            if (reason.length() < SHORTEST_REASON
                    || reason.length() > LONGEST_REASON
                    || reason.codePoints().anyMatch(Character::isISOControl)) {
                throw ReleaseException.usage("Not a reason to accept a weaker policy: expected " + SHORTEST_REASON
                        + " to " + LONGEST_REASON + " characters on one line, found " + reason.length() + ".");
            }
        }
    }

    /** Trunk's policy, and nothing weaker. */
    public static PolicyCheck trunks() {
        return new PolicyCheck(null, null, null);
    }

    /** The same, with a reason to accept a weaker one. */
    public PolicyCheck accepting(Optional<String> why) {
        return new PolicyCheck(quorum, hours, why.orElse(null));
    }

    Optional<String> accepted() {
        return Optional.ofNullable(reason);
    }

    /** @throws ReleaseException refused, when the vote's policy is weaker and nobody accepted that */
    void require(ReleaseLine line, Vote vote) {
        List<String> weaker =
                PolicyComparison.weaker(vote, over(line.trunkConfig().vote()));
        if (!weaker.isEmpty() && reason == null) {
            throw ReleaseException.refused(
                    "The vote on " + vote.candidate() + " was held under a weaker policy than "
                            + line.trunkConfig().trunk() + " has now: " + String.join("; ", weaker)
                            + ". Vote on a new candidate, or accept it with a reason for the record.",
                    Next.of(Next.Act.ACCEPT_POLICY));
        }
    }

    /**
     * The evidence that trunk asks for before a promotion starts.
     *
     * @throws ReleaseException refused, when some is missing and nobody accepted that
     */
    void require(Workspace workspace, ReleaseLine line, StagedCandidate candidate) {
        if (reason == null && !line.trunkConfig().require().isEmpty()) {
            RequiredEvidence.of(workspace, line, candidate).require(candidate.id() + " can't be promoted");
        }
    }

    /** An administrator's settings in the place of the repository's. */
    public VotePolicy over(VotePolicy base) {
        int lasts = hours == null ? base.hours() : hours;
        return new VotePolicy(
                base.voters(),
                base.advisers(),
                quorum == null ? base.quorum() : quorum,
                lasts,
                Math.min(base.minHours(), lasts),
                base.closeEarly(),
                base.checklist(),
                base.graceMinutes());
    }
}
