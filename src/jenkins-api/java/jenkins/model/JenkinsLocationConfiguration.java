package jenkins.model;

import hudson.model.PersistentDescriptor;

/** Signature only. */
public class JenkinsLocationConfiguration extends GlobalConfiguration implements PersistentDescriptor {
    public static JenkinsLocationConfiguration get() {
        throw new UnsupportedOperationException("signature only");
    }

    public String getAdminAddress() {
        throw new UnsupportedOperationException("signature only");
    }
}
