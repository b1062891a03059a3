package io.jenkins.plugins.darwin.jenkins.step;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.darwin.jenkins.remote.ReleaseWork;
import io.jenkins.plugins.darwin.jenkins.run.StepKind;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code darwinCutRelease '1.3.0'}: the release branch, with the version in its files; or that of a hotfix. */
public final class CutReleaseStep extends ReleaseStep {
    private String from;
    private String hotfix;

    @DataBoundConstructor
    public CutReleaseStep(String version) {
        super(version);
    }

    @Override
    ReleaseWork work() {
        return hotfix == null ? ReleaseWork.CUT : ReleaseWork.HOTFIX;
    }

    @Override
    public String getFrom() {
        return from;
    }

    @DataBoundSetter
    public void setFrom(String from) {
        this.from = Util.fixEmptyAndTrim(from);
    }

    @Override
    public String getHotfix() {
        return hotfix;
    }

    @DataBoundSetter
    public void setHotfix(String hotfix) {
        this.hotfix = Util.fixEmptyAndTrim(hotfix);
    }

    /** The step's name and form. */
    @Extension
    public static final class DescriptorImpl extends ReleaseStepDescriptor {
        public DescriptorImpl() {
            super(StepKind.CUT, ReleaseWork.CUT);
        }

        @Override
        public String getDisplayName() {
            return Messages.CutReleaseStep_DisplayName();
        }
    }
}
