package io.jenkins.plugins.darwin.jenkins.vote;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.User;
import io.jenkins.plugins.darwin.vote.Tally;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent.Ballot;
import io.jenkins.plugins.darwin.vote.VoteEvent.Closing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A vote as its page, its API and its webhook tell it. The names are stable; more may be added. */
final class GateJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private GateJson() {}

    /** What is the same for everybody who looks. */
    static ObjectNode state(VoteGate gate) {
        Vote vote = gate.vote();
        Predicate<String> eligible = gate.eligible(); // once: it asks the security realm about every voter
        Tally tally = vote.tally(eligible);
        boolean open = gate.isOpen();
        ObjectNode root = MAPPER.createObjectNode()
                .put("id", gate.getId())
                .put("project", gate.header().project())
                .put("version", vote.candidate().version().toString())
                .put("candidate", vote.candidate().toString())
                .put("digest", vote.digest().toString());
        root.put(
                "state",
                open ? "open" : vote.closing().isPresent() || !gate.getRun().isBuilding() ? "closed" : "closing");
        root.put("outcome", vote.closing().map(c -> c.outcome().name()).orElse(null));
        root.put("result", result(gate, vote)).put("published", gate.isFinished());
        root.put("opened", vote.opened().toString())
                .put("openedBy", vote.openedBy())
                .put("deadline", vote.deadline().toString());
        root.put("decided", open && vote.decided(gate.now(), eligible))
                .put(
                        "closesAt",
                        open
                                ? vote.closesAt(gate.now(), eligible)
                                        .map(Instant::toString)
                                        .orElse(null)
                                : null)
                .put("quorum", tally.quorum())
                .put("quorumMet", tally.quorumMet())
                .put("everybodyBinds", gate.header().voters().isEmpty())
                .put("summary", tally.summary());
        root.put("problem", gate.getProblem());
        count(root.putObject("binding"), tally.binding());
        count(root.putObject("advising"), tally.advising());
        ArrayNode ballots = root.putArray("ballots");
        tally.bindingBallots().forEach(b -> ballot(ballots.addObject(), vote, b, true));
        tally.advisingBallots().forEach(b -> ballot(ballots.addObject(), vote, b, false));
        ArrayNode waiting = root.putArray("notVoted");
        tally.notVoted().forEach(v -> waiting.addObject().put("id", v).put("name", name(v)));
        ArrayNode groups = root.putArray("groups");
        gate.header().voters().stream().filter(v -> v.startsWith("@")).forEach(v -> groups.add(v.substring(1)));
        ArrayNode checklist = root.putArray("checklist");
        for (Map.Entry<String, Tally.Coverage> item : tally.coverage().entrySet()) {
            checklist
                    .addObject()
                    .put("item", item.getKey())
                    .put("passed", item.getValue().passed())
                    .put("failed", item.getValue().failed());
        }
        ArrayNode history = root.putArray("history");
        vote.events()
                .forEach(e -> history.addObject()
                        .put("at", e.at().toString())
                        .put("text", EventText.of(e).replace("\n    > ", " ")));
        return root;
    }

    private static String result(VoteGate gate, Vote vote) {
        if (vote.closing().isPresent()) {
            Closing closing = vote.closing().get();
            return "The vote " + closing.outcome().phrase() + "."
                    + (closing.reason().isEmpty() ? "" : " " + name(closing.by()) + ": " + closing.reason());
        }
        return gate.getRun().isBuilding() ? null : "The build ended before the vote did; nothing follows from it.";
    }

    private static void count(ObjectNode node, Tally.Count count) {
        node.put("plusOne", count.plusOne()).put("zero", count.zero()).put("minusOne", count.minusOne());
    }

    static void ballot(ObjectNode node, Vote vote, Ballot ballot, boolean binding) {
        List<Ballot> all = vote.ballots().stream()
                .filter(b -> b.voter().equals(ballot.voter()))
                .toList();
        node.put("id", ballot.id())
                .put("voter", ballot.voter())
                .put("name", name(ballot.voter()))
                .put("choice", ballot.choice().sign())
                .put("reason", ballot.reason())
                .put("at", ballot.at().toString())
                .put("binding", binding)
                .put("changed", all.size() - 1);
        ObjectNode checks = node.putObject("checks");
        ballot.checks().forEach((item, mark) -> checks.put(item, mark.name()));
    }

    /** A person's full name, or the ID where Jenkins knows no better. */
    static String name(String voter) {
        String id = VoterIds.toUser(voter);
        User user = User.getById(id, false);
        return user == null ? id : user.getFullName();
    }
}
