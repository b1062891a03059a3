package io.jenkins.plugins.darwin.jenkins.step;

import hudson.Extension;
import io.jenkins.plugins.darwin.jenkins.remote.ReleaseWork;
import io.jenkins.plugins.darwin.jenkins.run.StepKind;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code darwinSign '1.3.0'}: signatures for all files of the candidate, and its staging names. */
public final class SignStep extends ReleaseStep {
    private Integer build;

    @DataBoundConstructor
    public SignStep(String version) {
        super(version);
    }

    /** The number of a build of the same job, in which {@code darwinBuildRc} ran; null for this build. */
    public Integer getBuild() {
        return build;
    }

    @DataBoundSetter
    public void setBuild(Integer build) {
        this.build = build == null || build <= 0 ? null : build;
    }

    @Override
    int getBuildNumber() {
        return build == null ? 0 : build;
    }

    @Override
    ReleaseWork work() {
        return ReleaseWork.SIGN;
    }

    /** The step's name and form. */
    @Extension
    public static final class DescriptorImpl extends ReleaseStepDescriptor {
        public DescriptorImpl() {
            super(StepKind.SIGN, ReleaseWork.SIGN);
        }

        @Override
        public String getDisplayName() {
            return Messages.SignStep_DisplayName();
        }
    }
}
