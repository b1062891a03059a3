package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.ScheduleRules.FreezeWindow;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.schedule.LineRecord;
import java.util.Optional;

/** In a freeze window of trunk's calendar nothing is cut and nothing promoted, unless somebody says why, which is kept. */
final class FreezeGuard {
    private final Workspace workspace;
    private final Version version;
    private final String done;
    private final Optional<String> despite;

    /**
     * @param done what would be: {@code cut}, {@code promoted}
     * @param despite why it is done all the same
     */
    FreezeGuard(Workspace workspace, Version version, String done, Optional<String> despite) {
        this.workspace = workspace;
        this.version = version;
        this.done = done;
        this.despite = despite.map(r -> LineDays.requireReason("to go on in a freeze window", r));
    }

    /**
     * @return a warning, when it goes on in a window
     * @throws ReleaseException refused, in a window without a reason
     */
    Optional<String> require(ReleaseConfig config) {
        return window(config).map(window -> {
            String found = "Today, " + new LineDays(workspace, config).today() + ", is in the freeze window " + window;
            return despite.map(reason -> found + ": " + version + " is " + done + " all the same, " + reason)
                    .orElseThrow(() -> ReleaseException.refused(
                            found + ": nothing is " + done
                                    + " before it ends, unless somebody says why, for the line's record.",
                            Next.of(Next.Act.DESPITE_FREEZE)));
        });
    }

    /** Keeps the reason, before anything is done because of it; once a window. */
    void record(ReleaseConfig config) {
        if (despite.isEmpty()) {
            return;
        }
        window(config).ifPresent(window -> {
            LineDays days = new LineDays(workspace, config);
            LineRecord record = days.records().find(version);
            String subject = done + " in " + window;
            if (record.decision(LineRecord.Sort.FREEZE, subject).isEmpty()) {
                days.write(
                        record.with(days.decision(LineRecord.Sort.FREEZE, subject, despite.get())),
                        version + " is " + done + " in a freeze window");
            }
        });
    }

    private Optional<FreezeWindow> window(ReleaseConfig config) {
        LineDays days = new LineDays(workspace, config);
        return days.working().frozen(days.today());
    }
}
