package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.git.CommitInfo;
import io.jenkins.plugins.darwin.git.TagRef;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.notes.Account;
import io.jenkins.plugins.darwin.notes.ExtraNotes;
import io.jenkins.plugins.darwin.notes.NoteCommit;
import io.jenkins.plugins.darwin.notes.ReleaseNotes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** P4.1: release notes from the commits since the previous release. */
public final class Notes {
    private Notes() {}

    /**
     * Notes and what they are made of.
     *
     * @param account what became of each commit of the range
     */
    public record Draft(String text, Account account) {}

    /** Of the release branch, or of trunk while there is none. */
    public static Draft draft(Workspace workspace, Version version) {
        ReleaseLine line = ReleaseLine.of(workspace, version);
        return of(workspace, line.trunkConfig(), version, line.headOrTrunk());
    }

    static Draft of(Workspace workspace, ReleaseConfig config, Version version, CommitId until) {
        return of(workspace, config, version, workspace.previous(version), until);
    }

    /** @param previous the version that they start from */
    static Draft of(
            Workspace workspace, ReleaseConfig config, Version version, Optional<Version> previous, CommitId until) {
        ExtraNotes extra = workspace
                .git()
                .tree(until)
                .read(ExtraNotes.path(version))
                .map(bytes -> ExtraNotes.of(new String(bytes, StandardCharsets.UTF_8)))
                .orElse(ExtraNotes.NONE);
        ReleaseNotes notes = notes(workspace, version, previous, until, extra);
        return new Draft(notes.markdown(config.project(), version, previous), notes.account());
    }

    /** The commits since a version, sorted as for notes. */
    static ReleaseNotes since(Workspace workspace, Version version, Version previous, CommitId until) {
        return notes(workspace, version, Optional.of(previous), until, ExtraNotes.NONE);
    }

    private static ReleaseNotes notes(
            Workspace workspace, Version version, Optional<Version> previous, CommitId until, ExtraNotes extra) {
        Optional<CommitId> since = previous.flatMap(v -> workspace.tagged(v)).map(TagRef::commit);
        List<CommitInfo> log = workspace.git().log(since, until);
        List<NoteCommit> commits = log.stream()
                .map(c -> new NoteCommit(c.id(), c.parents(), c.message()))
                .toList();
        return ReleaseNotes.of(commits, new ReleaseNotes.Options(extra, released(workspace, version, log)));
    }

    /**
     * Commits of the range that an earlier release has had as a backport, over all lines: told by the origin lines of the
     * commits that lead to its tag.
     */
    private static Set<CommitId> released(Workspace workspace, Version version, List<CommitInfo> range) {
        Optional<Instant> oldest = range.stream().map(CommitInfo::committerTime).min(Comparator.naturalOrder());
        if (oldest.isEmpty()) {
            return Set.of();
        }
        List<CommitId> tags = workspace.versions().stream()
                .filter(v -> v.compareTo(version) < 0)
                .flatMap(v -> workspace.tagged(v).stream())
                .map(TagRef::commit)
                .toList();
        return workspace.git().pickedSince(tags, oldest.get());
    }
}
