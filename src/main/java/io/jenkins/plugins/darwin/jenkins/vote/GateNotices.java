package io.jenkins.plugins.darwin.jenkins.vote;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteMail;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Mails of a vote: when it opens, to those who have not voted at half time and six hours before the end, and the result. */
final class GateNotices {
    private static final Duration LAST_CALL = Duration.ofHours(6);

    private final VoteGate gate;
    private final Run<?, ?> run;
    private final TaskListener listener;

    GateNotices(VoteGate gate, Run<?, ?> run, TaskListener listener) {
        this.gate = gate;
        this.run = run;
        this.listener = listener;
    }

    /** Sends what is due and was not sent; noted before it is sent, so that a crash sends a mail never twice. */
    void remind(Instant now) {
        Vote vote = gate.vote();
        if (first("announced")) {
            List<String> to = new ArrayList<>(gate.header().mail());
            to.addAll(addresses(users(gate.header().voters())));
            send(to, VoteMail.announcement(gate.header().project(), vote, links()));
        }
        Duration length = Duration.between(vote.opened(), vote.deadline());
        Instant half = vote.opened().plus(length.dividedBy(2));
        Instant lastCall = vote.deadline().minus(LAST_CALL);
        if (now.isBefore(half) || !now.isBefore(vote.deadline())) {
            return;
        }
        boolean lastCallDue = !now.isBefore(lastCall) && length.compareTo(LAST_CALL.multipliedBy(2)) > 0;
        if (due("half-time") || lastCallDue && due("last-call")) {
            List<String> waiting =
                    addresses(vote.tally(gate.eligible()).notVoted()); // may fail, and is asked again then
            VoteMail mail = VoteMail.reminder(gate.header().project(), vote, links(), gate.eligible());
            boolean halfTime = first("half-time");
            if (lastCallDue && first("last-call") || halfTime) {
                send(waiting, mail);
            }
        }
    }

    void result(VoteMail mail) {
        if (first("result")) {
            List<String> to = new ArrayList<>(gate.header().mail());
            to.addAll(addresses(users(gate.header().voters())));
            send(to, mail);
        }
    }

    private boolean first(String notice) {
        boolean first = due(notice);
        if (first) {
            GateFiles.write(mark(notice), new byte[0]);
        }
        return first;
    }

    private boolean due(String notice) {
        return !Files.exists(mark(notice));
    }

    private Path mark(String notice) {
        return gate.folder().resolve("mail-" + notice);
    }

    private static List<String> users(List<String> entries) {
        return entries.stream()
                .filter(e -> !e.startsWith("@"))
                .map(VoterIds::ofUser)
                .toList();
    }

    private static List<String> addresses(List<String> voters) {
        return voters.stream()
                .flatMap(v -> VoteMailer.address(VoterIds.toUser(v)).stream())
                .toList();
    }

    private VoteMail.Links links() {
        String root = Jenkins.get().getRootUrl();
        Optional<String> reference = GateAbout.read(gate.folder()).map(GateAbout::reference);
        return new VoteMail.Links(
                Optional.empty(),
                Optional.of(gate.header().staging() + "/*:" + gate.header().candidate()),
                Optional.empty(),
                reference,
                Optional.of((root == null ? "/" : root) + gate.getUrl()));
    }

    private void send(List<String> to, VoteMail mail) {
        List<String> distinct = to.stream().distinct().toList();
        if (!distinct.isEmpty()) {
            VoteMailer.send(distinct, mail, gate.getUrl(), listener);
        }
    }
}
