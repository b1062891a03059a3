package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;

/**
 * A tag.
 *
 * @param object what the ref holds: the tag object of an annotated tag, else the commit itself
 * @param commit the commit that the tag leads to
 * @param annotated whether there is a tag object, the only kind that can be signed
 */
public record TagRef(CommitId object, CommitId commit, boolean annotated) {}
