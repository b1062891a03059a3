package jenkins.plugins.git;

import jenkins.scm.api.SCMSource;

/** Signature only. */
public abstract class AbstractGitSCMSource extends SCMSource {
    public abstract String getCredentialsId();

    public abstract String getRemote();
}
