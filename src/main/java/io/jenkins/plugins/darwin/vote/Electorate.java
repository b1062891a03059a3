package io.jenkins.plugins.darwin.vote;

import io.jenkins.plugins.darwin.model.ReleaseConfig.VotePolicy;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.List;

/**
 * Who may vote under a policy. An entry {@code @name} is a group: who belongs to it is known outside, so the policy
 * alone rules nobody out then. With no voters named, everybody's ballot binds; with no advisers named, everybody
 * may advise.
 */
record Electorate(VotePolicy policy) {
    /** The policy with IDs in one form, if a vote can pass under it. */
    static VotePolicy checked(VotePolicy policy) {
        VotePolicy clean = new VotePolicy(
                ids(policy.voters()),
                ids(policy.advisers()),
                policy.quorum(),
                policy.hours(),
                policy.minHours(),
                policy.closeEarly(),
                policy.checklist().stream().distinct().toList(),
                policy.graceMinutes());
        if (clean.quorum() < 1) {
            throw ReleaseException.usage("vote.quorum: expected 1 or more, found " + clean.quorum() + ".");
        }
        Electorate electorate = new Electorate(clean);
        if (electorate.closed() && clean.quorum() > clean.voters().size()) {
            throw ReleaseException.usage("vote.quorum: expected at most the number of voters, "
                    + clean.voters().size() + ", found " + clean.quorum() + ": no vote could pass.");
        }
        return clean;
    }

    static List<String> ids(List<String> given) {
        return given.stream()
                .map(id -> id.startsWith("@") ? "@" + Words.person(id.substring(1)) : Words.person(id))
                .distinct()
                .toList();
    }

    /** Whether everybody whose ballot can bind is known by name. */
    boolean closed() {
        return !policy.voters().isEmpty() && !groups(policy.voters());
    }

    List<String> named() {
        return policy.voters().stream().filter(id -> !id.startsWith("@")).toList();
    }

    /** Whether the policy lets this voter's ballot bind. */
    boolean mayBind(String voter) {
        return !closed() || policy.voters().contains(voter);
    }

    boolean mayVote(String voter) {
        return mayBind(voter)
                || policy.advisers().isEmpty()
                || policy.advisers().contains(voter)
                || groups(policy.advisers());
    }

    private static boolean groups(List<String> ids) {
        return ids.stream().anyMatch(id -> id.startsWith("@"));
    }
}
