package io.jenkins.plugins.darwin.vote;

import io.jenkins.plugins.darwin.model.ReleaseConfig.VotePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a vote was decided by a weaker policy than one that should have held: fewer +1s, others who may bind, less time,
 * an earlier end, or items of the checklist that nobody was asked for. Stricter is never weaker.
 */
public final class PolicyComparison {
    private PolicyComparison() {}

    /** How a vote that was held is weaker than the policy; a clause each, empty when it is not. */
    public static List<String> weaker(Vote vote, VotePolicy policy) {
        List<String> how = new ArrayList<>(weaker(vote.policy(), policy));
        Duration open = Duration.between(vote.opened(), vote.deadline());
        if (open.compareTo(Duration.ofHours(policy.hours())) < 0
                && vote.policy().hours() >= policy.hours()) {
            how.add("it was open for " + open.toHours() + " hours, expected " + policy.hours());
        }
        return how;
    }

    /** How one policy is weaker than another; a clause each. */
    public static List<String> weaker(VotePolicy held, VotePolicy expected) {
        List<String> how = new ArrayList<>();
        if (held.quorum() < expected.quorum()) {
            how.add("quorum " + held.quorum() + ", expected " + expected.quorum());
        }
        Set<String> voters = Set.copyOf(ids(held.voters()));
        Set<String> wanted = Set.copyOf(ids(expected.voters()));
        if (!wanted.isEmpty() && !voters.equals(wanted)) {
            how.add("voters " + named(voters) + ", expected " + named(wanted));
        }
        if (held.hours() < expected.hours()) {
            how.add("hours " + held.hours() + ", expected " + expected.hours());
        }
        if (held.minHours() < expected.minHours()) {
            how.add("minHours " + held.minHours() + ", expected " + expected.minHours());
        }
        if (ease(held.closeEarly()) > ease(expected.closeEarly())) {
            how.add("closeEarly " + shown(held.closeEarly()) + ", expected " + shown(expected.closeEarly()));
        }
        if (held.graceMinutes() < expected.graceMinutes()) {
            how.add("graceMinutes " + held.graceMinutes() + ", expected " + expected.graceMinutes());
        }
        List<String> missing = expected.checklist().stream()
                .filter(item -> !held.checklist().contains(item))
                .toList();
        if (!missing.isEmpty()) {
            how.add("a checklist without " + String.join(", ", missing));
        }
        return how;
    }

    private static List<String> ids(List<String> given) {
        return Electorate.ids(given);
    }

    /** Nobody in particular is everybody. */
    private static String named(Set<String> ids) {
        return ids.isEmpty() ? "everybody" : String.join(", ", new TreeSet<>(ids));
    }

    /** How easily it ends before its deadline. */
    private static int ease(Optional<Boolean> closeEarly) {
        return closeEarly.map(early -> early ? 2 : 0).orElse(1);
    }

    private static String shown(Optional<Boolean> closeEarly) {
        return closeEarly.map(String::valueOf).orElse("by the default rule");
    }
}
