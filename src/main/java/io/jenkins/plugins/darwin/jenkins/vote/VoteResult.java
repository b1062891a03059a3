package io.jenkins.plugins.darwin.jenkins.vote;

import io.jenkins.plugins.darwin.jenkins.remote.Answer;
import io.jenkins.plugins.darwin.vote.Tally;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent.Ballot;
import io.jenkins.plugins.darwin.vote.VoteEvent.Closing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the step returns: maps, lists, texts and numbers, as a Jenkinsfile and the stored program take them. */
final class VoteResult {
    private VoteResult() {}

    static Map<String, Object> of(VoteGate gate) {
        Vote vote = gate.vote();
        Tally tally = vote.tally(Vote.ANYBODY);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("outcome", vote.closing().orElseThrow().outcome().name());
        result.put("passed", vote.closing().get().outcome().passes());
        result.put("candidate", vote.candidate().toString());
        result.put("digest", vote.digest().toString());
        Map<String, Object> count = new LinkedHashMap<>();
        count.put("quorum", tally.quorum());
        count.put("binding", count(tally.binding()));
        count.put("advising", count(tally.advising()));
        count.put("notVoted", new ArrayList<>(tally.notVoted()));
        count.put("untried", new ArrayList<>(tally.untried()));
        result.put("tally", count);
        List<Object> ballots = new ArrayList<>();
        tally.bindingBallots().forEach(b -> ballots.add(ballot(b, true)));
        tally.advisingBallots().forEach(b -> ballots.add(ballot(b, false)));
        result.put("ballots", ballots);
        result.put("reasons", reasons(vote, tally));
        return result;
    }

    private static Map<String, Object> count(Tally.Count count) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("plusOne", count.plusOne());
        map.put("zero", count.zero());
        map.put("minusOne", count.minusOne());
        return map;
    }

    private static Map<String, Object> ballot(Ballot ballot, boolean binding) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", ballot.id());
        map.put("voter", ballot.voter());
        map.put("choice", ballot.choice().sign());
        map.put("reason", ballot.reason());
        Map<String, Object> checks = new LinkedHashMap<>();
        ballot.checks().forEach((item, mark) -> checks.put(item, mark.name()));
        map.put("checks", checks);
        map.put("binding", binding);
        map.put("at", ballot.at().toString());
        return map;
    }

    /** Why it did not pass: the closing's own reason, then every -1. */
    private static ArrayList<String> reasons(Vote vote, Tally tally) {
        ArrayList<String> reasons = new ArrayList<>();
        Closing closing = vote.closing().orElseThrow();
        if (!closing.reason().isEmpty()) {
            reasons.add(closing.by() + ": " + closing.reason());
        }
        tally.bindingBallots().stream()
                .filter(b -> !b.reason().isEmpty() && b.choice().sign().equals("-1"))
                .forEach(b -> reasons.add(b.voter() + ": " + b.reason()));
        if (reasons.isEmpty() && !closing.outcome().passes()) {
            reasons.add(tally.summary());
        }
        return reasons;
    }

    /** For the build's page of the release. */
    static Answer answer(VoteGate gate) {
        boolean passed = gate.vote().closing().orElseThrow().outcome().passes();
        LinkedHashMap<String, Object> values = new LinkedHashMap<>();
        values.put("outcome", gate.vote().closing().get().outcome().name());
        return new Answer("DONE", values, new ArrayList<>(), new ArrayList<>(), passed ? null : sentence(gate), null);
    }

    /** For the step's failure. */
    static String sentence(VoteGate gate) {
        Vote vote = gate.vote();
        return "The vote on " + vote.candidate() + " "
                + vote.closing().orElseThrow().outcome().phrase() + ": "
                + String.join("; ", reasons(vote, vote.tally(Vote.ANYBODY))) + ".";
    }
}
