package io.jenkins.plugins.darwin.jenkins.step;

import hudson.Util;
import io.jenkins.plugins.darwin.jenkins.remote.ReleaseWork;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** What all steps are told. Arguments name credentials, and never hold a secret: they are stored and shown with the build. */
public abstract class ReleaseStep extends Step {
    private final String version;
    private String config;
    private String repository;
    private String gitCredentials;
    private String registryCredentials;
    private String signingKey;
    private boolean dryRun;

    ReleaseStep(String version) {
        this.version = Util.fixEmptyAndTrim(version);
    }

    abstract ReleaseWork work();

    @Override
    public final StepExecution start(StepContext context) {
        return new ReleaseExecution(context, this);
    }

    public final String getVersion() {
        return version;
    }

    public final String getConfig() {
        return config;
    }

    @DataBoundSetter
    public final void setConfig(String config) {
        this.config = Util.fixEmptyAndTrim(config);
    }

    public final String getRepository() {
        return repository;
    }

    @DataBoundSetter
    public final void setRepository(String repository) {
        this.repository = Util.fixEmptyAndTrim(repository);
    }

    public final String getGitCredentials() {
        return gitCredentials;
    }

    @DataBoundSetter
    public final void setGitCredentials(String gitCredentials) {
        this.gitCredentials = Util.fixEmptyAndTrim(gitCredentials);
    }

    public final String getRegistryCredentials() {
        return registryCredentials;
    }

    @DataBoundSetter
    public final void setRegistryCredentials(String registryCredentials) {
        this.registryCredentials = Util.fixEmptyAndTrim(registryCredentials);
    }

    public final String getSigningKey() {
        return signingKey;
    }

    @DataBoundSetter
    public final void setSigningKey(String signingKey) {
        this.signingKey = Util.fixEmptyAndTrim(signingKey);
    }

    /** The commit of trunk to cut from, or null for its head; only of the step that cuts. */
    String getFrom() {
        return null;
    }

    /** The name of a hotfix, or null; only of the step that cuts. */
    String getHotfix() {
        return null;
    }

    /** The candidate to promote, or null for the newest; only of the step that promotes. */
    String getCandidateName() {
        return null;
    }

    /** The number of the build whose record is signed, or 0 for this one's; only of the step that signs. */
    int getBuildNumber() {
        return 0;
    }

    public final boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public final void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }
}
