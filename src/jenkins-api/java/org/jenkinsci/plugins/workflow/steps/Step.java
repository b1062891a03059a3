package org.jenkinsci.plugins.workflow.steps;

import hudson.model.AbstractDescribableImpl;

/** Signature only. */
public abstract class Step extends AbstractDescribableImpl<Step> {
    public Step() {}

    public StepDescriptor getDescriptor() {
        throw new UnsupportedOperationException("signature only");
    }

    public abstract StepExecution start(StepContext context) throws Exception;
}
