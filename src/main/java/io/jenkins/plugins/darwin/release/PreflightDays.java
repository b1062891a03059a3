package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.PublicKeys;
import io.jenkins.plugins.darwin.schedule.LineRecord;
import io.jenkins.plugins.darwin.schedule.WorkingDays;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/** The part of a preflight that is about time and this machine: calendar, the key on the planned day, disk, clock. */
final class PreflightDays {
    /** A candidate of a few small images needs less; less than that is trouble for the build itself. */
    private static final long LEAST_SPACE = 1L << 30;
    /** Clocks of people differ; a machine that is further behind makes signatures from the past. */
    private static final Duration MOST_BEHIND = Duration.ofMinutes(5);

    private final Workspace workspace;
    private final Version version;
    private final ReleaseConfig config;

    PreflightDays(Workspace workspace, Version version, ReleaseConfig config) {
        this.workspace = workspace;
        this.version = version;
        this.config = config;
    }

    /** @throws ReleaseException refused, in a freeze window; usage, when a calendar can't be read */
    String calendar() {
        LineDays days = new LineDays(workspace, config);
        WorkingDays working = days.working();
        LocalDate today = days.today();
        working.frozen(today).ifPresent(window -> {
            throw ReleaseException.refused("Today, " + today + ", is in the freeze window " + window
                    + ": nothing is cut or promoted before it ends.");
        });
        Optional<LocalDate> target = target();
        target.flatMap(working::closed).ifPresent(why -> {
            throw ReleaseException.refused("The planned day " + target.get() + " is " + why
                    + " meanwhile: expected a working day outside of freeze windows.");
        });
        return target.map(t -> "no freeze window today, nor on " + t).orElse("no freeze window today");
    }

    /** @throws ReleaseException refused, when the key is over on the planned day */
    Optional<String> keyOnPlannedDay(PublicKeys keys, String fingerprint) {
        return target().map(day -> {
            Instant end = day.plusDays(1)
                    .atStartOfDay(config.process().schedule().zone())
                    .toInstant();
            try {
                new KeyLife(keys, end, 0).requireGood(fingerprint);
            } catch (ReleaseException e) {
                throw ReleaseException.refused("On the planned day, " + day + ", it is over: " + e.getMessage(), e);
            }
            return "usable on " + day + " too";
        });
    }

    private Optional<LocalDate> target() {
        LineRecord record = new LineDays(workspace, config).records().find(version);
        return record.target();
    }

    /** @throws ReleaseException refused, when there is too little room for a candidate */
    String disk(Path folder) {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        // Not by its file store, which can't be found in a chroot.
        long free = there.toFile().getUsableSpace();
        if (free < LEAST_SPACE) {
            throw ReleaseException.refused("There is too little room for a candidate: expected 1 GiB, found "
                    + free / (1 << 20) + " MiB. Free some, or build elsewhere.");
        }
        return String.format(Locale.ROOT, "%d GiB free", free >> 30);
    }

    /** @throws ReleaseException refused, when this machine lives in trunk's past */
    String clock(CommitId trunk) {
        Instant now = workspace.clock().instant();
        Instant last = workspace.git().info(trunk).committerTime();
        if (last.isAfter(now.plus(MOST_BEHIND))) {
            throw ReleaseException.refused("This machine's clock says " + now + ", and trunk's last commit was made at "
                    + last + ": one of the two is wrong. Set the clock; signatures carry its time.");
        }
        return "not behind trunk's last commit";
    }
}
