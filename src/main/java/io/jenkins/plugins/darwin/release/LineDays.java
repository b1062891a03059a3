package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.ScheduleRules;
import io.jenkins.plugins.darwin.model.ScheduleRules.FreezeWindow;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.schedule.IcsReader;
import io.jenkins.plugins.darwin.schedule.LineRecord;
import io.jenkins.plugins.darwin.schedule.LineRecord.Decision;
import io.jenkins.plugins.darwin.schedule.LineRecords;
import io.jenkins.plugins.darwin.schedule.WorkingDays;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Trunk's calendar, today, and the records of lines that a release manager keeps. */
final class LineDays {
    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 1000;

    private final Workspace workspace;
    private final ReleaseConfig config;
    private final ScheduleRules rules;
    private final List<String> warnings = new ArrayList<>();

    /** @param config trunk's */
    LineDays(Workspace workspace, ReleaseConfig config) {
        this.workspace = workspace;
        this.config = config;
        this.rules = config.process().schedule();
    }

    ScheduleRules rules() {
        return rules;
    }

    LocalDate today() {
        return LocalDate.ofInstant(workspace.clock().instant(), rules.zone());
    }

    /** @throws ReleaseException usage, when a calendar that trunk names is not there or can't be read */
    WorkingDays working() {
        List<FreezeWindow> windows = new ArrayList<>(rules.freeze());
        if (!rules.freezeFiles().isEmpty()) {
            CommitId trunk = workspace.trunk(config);
            for (String file : rules.freezeFiles()) {
                byte[] bytes = workspace
                        .git()
                        .tree(trunk)
                        .read(file)
                        .orElseThrow(() -> ReleaseException.usage("The calendar " + file
                                + " that freezeFiles names is not on " + config.trunk()
                                + ": expected a file of the repository; commit it, or take its name out."));
                windows.addAll(IcsReader.read(file, bytes, rules.zone()));
            }
        }
        return new WorkingDays(rules, windows);
    }

    LineRecords records() {
        return new LineRecords(workspace.git(), warnings::add);
    }

    /** What was found among the records that is none. */
    List<String> warnings() {
        return warnings;
    }

    /** Keeps a record; observe again when somebody else was faster. */
    void write(LineRecord record, String message) {
        Commits making = new Commits(workspace, config, record.version());
        Pushes.require(records().write(record, making.on(LineRecords.REF), message), workspace);
    }

    Decision decision(LineRecord.Sort sort, String subject, String reason) {
        return new Decision(
                sort,
                subject,
                reason,
                config.author().email(),
                workspace.clock().instant());
    }

    /** @throws ReleaseException usage, when it is too short or too long to be one, or more than a line */
    static String requireReason(String what, String reason) {
        String text = reason.strip();
        if (text.length() < SHORTEST_REASON
                || text.length() > LONGEST_REASON
                || text.codePoints().anyMatch(Character::isISOControl)) {
            throw ReleaseException.usage("Not a reason " + what + ": expected " + SHORTEST_REASON + " to "
                    + LONGEST_REASON + " characters on one line, found " + text.length() + ".");
        }
        return text;
    }

    static ReleaseException released(Workspace workspace, Version version) {
        return ReleaseException.refused("Version " + version + " is already released: tag " + workspace.tagName(version)
                + " exists. Its line has no more dates.");
    }
}
