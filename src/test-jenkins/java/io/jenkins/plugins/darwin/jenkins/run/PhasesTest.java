package io.jenkins.plugins.darwin.jenkins.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import io.jenkins.plugins.darwin.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class PhasesTest {
    private static final int BRANCHES = 4;
    private static final int STEPS = 100;

    /** Parallel branches each add phases and store the build, which has those of the others in it. */
    @Test
    void areStoredWhileOthersAddTheirs(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = jenkins.buildAndAssertSuccess(ReleaseSite.job(jenkins, "parallel", "echo 'nothing'"));
        ReleaseAction page = ReleaseAction.of(build);
        ExecutorService branches = Executors.newFixedThreadPool(BRANCHES);
        List<Callable<Void>> work = new ArrayList<>();
        for (int branch = 0; branch < BRANCHES; branch++) {
            Version version = Version.parse("1." + branch + ".0");
            work.add(() -> {
                for (int step = 0; step < STEPS; step++) {
                    page.started("darwinSign", version, false);
                    page.ended("darwinSign", version, null);
                }
                return null;
            });
        }
        for (Future<Void> branch : branches.invokeAll(work)) {
            branch.get();
        }
        branches.shutdown();
        assertThat(page.getPhases())
                .hasSize(BRANCHES * STEPS)
                .allMatch(phase -> phase.getState() == Phase.State.STOPPED);
        build.reload();
        assertThat(build.getAction(ReleaseAction.class).getPhases()).hasSize(BRANCHES * STEPS);
    }
}
