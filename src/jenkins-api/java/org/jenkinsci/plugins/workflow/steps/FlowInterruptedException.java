package org.jenkinsci.plugins.workflow.steps;

import java.util.List;
import jenkins.model.CauseOfInterruption;

/** Signature only. */
public final class FlowInterruptedException extends InterruptedException {
    private FlowInterruptedException() {}

    public List<CauseOfInterruption> getCauses() {
        throw new UnsupportedOperationException("signature only");
    }
}
