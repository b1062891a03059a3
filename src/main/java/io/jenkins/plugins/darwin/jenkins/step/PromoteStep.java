package io.jenkins.plugins.darwin.jenkins.step;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.darwin.jenkins.remote.ReleaseWork;
import io.jenkins.plugins.darwin.jenkins.run.StepKind;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code darwinPromote '1.3.0'}: public names for exactly what was voted on. */
public final class PromoteStep extends ReleaseStep {
    private String digest;

    @DataBoundConstructor
    public PromoteStep(String version) {
        super(version);
    }

    /** The digest that was voted on, or null for the newest candidate's. */
    public String getDigest() {
        return digest;
    }

    @DataBoundSetter
    public void setDigest(String digest) {
        this.digest = Util.fixEmptyAndTrim(digest);
    }

    @Override
    String getCandidateName() {
        return digest;
    }

    @Override
    ReleaseWork work() {
        return ReleaseWork.PROMOTE;
    }

    /** The step's name and form. */
    @Extension
    public static final class DescriptorImpl extends ReleaseStepDescriptor {
        public DescriptorImpl() {
            super(StepKind.PROMOTE, ReleaseWork.PROMOTE);
        }

        @Override
        public String getDisplayName() {
            return Messages.PromoteStep_DisplayName();
        }
    }
}
