package org.jenkinsci.plugins.workflow.steps;

/** Signature only. */
public abstract class SynchronousNonBlockingStepExecution<T> extends StepExecution {
    protected SynchronousNonBlockingStepExecution(StepContext context) {}

    public final boolean start() throws Exception {
        throw new UnsupportedOperationException("signature only");
    }

    protected abstract T run() throws Exception;

    public void onResume() {
        throw new UnsupportedOperationException("signature only");
    }
}
