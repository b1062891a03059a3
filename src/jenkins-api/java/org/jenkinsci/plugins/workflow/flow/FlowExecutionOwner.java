package org.jenkinsci.plugins.workflow.flow;

import hudson.model.Queue;
import java.io.Serializable;

/** Signature only. */
public abstract class FlowExecutionOwner implements Serializable {
    /** Signature only. */
    public interface Executable extends Queue.Executable {}
}
