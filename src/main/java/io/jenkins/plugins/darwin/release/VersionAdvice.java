package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.model.VersionStep;
import io.jenkins.plugins.darwin.notes.ReleaseNotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The version that SemVer asks for after the commits since the last release, and whether one that people chose is enough. */
public final class VersionAdvice {
    private static final int MOST_REASONS = 5;
    /** SemVer's answer to "how should I deal with revisions in the 0.y.z initial development phase?". */
    private static final Version FIRST = new Version(0, 1, 0);

    private VersionAdvice() {}

    /**
     * What was found.
     *
     * @param last the release that the commits come after; empty when there is none
     * @param needed by the commits since
     * @param proposed the lowest version that is enough and free
     * @param reasons the changes that need it, in the words of the notes
     * @param why one sentence
     * @param fault what is wrong with the version that was asked about
     */
    public record Result(
            Optional<Version> last,
            VersionStep needed,
            Version proposed,
            List<String> reasons,
            String why,
            Optional<String> fault) {}

    /** Of trunk, after the highest version that is released. */
    public static Result next(Workspace workspace) {
        ReleaseConfig config = workspace.trunkConfig();
        Optional<Version> last = workspace.versions().stream().max(Version::compareTo);
        return of(workspace, last, workspace.trunk(config), Optional.empty());
    }

    /** Of the release branch of a version, or of trunk while there is none. */
    public static Result of(Workspace workspace, Version asked) {
        return of(
                workspace,
                workspace.previous(asked),
                ReleaseLine.of(workspace, asked).headOrTrunk(),
                Optional.of(asked));
    }

    /** @param until the last commit that counts */
    static Result of(Workspace workspace, Version asked, CommitId until) {
        return of(workspace, workspace.previous(asked), until, Optional.of(asked));
    }

    private static Result of(Workspace workspace, Optional<Version> last, CommitId until, Optional<Version> asked) {
        if (last.isEmpty()) {
            return new Result(
                    last,
                    VersionStep.NONE,
                    asked.orElse(FIRST),
                    List.of(),
                    "Nothing is released yet.",
                    Optional.empty());
        }
        Version from = last.get();
        ReleaseNotes notes = Notes.since(workspace, asked.orElse(VersionStep.MAJOR.from(from)), from, until);
        VersionStep needed = notes.step().of(from);
        List<String> reasons = notes.reasons(notes.step());
        Version proposed = free(workspace, needed.from(from), needed);
        String why = needed == VersionStep.NONE
                ? "Nothing that users see has changed since " + from + "."
                : "A " + needed.phrase() + " after " + from + ", for " + some(reasons) + ".";
        return new Result(
                last, needed, proposed, reasons, why, asked.flatMap(v -> fault(from, v, needed, reasons, proposed)));
    }

    private static Version free(Workspace workspace, Version wanted, VersionStep step) {
        List<Version> versions = workspace.versions();
        Version free = wanted;
        while (versions.contains(free)) {
            free = step.from(free);
        }
        return free;
    }

    private static Optional<String> fault(
            Version from, Version asked, VersionStep needed, List<String> reasons, Version proposed) {
        VersionStep step = VersionStep.between(from, asked);
        return step.compareTo(needed) >= 0
                ? Optional.empty()
                : Optional.of("By SemVer " + asked + " is too low: it is a " + step.phrase() + " after " + from
                        + ", and the commits since ask for a " + needed.phrase() + " (" + some(reasons) + "): expected "
                        + proposed + ".");
    }

    private static String some(List<String> reasons) {
        List<String> shown =
                new ArrayList<>(reasons.stream().limit(MOST_REASONS).toList());
        if (reasons.size() > MOST_REASONS) {
            shown.add((reasons.size() - MOST_REASONS) + " more");
        }
        return String.join("; ", shown);
    }

    /**
     * What a cut says about its version.
     *
     * @return a warning, when it is too low and the configuration warns
     * @throws ReleaseException refused, when it is too low and the configuration refuses that
     */
    static Optional<String> require(Workspace workspace, ReleaseConfig trunkConfig, Version asked, CommitId until) {
        Optional<String> fault = of(workspace, asked, until).fault();
        if (fault.isPresent() && trunkConfig.semver() == ReleaseConfig.Semver.REFUSE) {
            throw ReleaseException.refused(fault.get() + " ('semver: refuse' in darwin-release.yaml)");
        }
        return fault;
    }
}
