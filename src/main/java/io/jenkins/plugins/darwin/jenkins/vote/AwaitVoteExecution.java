package io.jenkins.plugins.darwin.jenkins.vote;

import hudson.AbortException;
import hudson.console.ModelHyperlinkNote;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.darwin.jenkins.run.ReleaseAction;
import io.jenkins.plugins.darwin.jenkins.run.StepKind;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import io.jenkins.plugins.darwin.vote.VoteEvent.Closing;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.AbstractStepExecutionImpl;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/**
 * Waits at a gate, with a timer and no thread. What it keeps over a restart is the step's arguments; the gate itself is
 * found again by the flow node, so that there is no moment at which a crash would open a second one.
 */
final class AwaitVoteExecution extends AbstractStepExecutionImpl implements VoteGate.Waiting {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(AwaitVoteExecution.class.getName());
    private static final String STEP = StepKind.VOTE.function();
    private static final String PAUSE = "Vote";
    /** However far the deadline is, for the clock may be set meanwhile. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    private static final Duration RETRY = Duration.ofSeconds(20);

    private final AwaitVoteStep step;
    private transient volatile VoteGate gate;
    private transient volatile ScheduledFuture<?> timer;
    private transient volatile boolean ended;
    private transient volatile Throwable aborted;
    private transient GateSchedule schedule;
    private transient int told;

    AwaitVoteExecution(StepContext context, AwaitVoteStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() {
        GateWorker.opening(this::open);
        return false;
    }

    @Override
    public void onResume() {
        super.onResume();
        GateWorker.opening(this::open);
    }

    /** Opens the gate, or finds the one that was opened before a restart. */
    private void open() {
        try {
            Run<?, ?> run = getContext().get(Run.class);
            FlowNode node = getContext().get(FlowNode.class);
            VoteAction action = VoteAction.of(run);
            VoteGate found = action.ofNode(node.getId()).orElse(null);
            if (found == null) {
                found = new GateOpening(step, run, node.getId(), getContext().get(TaskListener.class)).open(action);
                log(ModelHyperlinkNote.encodeTo(
                                "/" + found.getUrl(),
                                "Vote on " + found.header().candidate() + " "
                                        + found.header().digest())
                        + " until " + found.vote().deadline());
                VoteListener.tell(found, VoteListener.Kind.OPENED, null);
                ReleaseAction.of(run).started(STEP, found.vote().candidate().version(), false);
            }
            if (PauseAction.getCurrentPause(node) == null) {
                node.addAction(new PauseAction(PAUSE));
            }
            schedule = new GateSchedule(found);
            told = found.vote().events().size(); // before a restart, somebody was told
            gate = found;
            found.await(this);
            if (aborted != null) {
                withdraw(aborted);
                return;
            }
        } catch (ReleaseException e) {
            fail(e.getMessage());
            return;
        } catch (IOException | InterruptedException | RuntimeException | LinkageError e) {
            LOGGER.log(Level.WARNING, "Cannot open a vote", e);
            fail("The vote could not be opened: " + e);
            return;
        }
        advance();
    }

    @Override
    public void changed() {
        schedule.changed();
        advanceSoon();
    }

    /** However many ballots come in while a gate is at work, one thread waits for it, and the others serve other gates. */
    private void advanceSoon() {
        VoteGate open = gate;
        if (open.queue()) {
            GateWorker.submit(this::advance);
        }
    }

    /** Tells of what happened since it was last told, each event once and in order. */
    private void announce() {
        List<VoteEvent> events = gate.vote().events();
        for (; told < events.size(); told++) {
            log(EventText.of(events.get(told)));
            VoteListener.tell(gate, VoteListener.Kind.of(events.get(told)), events.get(told));
        }
    }

