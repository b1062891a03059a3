package jenkins.scm.api;

import hudson.model.AbstractDescribableImpl;
import hudson.model.Item;

/** Signature only. */
public abstract class SCMSource extends AbstractDescribableImpl<SCMSource> {
    protected SCMSource() {}

    /** Signature only. */
    public abstract static class SourceByItem {
        public static SCMSource findSource(Item item) {
            throw new UnsupportedOperationException("signature only");
        }
    }
}
