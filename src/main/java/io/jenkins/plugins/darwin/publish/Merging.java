package io.jenkins.plugins.darwin.publish;

import io.jenkins.plugins.darwin.git.MergeResult;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;

/** What the released commit comes to in one state of trunk. Nothing is pushed here. */
public interface Merging {
    /** How it would come out. */
    MergeResult look();

    /** The commit to move trunk to, signed; only after {@link #look} found that it merges. */
    CommitId make(DetachedSigner signer);
}
