package io.jenkins.plugins.darwin.jenkins.vote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.jenkins.vote.Electorate.Standing;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.vote.Choice;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent.Ballot;
import io.jenkins.plugins.darwin.vote.VoteEvent.BallotWithdrawal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** Takes ballots from whoever is logged in: the request's own words never say whose ballot it is. */
final class Ballots {
    private final VoteGate gate;
    private final Authentication auth;

    Ballots(VoteGate gate) {
        this.gate = gate;
        this.auth = Jenkins.getAuthentication2();
    }

    private String voter() {
        return VoterIds.ofUser(auth.getName());
    }

    private Optional<GateAnswer> refusal() {
        Standing standing = gate.electorate().standing(auth);
        if (standing == Standing.NONE) {
            return Optional.of(
                    GateAnswer.error(
                            GateAnswer.FORBIDDEN,
                            auth.getName() + " may not vote on " + gate.getId()
                                    + ": expected a user with the permission Release/Vote who is one of the policy's voters or advisers."));
        }
        if (!gate.getRun().isBuilding() && gate.vote().closing().isEmpty()) {
            return Optional.of(GateAnswer.error(GateAnswer.CONFLICT, GateAnswer.BUILD_ENDED));
        }
        return Optional.empty();
    }

    GateAnswer cast(GateRequest request) {
        return refusal().orElseGet(() -> {
            String named = request.optional("voter");
            if (!named.isEmpty() && !VoterIds.ofUser(named).equals(voter())) {
                return GateAnswer.error(
                        GateAnswer.FORBIDDEN,
                        "A ballot is whose session it is: expected no 'voter' or " + auth.getName()
                                + ", found another.");
            }
            String id = request.optional("id").isEmpty() ? UUID.randomUUID().toString() : request.optional("id");
            Choice choice = Choice.parse(request.required("choice"));
            Digest digest = Digest.parse(request.required("digest"));
            return cast(new Ballot(
                    id,
                    voter(),
                    choice,
                    request.optional("reason"),
                    request.marks(),
                    gate.now(),
                    digest,
                    Optional.empty()));
        });
    }

    private GateAnswer cast(Ballot asked) {
        VoteGate.Change change = gate.change(vote -> {
            Instant now = gate.now(); // the moment at which it is counted, in the order of the lock
            return vote.cast(new Ballot(
                    asked.id(),
                    asked.voter(),
                    asked.choice(),
                    asked.reason(),
                    asked.checks(),
                    now,
                    asked.digest(),
                    Optional.empty()));
        });
        boolean first =
                !change.events().isEmpty() && !change.before().counting().containsKey(asked.voter());
        return new GateAnswer(
                first ? GateAnswer.CREATED : GateAnswer.OK, body(change.after(), first ? "counted" : "changed"));
    }

    private ObjectNode body(Vote vote, String what) {
        ObjectNode body = GateAnswer.object()
                .put("result", what)
                .put("binding", gate.electorate().standing(auth) == Standing.BINDING)
                .put("summary", vote.tally(gate.eligible()).summary());
        Ballot counting = vote.counting().get(voter());
        if (counting != null) {
            GateJson.ballot(
                    body.putObject("ballot"),
                    vote,
                    counting,
                    body.get("binding").asBoolean());
        }
        return body;
    }

    /** The voter takes the own ballot back and has then not voted. */
    GateAnswer takeBack(GateRequest request) {
        return refusal().orElseGet(() -> {
            String ballot = request.required("ballot");
            if (gate.vote().ballots().stream()
                    .anyMatch(b -> b.id().equals(ballot) && !b.voter().equals(voter()))) {
                return GateAnswer.error(GateAnswer.FORBIDDEN, "Only its author may take a ballot back.");
            }
            VoteGate.Change change = gate.change(
                    v -> v.withdrawBallot(new BallotWithdrawal(ballot, voter(), gate.now(), Optional.empty())));
            return new GateAnswer(GateAnswer.OK, body(change.after(), "taken back"));
        });
    }

    /** For the command line, which has no status codes. */
    static void requireCounted(GateAnswer answer) {
        answer.error().ifPresent(sentence -> {
            throw ReleaseException.refused(sentence);
        });
    }
}
