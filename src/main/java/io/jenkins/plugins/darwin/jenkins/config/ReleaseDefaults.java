package io.jenkins.plugins.darwin.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.darwin.jenkins.credentials.CredentialsFields;
import io.jenkins.plugins.darwin.jenkins.credentials.CredentialsLists;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What a step uses for the arguments that its call leaves out; every one is optional. Holds IDs of credentials, never secrets. */
public final class ReleaseDefaults extends AbstractDescribableImpl<ReleaseDefaults> {
    private String repository;
    private String config;
    private String gitCredentials;
    private String registryCredentials;
    private String signingKey;
    private Integer quorum;
    private Integer hours;

    @DataBoundConstructor
    public ReleaseDefaults() {
        // everything has a setter
    }

    /** URL of the Git repository to release, or null for the job's own. */
    public String getRepository() {
        return repository;
    }

    @DataBoundSetter
    public void setRepository(String repository) {
        this.repository = Util.fixEmptyAndTrim(repository);
    }

    /** Path of the release's configuration inside that repository, or null for {@code darwin-release.yaml}. */
    public String getConfig() {
        return config;
    }

    @DataBoundSetter
    public void setConfig(String config) {
        this.config = Util.fixEmptyAndTrim(config);
    }

    public String getGitCredentials() {
        return gitCredentials;
    }

    @DataBoundSetter
    public void setGitCredentials(String gitCredentials) {
        this.gitCredentials = Util.fixEmptyAndTrim(gitCredentials);
    }

    public String getRegistryCredentials() {
        return registryCredentials;
    }

    @DataBoundSetter
    public void setRegistryCredentials(String registryCredentials) {
        this.registryCredentials = Util.fixEmptyAndTrim(registryCredentials);
    }

    public String getSigningKey() {
        return signingKey;
    }

    @DataBoundSetter
    public void setSigningKey(String signingKey) {
        this.signingKey = Util.fixEmptyAndTrim(signingKey);
    }

    /** Binding +1s that a vote needs, or null for what the repository's configuration says. */
    public Integer getQuorum() {
        return quorum;
    }

    @DataBoundSetter
    public void setQuorum(Integer quorum) {
        this.quorum = quorum;
    }

    /** Hours from a vote's opening to its deadline, or null for what the repository's configuration says. */
    public Integer getHours() {
        return hours;
    }

    @DataBoundSetter
    public void setHours(Integer hours) {
        this.hours = hours;
    }

    /** The form's drop-downs and checks. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<ReleaseDefaults> implements CredentialsFields {
        @Override
        public String getDisplayName() {
            return Messages.ReleaseDefaults_DisplayName();
        }

        @POST
        public FormValidation doCheckQuorum(@AncestorInPath Item item, @QueryParameter String value) {
            return positive(item, value);
        }

        @POST
        public FormValidation doCheckHours(@AncestorInPath Item item, @QueryParameter String value) {
            return positive(item, value);
        }

        private static FormValidation positive(Item item, String value) {
            return !CredentialsLists.mayConfigure(item) || Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.ok()
                    : FormValidation.validatePositiveInteger(value.trim());
        }
    }
}
