package hudson.model;

import hudson.FilePath;
import hudson.security.AccessControlled;

/** Signature only. */
public abstract class Node extends AbstractModelObject
        implements ReconfigurableDescribable<Node>, AccessControlled, PersistenceRoot {
    public Node() {}

    public String getDisplayName() {
        throw new UnsupportedOperationException("signature only");
    }

    public abstract FilePath getRootPath();
}
