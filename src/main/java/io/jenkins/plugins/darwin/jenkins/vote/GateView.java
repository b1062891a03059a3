package io.jenkins.plugins.darwin.jenkins.vote;

import io.jenkins.plugins.darwin.jenkins.vote.Electorate.Standing;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.vote.Outcome;
import io.jenkins.plugins.darwin.vote.Vote;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import jenkins.model.Jenkins;

/** What the page needs of a gate when it is loaded; the rest comes by the API, and keeps coming. */
public final class GateView {
    private final VoteGate gate;
    private final Vote vote;

    GateView(VoteGate gate) {
        this.gate = gate;
        this.vote = gate.vote();
    }

    /** {@code Darwin 1.3.0-RC1}. */
    public String getTitle() {
        String project = gate.header().project();
        return project.substring(0, 1).toUpperCase(Locale.ROOT) + project.substring(1) + " " + vote.candidate();
    }

    public String getCandidate() {
        return vote.candidate().toString();
    }

    public String getDigest() {
        return vote.digest().toString();
    }

    public String getDeadline() {
        return vote.deadline().toString();
    }

    /** Null when there is nothing to tell. */
    public GateAbout getAbout() {
        return GateAbout.read(gate.folder()).orElse(null);
    }

    /** The candidate before, or null for the first. */
    public String getPrevious() {
        GateAbout about = getAbout();
        return about == null ? null : about.previous().orElse(null);
    }

    /** Ready to paste, for what every voter can check. */
    public List<String> getCommands() {
        GateAbout about = getAbout();
        return about == null ? List.of() : CheckCommands.of(gate.header().staging(), about.reference(), about.images());
    }

    public List<String> getChecklist() {
        return vote.policy().checklist();
    }

    /** An ID for one ballot: the same form sent twice counts once. */
    public String getNewBallotId() {
        return UUID.randomUUID().toString();
    }

    public boolean isMayVote() {
        return gate.electorate().standing(Jenkins.getAuthentication2()) != Standing.NONE;
    }

    public boolean isBinding() {
        return gate.electorate().standing(Jenkins.getAuthentication2()) == Standing.BINDING;
    }

    public boolean isMayManage() {
        return Decisions.mayManage(gate);
    }

    public boolean isMayOverride() {
        return Decisions.mayOverride();
    }

    public boolean isOpen() {
        return gate.isOpen();
    }

    /** {@code passed}, or {@code 2 of 3 binding +1, ...} while it is open. */
    public String getState() {
        return vote.closing().map(c -> c.outcome().phrase()).orElseGet(this::count);
    }

    /** The build's page and its list show this, too, and have to stand when the security realm does not answer. */
    private String count() {
        try {
            return gate.tally().summary();
        } catch (ReleaseException e) {
            return e.getMessage();
        }
    }

    /** The icon of its state. */
    public String getSymbol() {
        return vote.closing()
                .map(c -> c.outcome())
                .map(o -> o.passes()
                        ? "symbol-status-blue"
                        : o == Outcome.VETOED ? "symbol-status-red" : "symbol-status-aborted")
                .orElse("symbol-people");
    }
}
