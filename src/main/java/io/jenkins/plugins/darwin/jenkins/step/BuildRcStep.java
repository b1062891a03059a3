package io.jenkins.plugins.darwin.jenkins.step;

import hudson.Extension;
import io.jenkins.plugins.darwin.jenkins.remote.ReleaseWork;
import io.jenkins.plugins.darwin.jenkins.run.StepKind;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code darwinBuildRc '1.3.0'}: the next release candidate, unsigned. */
public final class BuildRcStep extends ReleaseStep {
    @DataBoundConstructor
    public BuildRcStep(String version) {
        super(version);
    }

    @Override
    ReleaseWork work() {
        return ReleaseWork.BUILD_RC;
    }

    /** The step's name and form. */
    @Extension
    public static final class DescriptorImpl extends ReleaseStepDescriptor {
        public DescriptorImpl() {
            super(StepKind.BUILD_RC, ReleaseWork.BUILD_RC);
        }

        @Override
        public String getDisplayName() {
            return Messages.BuildRcStep_DisplayName();
        }
    }
}
