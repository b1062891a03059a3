package io.jenkins.plugins.darwin.jenkins.vote;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import io.jenkins.plugins.darwin.vote.VoteEvent.Ballot;
import io.jenkins.plugins.darwin.vote.VoteEvent.BallotWithdrawal;
import io.jenkins.plugins.darwin.vote.VoteEvent.Closing;
import io.jenkins.plugins.darwin.vote.VoteEvent.Extension;

/** An event in a line of the console. */
final class EventText {
    private EventText() {}

    static String of(VoteEvent event) {
        if (event instanceof Ballot ballot) {
            return ballot.voter() + " voted " + ballot.choice().sign() + because(ballot.reason());
        } else if (event instanceof BallotWithdrawal withdrawal) {
            return withdrawal.by() + " took the vote back";
        } else if (event instanceof Extension extension) {
            return extension.by() + " gave more time, until " + extension.deadline() + because(extension.reason());
        }
        Closing closing = (Closing) event;
        return "The vote " + closing.outcome().phrase() + (closing.reason().isEmpty() ? "" : ", by " + closing.by())
                + because(closing.reason());
    }

    /** Somebody's words as part of a line. */
    static String line(String text) {
        return ForeignText.line(text);
    }

    /** A person's further lines are marked, so that they can't pass for lines of the build. */
    private static String because(String reason) {
        return reason.isEmpty() ? "" : ": " + reason.replace("\n", "\n    > ");
    }
}
