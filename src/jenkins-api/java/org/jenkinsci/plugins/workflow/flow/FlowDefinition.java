package org.jenkinsci.plugins.workflow.flow;

import hudson.model.AbstractDescribableImpl;
import hudson.scm.SCM;
import java.util.Collection;

/** Signature only. */
public abstract class FlowDefinition extends AbstractDescribableImpl<FlowDefinition> {
    public Collection<? extends SCM> getSCMs() {
        throw new UnsupportedOperationException("signature only");
    }
}
