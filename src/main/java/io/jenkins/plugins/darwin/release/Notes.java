package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.git.TagRef;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.notes.NoteCommit;
import io.jenkins.plugins.darwin.notes.ReleaseNotes;
import java.util.List;
import java.util.Optional;

/** P4.1: release notes from the commits since the previous release. */
public final class Notes {
    private Notes() {}

    /** Of the release branch, or of trunk while there is none. */
    public static String draft(Workspace workspace, Version version) {
        ReleaseConfig config = workspace.trunkConfig();
        CommitId until =
                workspace.findLineBranch(version).map(workspace::head).orElseGet(() -> workspace.trunk(config));
        return of(workspace, config, version, until);
    }

    static String of(Workspace workspace, ReleaseConfig config, Version version, CommitId until) {
        Optional<Version> previous = workspace.previous(version);
        Optional<CommitId> since =
                previous.flatMap(v -> workspace.git().tag(v.tag())).map(TagRef::commit);
        List<NoteCommit> commits = workspace.git().log(since, until).stream()
                .map(c -> new NoteCommit(c.id(), c.parents().size(), c.message()))
                .toList();
        return ReleaseNotes.render(config.project(), version, previous, commits, ReleaseNotes.Options.none());
    }
}
