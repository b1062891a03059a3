package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.git.TagRef;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.UseCase;

/** The branch of a hotfix, from the latest release of its line; candidates, vote and promotion go on from it as always. */
public final class Hotfix implements UseCase<CutRelease.Result> {
    private final Workspace workspace;
    private final Version version;
    private final String slug;
    private final boolean noBump;

    public Hotfix(Workspace workspace, Version version, String slug) {
        this(workspace, version, slug, false);
    }

    /** @param noBump whether to go on when no file carries the version */
    public Hotfix(Workspace workspace, Version version, String slug, boolean noBump) {
        this.workspace = workspace;
        this.version = version;
        this.slug = slug;
        this.noBump = noBump;
    }

    @Override
    public Planned<CutRelease.Result> plan() {
        String branch = version.hotfixBranch(slug);
        workspace.trunk(workspace.trunkConfig());
        BranchCut.requireNew(workspace, version);
        Version base = workspace.versions().stream()
                .filter(version::sameLine)
                .max(Version::compareTo)
                .orElseThrow(
                        () -> ReleaseException.refused("There is no release to fix: expected a tag v" + version.major()
                                + "." + version.minor() + ".x, found none. A new line begins with 'darwin cut'."));
        CommitId start = workspace.git().tag(base.tag()).map(TagRef::commit).orElseThrow();
        return new BranchCut(workspace, version, branch, noBump).plan(start, start);
    }
}
