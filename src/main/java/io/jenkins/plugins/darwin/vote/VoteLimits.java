package io.jenkins.plugins.darwin.vote;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.vote.VoteEvent.Ballot;
import io.jenkins.plugins.darwin.vote.VoteEvent.BallotWithdrawal;

/** How much one vote takes in: a record that grew without end could not be read any more by whoever promotes. */
final class VoteLimits {
    /** Ballots and withdrawals of one voter. */
    static final int MOST_CHANGES = 50;
    /** Bytes of a record. */
    static final int LARGEST_VOTE = 4 * 1024 * 1024;
    /** What JSON adds to an event's own words: names of keys, times, the digest, line feeds; bytes. */
    private static final int FRAME = 600;

    private VoteLimits() {}

    /** @throws ReleaseException refused, when the ballot would be one too many */
    static void require(Vote vote, Ballot ballot) {
        long changes = vote.events().stream()
                .filter(e -> e instanceof Ballot b && b.voter().equals(ballot.voter())
                        || e instanceof BallotWithdrawal w && w.by().equals(ballot.voter()))
                .count();
        if (changes >= MOST_CHANGES) {
            throw ReleaseException.refused("The ballot of " + Words.shown(ballot.voter()) + " was changed " + changes
                    + " times: expected at most " + MOST_CHANGES + "; the last one counts.");
        }
        long size = FRAME * 4L + bytes(ballot);
        for (VoteEvent event : vote.events()) {
            size += bytes(event);
        }
        if (size > LARGEST_VOTE) {
            throw ReleaseException.refused("The vote on " + vote.candidate() + " is full: expected at most "
                    + LARGEST_VOTE + " bytes of ballots, found " + size + "; send a shorter reason.");
        }
    }

    private static long bytes(VoteEvent event) {
        if (!(event instanceof Ballot ballot)) {
            return FRAME + 2L * 4000; // a reason at most
        }
        long size = FRAME + json(ballot.reason()) + json(ballot.voter()) + json(ballot.id());
        for (String item : ballot.checks().keySet()) {
            size += json(item) + 32;
        }
        return size;
    }

    /** Bytes of a text in JSON and UTF-8, or a few more. */
    private static long json(String text) {
        long size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            size += c == '"' || c == '\\' || c == '\n' || c == '\t' ? 2 : c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        return size;
    }
}
