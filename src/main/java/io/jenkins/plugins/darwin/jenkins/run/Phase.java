package io.jenkins.plugins.darwin.jenkins.run;

import io.jenkins.plugins.darwin.jenkins.remote.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One run of one step: when, for which version, and what came of it. Stored with the build. */
@ExportedBean(defaultVisibility = 2)
public final class Phase {
    /** How a phase stands. */
    public enum State {
        RUNNING("status-blue-anime"),
        /** Something was made. */
        DONE("status-blue"),
        /** All was so already. */
        UNCHANGED("status-blue"),
        /** A dry run. */
        PLANNED("status-nobuilt"),
        /** Released, and some changes wait for a later run or a person. */
        OPEN("status-yellow"),
        FAILED("status-red"),
        /** Aborted, or cut off by a restart. */
        STOPPED("status-aborted");

        private final String symbol;

        State(String symbol) {
            this.symbol = symbol;
        }

        /** Name of its icon. */
        String symbol() {
            return "symbol-" + symbol;
        }
    }

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final String step;
    private final String version;
    private final boolean dryRun;
    private final long started;
    private long ended;
    private State state = State.RUNNING;
    private String failure;
    private LinkedHashMap<String, Object> values = new LinkedHashMap<>();
    private ArrayList<LinkedHashMap<String, Object>> changes = new ArrayList<>();
    /** Null in a build of an older plugin. */
    private ArrayList<String> warnings = new ArrayList<>();

    Phase(String step, String version, boolean dryRun, Instant started) {
        this.step = step;
        this.version = version;
        this.dryRun = dryRun;
        this.started = started.toEpochMilli();
    }

    /** @param answer null when the step was cut off */
    void end(Answer answer, Instant at) {
        ended = at.toEpochMilli();
        if (answer == null) {
            state = State.STOPPED;
        } else if (answer.failure() != null) {
            state = State.FAILED;
            failure = answer.failure();
        } else {
            state = State.valueOf(answer.outcome());
            values = answer.values();
            changes = answer.changes();
            warnings = answer.warnings();
        }
    }

    void fail(String message, Instant at) {
        ended = at.toEpochMilli();
        state = State.FAILED;
        failure = message;
    }

    /** Whether it waits for people, which a restart does not end. */
    boolean outlivesJenkins() {
        return StepKind.of(step).filter(StepKind::outlivesJenkins).isPresent();
    }

    boolean isOf(String otherStep, String otherVersion) {
        return step.equals(otherStep) && version.equals(otherVersion);
    }

    /** The step's function name. */
    @Exported
    public String getStep() {
        return step;
    }

    @Exported
    public String getVersion() {
        return version;
    }

    @Exported
    public boolean isDryRun() {
        return dryRun;
    }

    /** Milliseconds since 1970, UTC. */
    @Exported
    public long getStarted() {
        return started;
    }

    /** Milliseconds since 1970, UTC; 0 while it runs. */
    @Exported
    public long getEnded() {
        return ended;
    }

    @Exported
    public State getState() {
        return state;
    }

    /** Why it failed, or null. */
    @Exported
    public String getFailure() {
        return failure;
    }

    /** What people should know although it went well: a key that ends soon, say. */
    @Exported
    public List<String> getWarnings() {
        return warnings == null ? List.of() : warnings;
    }

    /** What the step returned. */
    @Exported
    public Map<String, Object> getValues() {
        return values;
    }

    @Exported
    public List<LinkedHashMap<String, Object>> getChanges() {
        return changes;
    }

    /** For the page. */
    public String getTitle() {
        return StepKind.of(step).map(StepKind::title).orElse(step);
    }

    public String getSymbol() {
        return state.symbol();
    }

    /** Hours, minutes and seconds, or nothing while it runs. */
    public String getDuration() {
        Duration time = Duration.ofMillis(Math.max(0, ended - started));
        if (ended == 0) {
            return "";
        }
        return time.toHours() > 0
                ? String.format("%d:%02d h", time.toHours(), time.toMinutesPart())
                : time.toMinutes() > 0
                        ? String.format("%d:%02d min", time.toMinutes(), time.toSecondsPart())
                        : String.format("%.1f s", time.toMillis() / 1000.0);
    }

    public Instant getStart() {
        return Instant.ofEpochMilli(started);
    }

    /** When it began, to the minute, UTC. */
    public String getStartText() {
        return MINUTE.format(getStart());
    }
}
