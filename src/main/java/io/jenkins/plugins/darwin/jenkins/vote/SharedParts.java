package io.jenkins.plugins.darwin.jenkins.vote;

import io.jenkins.plugins.darwin.vote.CheckMark;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import io.jenkins.plugins.darwin.vote.VoteEvent.Ballot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A ballot that says the same with less memory: what every ballot of a vote has in common is there once. */
final class SharedParts {
    private SharedParts() {}

    static VoteEvent of(Vote vote, VoteEvent event) {
        if (!(event instanceof Ballot ballot)) {
            return event;
        }
        Map<String, CheckMark> checks = new TreeMap<>();
        ballot.checks().forEach((item, mark) -> checks.put(same(vote.policy().checklist(), item), mark));
        return new Ballot(
                ballot.id(),
                same(vote.policy().voters(), ballot.voter()),
                ballot.choice(),
                ballot.reason(),
                checks.isEmpty() ? Map.of() : checks,
                ballot.at(),
                ballot.digest().equals(vote.digest()) ? vote.digest() : ballot.digest(),
                ballot.recordedBy());
    }

    private static String same(List<String> known, String text) {
        int at = known.indexOf(text);
        return at < 0 ? text : known.get(at);
    }
}
