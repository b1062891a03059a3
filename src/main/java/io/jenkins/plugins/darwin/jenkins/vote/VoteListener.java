package io.jenkins.plugins.darwin.jenkins.vote;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Told of what happens to votes, for chat plugins and the like. Called on a background thread, after it is on the disk. */
public abstract class VoteListener implements ExtensionPoint {
    private static final Logger LOGGER = Logger.getLogger(VoteListener.class.getName());

    /** What happened. */
    public enum Kind {
        OPENED,
        BALLOT,
        BALLOT_WITHDRAWN,
        EXTENDED,
        CLOSED;

        static Kind of(VoteEvent event) {
            if (event instanceof VoteEvent.Ballot) {
                return BALLOT;
            } else if (event instanceof VoteEvent.BallotWithdrawal) {
                return BALLOT_WITHDRAWN;
            }
            return event instanceof VoteEvent.Extension ? EXTENDED : CLOSED;
        }
    }

    /**
     * Something happened. What is thrown here is logged, and harms no vote.
     *
     * @param run the build whose vote it is
     * @param url of the vote's page, relative to Jenkins' root
     * @param vote as it stands now
     * @param event null for {@link Kind#OPENED}
     */
    public abstract void onEvent(Run<?, ?> run, String url, Vote vote, Kind kind, VoteEvent event);

    static void tell(VoteGate gate, Kind kind, VoteEvent event) {
        for (VoteListener listener : ExtensionList.lookup(VoteListener.class)) {
            try {
                listener.onEvent(gate.getRun(), gate.getUrl(), gate.vote(), kind, event);
            } catch (RuntimeException | LinkageError e) { // of another plugin, perhaps built against another version
                LOGGER.log(
                        Level.WARNING,
                        "A listener of votes failed: " + listener.getClass().getName(),
                        e);
            }
        }
        VoteWebhook.send(gate, kind, event);
    }
}
