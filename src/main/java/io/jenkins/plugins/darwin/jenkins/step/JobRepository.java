package io.jenkins.plugins.darwin.jenkins.step;

import hudson.Util;
import hudson.model.Run;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.scm.SCM;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.scm.api.SCMSource;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/**
 * The Git repository that a build belongs to: what it checked out, else where its Jenkinsfile or its branch comes from.
 *
 * @param credentialsId what the job uses for it, or null
 */
public record JobRepository(String url, String credentialsId) {
    public static Optional<JobRepository> of(Run<?, ?> run) {
        if (SCMSource.SourceByItem.findSource(run.getParent()) instanceof AbstractGitSCMSource source) {
            return Optional.of(new JobRepository(source.getRemote(), Util.fixEmptyAndTrim(source.getCredentialsId())));
        }
        List<SCM> scms = new ArrayList<>();
        if (run instanceof WorkflowRun pipeline) {
            scms.addAll(pipeline.getSCMs());
            WorkflowJob job = pipeline.getParent();
            if (job.getDefinition() != null) {
                scms.addAll(job.getDefinition().getSCMs());
            }
        }
        return scms.stream()
                .filter(GitSCM.class::isInstance)
                .map(GitSCM.class::cast)
                .flatMap(git -> git.getUserRemoteConfigs().stream().limit(1))
                .findFirst()
                .map(JobRepository::of);
    }

    private static JobRepository of(UserRemoteConfig remote) {
        return new JobRepository(remote.getUrl(), Util.fixEmptyAndTrim(remote.getCredentialsId()));
    }
}
