package io.jenkins.plugins.darwin.jenkins.vote;

import hudson.plugins.git.GitSCM;
import io.jenkins.plugins.darwin.git.GitRemote;
import io.jenkins.plugins.darwin.jenkins.config.DarwinReleasesConfiguration;
import io.jenkins.plugins.darwin.model.ReleaseException;

/**
 * A vote reads repository and registry on the controller, so that whoever writes a pipeline must not get at what is the
 * controller's own: the folders of its disk, which hold other people's repositories (as in the git plugin, whose switch for
 * that goes here, too), and the SSH keys of the user that it runs as.
 */
final class ControllersOwn {
    private static final String LAYOUT = "oci-layout:";
    private static final String HOW = " An administrator can allow that with the system property"
            + " hudson.plugins.git.GitSCM.ALLOW_LOCAL_CHECKOUT=true.";

    private ControllersOwn() {}

    /** @throws ReleaseException refused, for a repository that needs it and that no administrator named */
    static GitRemote permitted(GitRemote remote) {
        if (GitSCM.ALLOW_LOCAL_CHECKOUT
                || remote.url()
                        .equals(DarwinReleasesConfiguration.get().getDefaults().getRepository())) {
            return remote;
        }
        if (remote.usesOwnSsh()) {
            throw ReleaseException.usage(
                    "A vote reads the repository on the controller, whose own SSH keys are not for pipelines: expected"
                            + " 'gitCredentials' with an SSH key for " + remote.url() + ", found none.");
        }
        if (remote.isLocal()) {
            throw ReleaseException.refused(
                    "A vote reads the repository on the controller, where a pipeline may name no folder: expected an"
                            + " address of a server, found " + remote.url() + "." + HOW);
        }
        return remote;
    }

    /**
     * @param location of a registry
     * @throws ReleaseException refused, for a folder
     */
    static void permitted(String location) {
        if (location.startsWith(LAYOUT) && !GitSCM.ALLOW_LOCAL_CHECKOUT) {
            throw ReleaseException.refused(
                    "A vote reads the candidate on the controller, where staging may be no folder: expected a registry"
                            + " server, found " + location + "." + HOW);
        }
    }
}
