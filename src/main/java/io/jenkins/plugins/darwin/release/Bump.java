package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.edit.EditPlan;
import io.jenkins.plugins.darwin.edit.VersionEdits;
import io.jenkins.plugins.darwin.git.GitEntry;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.Version;
import java.util.Map;

/** The commit that puts a release's version into its files (P2.2). */
final class Bump {
    private Bump() {}

    /** Always of the first candidate: later ones change no file. */
    static String message(Version version) {
        return "chore: bump version to " + version + "-RC1";
    }

    /** What the version files at a commit still lack. */
    static EditPlan edits(Workspace workspace, CommitId commit, ReleaseConfig config, Version version) {
        GitTree tree = workspace.git().tree(commit);
        return VersionEdits.plan(config.versionFiles(), tree.list().stream().map(GitEntry::path).toList(),
                path -> tree.read(path).orElseThrow(),
                Map.of("version", version.toString(), "registry.release", config.registry().release(),
                        "registry.staging", config.registry().staging()));
    }
}
