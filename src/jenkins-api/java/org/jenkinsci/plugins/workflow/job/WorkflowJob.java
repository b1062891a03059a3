package org.jenkinsci.plugins.workflow.job;

import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.TopLevelItem;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.plugins.workflow.flow.FlowDefinition;

/** Signature only. */
public final class WorkflowJob extends Job<WorkflowJob, WorkflowRun>
        implements ParameterizedJobMixIn.ParameterizedJob<WorkflowJob, WorkflowRun>, TopLevelItem, Queue.FlyweightTask {
    private WorkflowJob() {
        super(null, null);
    }

    public FlowDefinition getDefinition() {
        throw new UnsupportedOperationException("signature only");
    }
}
