package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.config.ConfigReader;
import io.jenkins.plugins.darwin.git.TagRef;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.UseCase;
import java.util.ArrayList;
import java.util.List;

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
        ReleaseConfig trunkConfig = workspace.trunkConfig();
        workspace.trunk(trunkConfig);
        BranchCut.requireNew(workspace, version);
        Version base = workspace.versions().stream()
                .filter(version::sameLine)
                .max(Version::compareTo)
                .orElseThrow(() -> ReleaseException.refused(
                        "There is no release to fix: expected a tag such as "
                                + workspace.names().tag(new Version(version.major(), version.minor(), 0))
                                + ", found none. A new line begins with a cut.",
                        Next.of(Next.Act.CUT, new Version(version.major(), version.minor(), 0))));
        CommitId start = workspace.tagged(base).map(TagRef::commit).orElseThrow();
        Planned<CutRelease.Result> cut =
                new BranchCut(workspace, trunkConfig, version, branch, noBump).plan(start, start);
        if (workspace.hasOwnConfig(start) || !workspace.hasConfig(trunkConfig)) {
            return cut;
        }
        List<String> warnings = new ArrayList<>(cut.warnings());
        warnings.add("Tag " + workspace.tagName(base) + " is from before " + ConfigReader.FILE_NAME + ": that of "
                + trunkConfig.trunk() + " is taken for " + branch + ".");
        return new Planned<>(cut.plan(), warnings, cut.result());
    }
}
