package io.jenkins.plugins.darwin.jenkins.vote;

import hudson.model.Item;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.vote.Tally;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import io.jenkins.plugins.darwin.vote.VoteJson;
import io.jenkins.plugins.darwin.vote.VoteRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * One vote of a build. Its truth is the journal on disk; what is here is that, read. It works without the step's
 * execution, which comes back later than the page after a restart. All changes go through one lock.
 */
public final class VoteGate {
    /** A gate's ID: a candidate, with a number when the build votes on it again. */
    static final Pattern ID = Pattern.compile("\\d+\\.\\d+\\.\\d+-RC\\d+(-\\d+)?");

    static final String JOURNAL = "votes.jsonl";
    private static final String FINISHED = "finished";

    private final Run<?, ?> run;
    private final String id;
    private final Clock clock;
    private final Object work = new Object();
    private final AtomicBoolean queued = new AtomicBoolean();
    private GateHeader header;
    private Vote vote;
    private long size;
    private volatile Waiting waiting;
    private volatile String problem;

    /** The step that waits, while it is in memory. */
    interface Waiting {
        /** Told after every change, off any lock. */
        void changed();
    }

    /** A change that was made. */
    record Change(Vote before, Vote after) {
        List<VoteEvent> events() {
            return after.events().subList(before.events().size(), after.events().size());
        }
    }

    VoteGate(Run<?, ?> run, String id, Clock clock) {
        this.run = run;
        this.id = id;
        this.clock = clock;
    }

    /** Opens a gate: its journal is on disk when this returns. */
    static VoteGate open(Run<?, ?> run, GateHeader header, Clock clock) {
        header.vote(); // refuses what could never pass
        VoteGate gate = new VoteGate(run, header.id(), clock);
        GateJournal.create(gate.folder().resolve(JOURNAL), header.toLine());
        return gate;
    }

    /** Everything of this gate, in the build's own folder; asked anew each time, for a job may be moved. */
    Path folder() {
        return VoteAction.folder(run).resolve(id);
    }

    private GateJournal journal() {
        return new GateJournal(folder().resolve(JOURNAL));
    }

    synchronized GateHeader header() {
        vote();
        return header;
    }

    synchronized Vote vote() {
        if (vote == null) {
            load();
        }
        return vote;
    }

    /** Why the journal can't be read, if that is so. */
    Optional<String> damage() {
        try {
            vote();
            return Optional.empty();
        } catch (ReleaseException e) {
            return Optional.of(e.getMessage());
        }
    }

    private void load() {
        GateJournal.Content content = journal().read();
        if (content.lines().isEmpty()) {
            throw ReleaseException.failed(
                    "The vote " + id + " has an empty journal: expected its opening in the first line of "
                            + folder().resolve(JOURNAL) + ".");
        }
        GateHeader first = GateHeader.parse(content.lines().get(0));
        Vote replayed = first.vote();
        for (String line : content.lines().subList(1, content.lines().size())) {
            replayed = replayed.replay(SharedParts.of(replayed, VoteJson.event(line)));
        }
        header = first;
        vote = replayed;
        size = content.size();
    }

    /**
     * Changes the vote, unless that is refused. What it adds is on disk when this returns.
     *
     * @throws ReleaseException as the operation does; failed, when the disk does
     */
    Change change(UnaryOperator<Vote> operation) {
        Change change;
        synchronized (this) {
            if (vote == null || journal().size() != size) {
                load(); // somebody else wrote: another object of the same build
            }
            change = new Change(vote, operation.apply(vote));
            for (VoteEvent event : change.events()) {
                size = journal().append(VoteJson.line(event));
                vote = vote.replay(SharedParts.of(vote, event));
            }
        }
        Waiting step = waiting;
        if (step != null && !change.events().isEmpty()) {
            step.changed();
        }
        return change;
    }

    /** Whether nobody waits yet to look after this gate; who asked does from here on. */
    boolean queue() {
        return queued.compareAndSet(false, true);
    }

    void dequeue() {
        queued.set(false);
    }

    /** Held by whoever closes and publishes; never while a ballot is counted. */
    Object work() {
        return work;
    }

    void await(Waiting step) {
        waiting = step;
    }

    /** Why it can't close at the moment, or null; for people. */
    public String getProblem() {
        return problem;
    }

    void problem(String sentence) {
        problem = sentence;
    }

    Predicate<String> eligible() {
        return electorate().eligible(vote().counting().keySet());
    }

    Electorate electorate() {
        return new Electorate(header(), run.getParent());
    }

    Tally tally() {
        return vote().tally(eligible());
    }

    VoteRecord record() {
        return new VoteRecord(header().project(), vote());
    }

    Instant now() {
        return clock.instant();
    }

    /** Whether ballots are taken. */
    public boolean isOpen() {
        return run.isBuilding() && vote().isOpen(now());
    }

    /** Whether its record is signed, attached and archived, and the step was told. */
    boolean isFinished() {
        return Files.exists(folder().resolve(FINISHED));
    }

    void finished() {
        GateFiles.write(folder().resolve(FINISHED), new byte[0]);
    }

    /** What the page asks for: whoever may see the job may see its votes. */
    public Permission getRequiredPermission() {
        return Item.READ;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    public String getId() {
        return id;
    }

    /** Relative to Jenkins' root, with a slash at the end. */
    public String getUrl() {
        return run.getUrl() + VoteAction.URL + "/" + id + "/";
    }

    /** For the page. */
    public GateView getView() {
        return new GateView(this);
    }

    public GateApi getApi() {
        return new GateApi(this);
    }

    /** {@code POST .../vote}: 201 counted, 200 changed or sent again, 400, 403, 409. */
    @RequirePOST
    public HttpResponse doVote(StaplerRequest2 request) {
        return GateAnswer.of(() -> new Ballots(this).cast(GateRequest.of(request)));
    }

    /** {@code POST .../takeBack} with {@code ballot}: its author has then not voted. */
    @RequirePOST
    public HttpResponse doTakeBack(StaplerRequest2 request) {
        return GateAnswer.of(() -> new Ballots(this).takeBack(GateRequest.of(request)));
    }

    /** {@code POST .../close}: ends a decided vote before its deadline. */
    @RequirePOST
    public HttpResponse doClose(StaplerRequest2 request) {
        return GateAnswer.of(() -> new Decisions(this, GateRequest.of(request)).close());
    }

    /** {@code POST .../extend} with {@code hours} or {@code until}, and {@code reason}. */
    @RequirePOST
    public HttpResponse doExtend(StaplerRequest2 request) {
        return GateAnswer.of(() -> new Decisions(this, GateRequest.of(request)).extend());
    }

    /** {@code POST .../withdraw} with {@code reason}: takes the candidate back. */
    @RequirePOST
    public HttpResponse doWithdraw(StaplerRequest2 request) {
        return GateAnswer.of(() -> new Decisions(this, GateRequest.of(request)).withdraw());
    }

    /** {@code POST .../override} with {@code reason}: an administrator's word, recorded as that. */
    @RequirePOST
    public HttpResponse doOverride(StaplerRequest2 request) {
        return GateAnswer.of(() -> new Decisions(this, GateRequest.of(request)).override());
    }
}
