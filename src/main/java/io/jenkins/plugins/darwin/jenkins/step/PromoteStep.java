package io.jenkins.plugins.darwin.jenkins.step;

import hudson.Extension;
import io.jenkins.plugins.darwin.jenkins.remote.ReleaseWork;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code darwinPromote '1.3.0'}: public names for exactly what was voted on. */
public final class PromoteStep extends ReleaseStep {
    @DataBoundConstructor
    public PromoteStep(String version) {
        super(version);
    }

    @Override
    ReleaseWork work() {
        return ReleaseWork.PROMOTE;
    }

    /** The step's name and form. */
    @Extension
    public static final class DescriptorImpl extends ReleaseStepDescriptor {
        public DescriptorImpl() {
            super("darwinPromote");
        }

        @Override
        public String getDisplayName() {
            return Messages.PromoteStep_DisplayName();
        }
    }
}
