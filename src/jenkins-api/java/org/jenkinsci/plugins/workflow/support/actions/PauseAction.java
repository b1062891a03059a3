package org.jenkinsci.plugins.workflow.support.actions;

import hudson.model.InvisibleAction;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

/** Signature only. */
public class PauseAction extends InvisibleAction {
    public PauseAction(String cause) {}

    public static PauseAction getCurrentPause(FlowNode node) {
        throw new UnsupportedOperationException("signature only");
    }

    public static void endCurrentPause(FlowNode node) throws IOException {
        throw new UnsupportedOperationException("signature only");
    }
}
