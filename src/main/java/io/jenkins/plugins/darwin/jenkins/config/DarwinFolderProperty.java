package io.jenkins.plugins.darwin.jenkins.config;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import hudson.Extension;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Defaults for the jobs in a folder. The nearest folder that sets a value wins. */
public final class DarwinFolderProperty extends AbstractFolderProperty<AbstractFolder<?>> {
    private final ReleaseDefaults defaults;

    @DataBoundConstructor
    public DarwinFolderProperty(ReleaseDefaults defaults) {
        this.defaults = defaults == null ? new ReleaseDefaults() : defaults;
    }

    public ReleaseDefaults getDefaults() {
        return defaults;
    }

    /** Offers the property on every folder; not there when cloudbees-folder isn't. */
    @Extension(optional = true)
    @Symbol("darwinReleases")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.DarwinReleasesConfiguration_DisplayName();
        }
    }
}
