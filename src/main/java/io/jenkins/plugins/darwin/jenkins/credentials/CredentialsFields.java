package io.jenkins.plugins.darwin.jenkins.credentials;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Drop-downs and checks of the fields {@code gitCredentials}, {@code registryCredentials} and {@code signingKey}, for every
 * descriptor whose form has them. {@link CredentialsLists} says who is told what.
 */
public interface CredentialsFields {
    @POST
    default ListBoxModel doFillGitCredentialsItems(@AncestorInPath Item item, @QueryParameter String gitCredentials) {
        return CredentialsLists.items(item, CredentialsKind.GIT, gitCredentials);
    }

    @POST
    default ListBoxModel doFillRegistryCredentialsItems(
            @AncestorInPath Item item, @QueryParameter String registryCredentials) {
        return CredentialsLists.items(item, CredentialsKind.REGISTRY, registryCredentials);
    }

    @POST
    default ListBoxModel doFillSigningKeyItems(@AncestorInPath Item item, @QueryParameter String signingKey) {
        return CredentialsLists.items(item, CredentialsKind.SIGNING, signingKey);
    }

    @POST
    default FormValidation doCheckGitCredentials(@AncestorInPath Item item, @QueryParameter String value) {
        return CredentialsLists.check(item, CredentialsKind.GIT, value);
    }

    @POST
    default FormValidation doCheckRegistryCredentials(@AncestorInPath Item item, @QueryParameter String value) {
        return CredentialsLists.check(item, CredentialsKind.REGISTRY, value);
    }

    @POST
    default FormValidation doCheckSigningKey(@AncestorInPath Item item, @QueryParameter String value) {
        return CredentialsLists.check(item, CredentialsKind.SIGNING, value);
    }
}
