package org.jenkinsci.plugins.workflow.job;

import hudson.model.Run;
import hudson.scm.SCM;
import java.util.List;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;

/** Signature only. */
public final class WorkflowRun extends Run<WorkflowJob, WorkflowRun> implements FlowExecutionOwner.Executable {
    private WorkflowRun() throws Exception {
        super(null);
    }

    public List<SCM> getSCMs() {
        throw new UnsupportedOperationException("signature only");
    }
}
