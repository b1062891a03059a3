package io.jenkins.plugins.darwin.jenkins.step;

import hudson.Extension;
import io.jenkins.plugins.darwin.jenkins.remote.ReleaseWork;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code darwinSign '1.3.0'}: signatures for all files of the candidate, and its staging names. */
public final class SignStep extends ReleaseStep {
    @DataBoundConstructor
    public SignStep(String version) {
        super(version);
    }

    @Override
    ReleaseWork work() {
        return ReleaseWork.SIGN;
    }

    /** The step's name and form. */
    @Extension
    public static final class DescriptorImpl extends ReleaseStepDescriptor {
        public DescriptorImpl() {
            super("darwinSign");
        }

        @Override
        public String getDisplayName() {
            return Messages.SignStep_DisplayName();
        }
    }
}
