package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.git.CommitForm;
import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.git.MergeResult;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.publish.Merging;

/**
 * What a released commit comes to in trunk: a merge as git makes it, in which the version's places never conflict. Nothing
 * is pushed here.
 */
final class MergeBack implements Merging {
    private final Workspace workspace;
    private final ReleaseConfig config;
    private final CommitId trunk;
    private final CommitId commit;
    private final String branch;
    private final Commits commits;

    /**
     * @param config trunk's
     * @param trunk trunk's head
     * @param commit the released one
     * @param branch that it was released from, for the message
     */
    MergeBack(
            Workspace workspace,
            ReleaseConfig config,
            Version version,
            CommitId trunk,
            CommitId commit,
            String branch) {
        this.workspace = workspace;
        this.config = config;
        this.trunk = trunk;
        this.commit = commit;
        this.branch = branch;
        this.commits = new Commits(workspace, config, version);
    }

    /** How it would come out; a merge that is made for it is signed by nobody and stays unseen. */
    @Override
    public MergeResult look() {
        return merge(commits.draft());
    }

    /** The commit to move trunk to, signed as the rules say; only after {@link #look} found that it merges. */
    @Override
    public CommitId make(DetachedSigner signer) {
        MergeResult result = merge(commits.on(config.trunk(), signer));
        return result instanceof MergeResult.Merged merged
                ? merged.commit()
                : ((MergeResult.FastForward) result).commit();
    }

    private MergeResult merge(CommitForm form) {
        GitMirror git = workspace.git();
        String message = config.git().subject("Merge " + branch + " into " + config.trunk()) + "\n";
        VersionPlaces places = VersionPlaces.of(workspace, trunk, commit);
        MergeResult result = git.merge(trunk, commit, places.settled(), form, message);
        if (!(result instanceof MergeResult.Conflict)) {
            return result;
        }
        // A file that trunk moved or took away: what only the bump changed there must not stop the rest.
        return places.withoutBump()
                .map(undone -> git.merge(trunk, commit, undone, form, message))
                .filter(again -> !(again instanceof MergeResult.Conflict))
                .orElse(result);
    }
}
