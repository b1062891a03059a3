package hudson.model;

import hudson.security.AccessControlled;

/** Signature only. */
public abstract class Node extends AbstractModelObject implements ReconfigurableDescribable<Node>, AccessControlled, PersistenceRoot {
    public Node() {}
}
