package org.jenkinsci.plugins.workflow.steps;

/** Signature only. */
public abstract class AbstractStepExecutionImpl extends StepExecution {
    protected AbstractStepExecutionImpl(StepContext context) {}

    public void onResume() {
        throw new UnsupportedOperationException("signature only");
    }
}