    /** Does what is due: notices, the look at staging, the closing, and what follows from that. */
    private void advance() {
        synchronized (gate.work()) {
            gate.dequeue(); // what happens from here on needs another look
            if (ended) {
                return;
            }
            if (!gate.getRun()
                    .isBuilding()) { // killed the hard way, which asks no step: nothing follows from such a vote
                end();
                return;
            }
            try {
                Run<?, ?> run = getContext().get(Run.class);
                TaskListener listener = getContext().get(TaskListener.class);
                announce();
                schedule.advance(run, listener);
                announce();
                if (gate.vote().closing().isPresent()) {
                    new GateClosing(gate, run, listener).publish();
                    gate.problem(null);
                    settle();
                    return;
                }
                gate.problem(null);
                arm(schedule.sleep(LONGEST_SLEEP));
            } catch (ReleaseException e) {
                trouble(e.getMessage());
            } catch (IOException | InterruptedException | RuntimeException | LinkageError e) {
                LOGGER.log(Level.WARNING, "Cannot close " + gate.getUrl(), e);
                trouble("Failed in a way that nobody foresaw: " + e);
            }
        }
    }

    /** Says so, and tries again: ballots are never thrown away because a server is down. */
    private void trouble(String sentence) {
        if (!sentence.equals(gate.getProblem())) {
            log("The vote waits: " + sentence);
        }
        gate.problem(sentence);
        arm(RETRY);
    }

    private void arm(Duration sleep) {
        ScheduledFuture<?> before = timer;
        if (before != null) {
            before.cancel(false);
        }
        timer = GateWorker.later(this::advanceSoon, Math.max(1, sleep.toMillis()));
    }

    private void settle() throws IOException, InterruptedException {
        Closing closing = gate.vote().closing().orElseThrow();
        ReleaseAction.of(gate.getRun())
                .ended(
                        STEP,
                        gate.vote().candidate().version(),
                        VoteResult.answer(gate)); // may fail, and be tried again
        end();
        if (closing.outcome().passes() || !step.isFailOnReject()) {
            getContext().onSuccess(VoteResult.of(gate));
        } else {
            getContext().onFailure(new AbortException(VoteResult.sentence(gate)));
        }
    }

    private void fail(String sentence) {
        end();
        getContext().onFailure(new AbortException(sentence));
    }

    /** On every way out: no timer, no pause. */
    private void end() {
        ended = true;
        if (timer != null) {
            timer.cancel(false);
        }
        try {
            PauseAction.endCurrentPause(getContext().get(FlowNode.class));
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, "The stage may still be shown as paused", e);
        }
    }

    /** The build was aborted: that takes the candidate back, in the name of who did it, and is nobody's vote. */
    @Override
    public void stop(Throwable cause) {
        boolean again = aborted != null;
        aborted = cause;
        GateWorker.submit(() -> {
            if (!ended && !again) { // a second abort waits for no registry
                withdraw(cause);
            }
            end();
            getContext().onFailure(cause);
        });
    }

    /** Whichever comes first, the abort or the opening, the other sees it. */
    private void withdraw(Throwable cause) {
        try {
            Run<?, ?> run = getContext().get(Run.class);
            VoteGate open = VoteAction.of(run)
                    .ofNode(getContext().get(FlowNode.class).getId())
                    .orElse(null);
            if (open == null) {
                return;
            }
            String by = abortedBy(cause);
            open.await(null);
            open.change(vote -> vote.closing().isPresent()
                    ? vote
                    : vote.withdraw(open.now(), by, "The build was aborted by " + by + ".", open.eligible()));
            ReleaseAction.of(run).ended(STEP, open.vote().candidate().version(), null);
            synchronized (open.work()) {
                ended = true;
                new GateClosing(open, run, getContext().get(TaskListener.class)).publish();
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "The vote of an aborted build was not withdrawn, or its record not published", e);
        }
    }

    private static String abortedBy(Throwable cause) {
        if (cause instanceof FlowInterruptedException interruption) {
            for (CauseOfInterruption c : interruption.getCauses()) {
                if (c instanceof CauseOfInterruption.UserInterruption user) {
                    return VoterIds.ofUser(user.getUserId());
                }
            }
        }
        return GateOpening.JENKINS;
    }

    private void log(String line) {
        try {
            getContext().get(TaskListener.class).getLogger().println(line);
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, line, e);
        }
    }

    @Override
    public String getStatus() {
        VoteGate open = gate;
        return open == null
                ? "opening"
                : "waiting for votes until " + open.vote().deadline();
    }
}
