package io.jenkins.plugins.darwin.jenkins.config;

import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.util.FormValidation;
import java.io.IOException;
import java.io.UncheckedIOException;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** "Darwin releases" on the system configuration page, {@code unclassified: darwinReleases:} in Configuration as Code. */
@Extension
@Symbol("darwinReleases")
public final class DarwinReleasesConfiguration extends GlobalConfiguration {
    private boolean implicitLibrary = true;
    private ReleaseDefaults defaults = new ReleaseDefaults();
    private String certificates;
    private String webhookHosts;

    public DarwinReleasesConfiguration() {
        load();
    }

    public static DarwinReleasesConfiguration get() {
        return ExtensionList.lookupSingleton(DarwinReleasesConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.DarwinReleasesConfiguration_DisplayName();
    }

    /** Whether pipelines have {@code darwinRelease} and its like without asking for {@code @Library('darwin')}. */
    public boolean isImplicitLibrary() {
        return implicitLibrary;
    }

    @DataBoundSetter
    public void setImplicitLibrary(boolean implicitLibrary) {
        this.implicitLibrary = implicitLibrary;
        save();
    }

    public ReleaseDefaults getDefaults() {
        return defaults;
    }

    @DataBoundSetter
    public void setDefaults(ReleaseDefaults defaults) {
        this.defaults = defaults == null ? new ReleaseDefaults() : defaults;
        save();
    }

    /** PEM of certificate authorities that count beside the JVM's own, for registries and Git; or null. */
    public String getCertificates() {
        return certificates;
    }

    @DataBoundSetter
    public void setCertificates(String certificates) {
        this.certificates = Util.fixEmptyAndTrim(certificates);
        save();
    }

    /** Hosts that votes may send webhooks to, with commas, {@code *.example.org} for all below one; or null for every host. */
    public String getWebhookHosts() {
        return webhookHosts;
    }

    @DataBoundSetter
    public void setWebhookHosts(String webhookHosts) {
        this.webhookHosts = Util.fixEmptyAndTrim(webhookHosts);
        save();
    }

    /** The same, read. */
    public AllowedHosts webhooks() {
        return AllowedHosts.parse(webhookHosts);
    }

    /** Says which entry can't be a host, to whoever may set them. */
    @POST
    public FormValidation doCheckWebhookHosts(@QueryParameter String value) {
        String malformed = AllowedHosts.parse(value).malformed();
        return malformed == null || !Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                ? FormValidation.ok()
                : FormValidation.error(Messages.DarwinReleasesConfiguration_NoHost(malformed));
    }

    /** Takes the form; written once, not once a field. */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        try (BulkChange change = new BulkChange(this)) {
            request.bindJSON(this, form);
            change.commit();
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
