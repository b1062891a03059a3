package org.jenkinsci.plugins.workflow.steps;

import java.io.Serializable;

/** Signature only. */
public abstract class StepExecution implements Serializable {
    protected StepExecution() {}

    public StepContext getContext() {
        throw new UnsupportedOperationException("signature only");
    }

    public abstract boolean start() throws Exception;

    public void onResume() {
        throw new UnsupportedOperationException("signature only");
    }

    public void stop(Throwable cause) throws Exception {
        throw new UnsupportedOperationException("signature only");
    }

    public String getStatus() {
        throw new UnsupportedOperationException("signature only");
    }
}
