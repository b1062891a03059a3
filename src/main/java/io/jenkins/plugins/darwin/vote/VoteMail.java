package io.jenkins.plugins.darwin.vote;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.vote.VoteEvent.Ballot;
import io.jenkins.plugins.darwin.vote.VoteEvent.Closing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a team gets to read: plain text, one subject line. The first is the announcement of P5.1; the second the form of
 * result that Apache's mailing lists made common.
 */
public record VoteMail(String subject, String body) {
    public VoteMail {
        subject = ForeignText.line(subject); // no foreign text may add a header
        body = ForeignText.lines(body);
    }

    /**
     * Where things are; what is empty is left out.
     *
     * @param images for example {@code 127.0.0.1:5000/staging/*:1.3.0-RC1}
     * @param vote the page where one votes
     */
    public record Links(
            Optional<String> releaseNotes,
            Optional<String> images,
            Optional<String> chart,
            Optional<String> artifacts,
            Optional<String> vote) {
        /** No links at all: people find the candidate by its digest. */
        public static Links none() {
            return new Links(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /** {@code [VOTE] Darwin v1.3.0-RC1}, as P5.1 has it. */
    public static VoteMail announcement(String project, Vote vote, Links links) {
        String name = name(project, vote);
        StringBuilder body = new StringBuilder("Hi team,\n\n").append(name).append(" is ready for validation.\n\n");
        line(body, "Release Notes", links.releaseNotes());
        line(body, "Docker Images", links.images());
        line(body, "Helm Chart", links.chart());
        line(body, "Artifacts", links.artifacts());
        body.append("Candidate digest: ").append(vote.digest()).append("\n\n");
        body.append("Please validate and vote:\n+1 = Approve\n 0 = No opinion\n-1 = Block (must provide reason)\n\n");
        line(body, "Vote here", links.vote());
        body.append("Voting closes: ").append(Words.time(vote.deadline())).append('\n');
        body.append("Needed: ").append(vote.policy().quorum()).append(" binding +1 and no binding -1\n");
        section(body, "Binding voters", vote.policy().voters());
        section(
                body,
                "Please verify",
                vote.policy().checklist().stream().map(item -> "[ ] " + item).toList());
        return new VoteMail("[VOTE] " + name, body.toString());
    }

    /** To those who have not voted. */
    public static VoteMail reminder(String project, Vote vote, Links links, Predicate<String> eligible) {
        Tally tally = vote.tally(eligible);
        StringBuilder body = new StringBuilder("Hi,\n\nthe vote on ")
                .append(name(project, vote))
                .append(" closes at ")
                .append(Words.time(vote.deadline()))
                .append(" and waits for you.\n\nSo far: ")
                .append(tally.summary())
                .append(".\n");
        if (!tally.untried().isEmpty()) {
            body.append("Nobody has tried: ")
                    .append(String.join(", ", tally.untried()))
                    .append(".\n");
        }
        body.append('\n');
        line(body, "Vote here", links.vote());
        return new VoteMail("[REMINDER] [VOTE] " + name(project, vote), body.toString());
    }

    /**
     * {@code [RESULT] [VOTE] Darwin v1.3.0-RC1}: the outcome, then who voted what, binding and non-binding.
     *
     * @throws IllegalArgumentException while the vote runs
     */
    public static VoteMail result(String project, Vote vote) {
        Closing closing = vote.closing().orElseThrow(() -> new IllegalArgumentException("the vote is open"));
        Tally tally = vote.tally(Vote.ANYBODY);
        StringBuilder body = new StringBuilder("Hi team,\n\nThe vote on ")
                .append(name(project, vote))
                .append(' ')
                .append(closing.outcome().phrase())
                .append(".\n\n");
        if (!closing.reason().isEmpty()) {
            body.append(closing.outcome() == Outcome.OVERRIDDEN ? "Overridden by " : "By ")
                    .append(closing.by())
                    .append(": ")
                    .append(indented(closing.reason()))
                    .append("\n\n");
        }
        body.append("Candidate digest: ")
                .append(vote.digest())
                .append('\n')
                .append("Closed: ")
                .append(Words.time(closing.at()))
                .append('\n')
                .append("Binding: ")
                .append(counts(tally.binding()))
                .append(" (quorum ")
                .append(tally.quorum())
                .append(")\n")
                .append("Non-binding: ")
                .append(counts(tally.advising()))
                .append('\n');
        section(
                body,
                "Binding votes",
                tally.bindingBallots().stream().map(VoteMail::ballot).toList());
        section(
                body,
                "Non-binding votes",
                tally.advisingBallots().stream().map(VoteMail::ballot).toList());
        section(body, "Did not vote", tally.notVoted());
        section(body, "Nobody has tried", tally.untried());
        return new VoteMail("[RESULT] [VOTE] " + name(project, vote), body.toString());
    }

    /** As people write it: the project with a capital, the version with its v. */
    private static String name(String project, Vote vote) {
        return project.substring(0, 1).toUpperCase(Locale.ROOT) + project.substring(1) + " v" + vote.candidate();
    }

    private static String counts(Tally.Count count) {
        return count.plusOne() + " x +1, " + count.zero() + " x 0, " + count.minusOne() + " x -1";
    }

    private static String ballot(Ballot ballot) {
        List<String> failed = new ArrayList<>();
        ballot.checks().forEach((item, mark) -> {
            if (mark == CheckMark.FAILED) {
                failed.add(item);
            }
        });
        return ballot.choice().sign() + " " + ballot.voter()
                + (ballot.reason().isEmpty() ? "" : ": " + indented(ballot.reason()))
                + (failed.isEmpty() ? "" : " (failed: " + String.join(", ", failed) + ")");
    }

    /** A voter's further lines stay the voter's: they can't look like a line of ours. */
    private static String indented(String reason) {
        return reason.replace("\n", "\n    > ");
    }

    private static void line(StringBuilder body, String label, Optional<String> value) {
        value.ifPresent(text -> body.append(label).append(": ").append(text).append('\n'));
    }

    private static void section(StringBuilder body, String label, List<String> lines) {
        if (!lines.isEmpty()) {
            body.append('\n').append(label).append(":\n");
            lines.forEach(line -> body.append("  ").append(line).append('\n'));
        }
    }
}
