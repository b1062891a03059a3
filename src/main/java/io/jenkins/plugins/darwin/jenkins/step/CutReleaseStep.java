package io.jenkins.plugins.darwin.jenkins.step;

import hudson.Extension;
import io.jenkins.plugins.darwin.jenkins.remote.ReleaseWork;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code darwinCutRelease '1.3.0'}: the release branch, with the version in its files. */
public final class CutReleaseStep extends ReleaseStep {
    @DataBoundConstructor
    public CutReleaseStep(String version) {
        super(version);
    }

    @Override
    ReleaseWork work() {
        return ReleaseWork.CUT;
    }

    /** The step's name and form. */
    @Extension
    public static final class DescriptorImpl extends ReleaseStepDescriptor {
        public DescriptorImpl() {
            super("darwinCutRelease");
        }

        @Override
        public String getDisplayName() {
            return Messages.CutReleaseStep_DisplayName();
        }
    }
}
