package org.jenkinsci.plugins.workflow.steps;

import java.io.Serializable;

/** Signature only. */
public abstract class StepExecution implements Serializable {
    protected StepExecution() {}

    public StepContext getContext() {
        throw new UnsupportedOperationException("signature only");
    }
}
