package io.jenkins.plugins.darwin.jenkins.library;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.plugins.git.GitSCM;
import io.jenkins.plugins.darwin.jenkins.config.DarwinReleasesConfiguration;
import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.libs.GlobalLibraries;
import org.jenkinsci.plugins.workflow.libs.LibraryConfiguration;
import org.jenkinsci.plugins.workflow.libs.SCMSourceRetriever;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Where a pipeline gets {@code vars/} from: from the plugin by itself, when it asks, or from a repository. */
@WithJenkins
class LibraryTest {
    /** Enough to see whether the function is there. */
    private static final String CALL = "darwinRelease(nothing: 1)";

    private static final String THERE = "darwinRelease has no option 'nothing'";
    private static final String NOT_THERE = "No such DSL method 'darwinRelease'";

    @TempDir
    Path temp;

    @Test
    void implicitUnlessSwitchedOff(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        fails(jenkins, job, CALL, THERE);
        DarwinReleasesConfiguration.get().setImplicitLibrary(false);
        fails(jenkins, job, CALL, NOT_THERE);
        fails(jenkins, job, "@Library('darwin') _\n" + CALL, THERE);
        fails(jenkins, job, "library 'darwin'\n" + CALL, THERE);
        DarwinReleasesConfiguration.get().setImplicitLibrary(true);
        fails(jenkins, job, CALL, THERE);
    }

    /** It is nobody's code to trust: it runs in the sandbox, like the Jenkinsfile that calls it. */
    @Test
    void filesAreThoseOfThePluginAndStayWithTheBuild(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        WorkflowRun build = fails(jenkins, job, CALL, THERE);
        try (Stream<Path> files = Files.walk(build.getRootDir().toPath())) {
            Path kept = files.filter(f -> f.endsWith("vars/darwinRelease.groovy"))
                    .findFirst()
                    .orElseThrow();
            assertThat(kept).hasSameTextualContentAs(Path.of("vars/darwinRelease.groovy"));
        }
        jenkins.assertLogContains("Loading library darwin@", build);
    }

    @Test
    void ordinaryLibraryFromARepository(JenkinsRule jenkins) throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true; // the test's repository is a folder
        try {
            GitSCMSource source = new GitSCMSource(repository().toString());
            source.setTraits(List.of(new BranchDiscoveryTrait()));
            LibraryConfiguration ours = new LibraryConfiguration("darwin", new SCMSourceRetriever(source));
            ours.setDefaultVersion("main");
            LibraryConfiguration other = new LibraryConfiguration("releases", new SCMSourceRetriever(source));
            other.setDefaultVersion("main");
            GlobalLibraries.get().setLibraries(List.of(ours, other));
            DarwinReleasesConfiguration.get().setImplicitLibrary(false);
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
            jenkins.assertLogContains(
                    "Loading library releases@main", fails(jenkins, job, "@Library('releases') _\n" + CALL, THERE));
            WorkflowRun build = fails(jenkins, job, "@Library('darwin@main') _\n" + CALL, THERE);
            jenkins.assertLogContains("Loading library darwin@main", build);
            jenkins.assertLogContains(repository().toString(), build);
        } finally {
            GitSCM.ALLOW_LOCAL_CHECKOUT = false;
        }
    }

    private static WorkflowRun fails(JenkinsRule jenkins, WorkflowJob job, String script, String expected)
            throws Exception {
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, ReleaseSite.script(job, script));
        jenkins.assertLogContains(expected, build);
        return build;
    }

    /** This project's own {@code vars/}, committed. */
    private Path repository() throws IOException {
        Path repository = temp.resolve("library");
        if (!Files.exists(repository)) {
            Path vars = Files.createDirectories(repository.resolve("vars"));
            try (Stream<Path> files = Files.list(Path.of("vars"))) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.copy(file, vars.resolve(file.getFileName()));
                }
            }
            Tools.run(repository, "git", "init", "-q", "-b", "main");
            Tools.run(repository, "git", "add", ".");
            Tools.run(
                    repository,
                    "git",
                    "-c",
                    "user.name=Asha",
                    "-c",
                    "user.email=asha@example.org",
                    "-c",
                    "commit.gpgsign=false",
                    "commit",
                    "-q",
                    "-m",
                    "feat: the library");
        }
        return repository;
    }
}
