package io.jenkins.plugins.darwin.jenkins.remote;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.slaves.DumbSlave;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.darwin.jenkins.site.OwnProcess;
import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SimpleCommandLauncher;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The signing key stays on the controller. The agent here is a JVM of its own, and a copy of all that it is sent is kept. */
@WithJenkins
class SplitSigningTest {
    @TempDir
    Path temp;

    @Test
    void agentNeverGetsTheKey(JenkinsRule jenkins) throws Exception {
        try (ReleaseSite site = ReleaseSite.start(temp.resolve("site"))) {
            site.configure();
            Path disk = Files.createDirectories(temp.resolve("agent"));
            Path received = temp.resolve("received");
            DumbSlave agent = agent(jenkins, disk, received);
            WorkflowJob job = ReleaseSite.job(
                    jenkins,
                    "release",
                    "node('recorded') { darwinCutRelease '1.3.0'; darwinBuildRc '1.3.0'; darwinSign '1.3.0' }");
            WorkflowRun build = jenkins.buildAndAssertSuccess(job);
            jenkins.assertLogContains("Signed darwin-1.3.0-src.tar.gz", build);
            List<Path> everything = new ArrayList<>(files(disk));
            assertThat(everything).anyMatch(f -> f.toString().endsWith(".asc"));
            everything.addAll(files(build.getRootDir().toPath()));
            everything.add(environment(agent));
            everything.add(received);
            for (String secret : ReleaseSite.secrets()) {
                assertThat(everything)
                        .allSatisfy(file -> assertThat(contains(file, secret))
                                .as(secret + " in " + file)
                                .isFalse());
            }
            // The record is one: it has what the agent does get to know.
            assertThat(contains(received, RealRegistry.PASSWORD)).isTrue();
            assertThat(contains(received, ReleaseSite.key().fingerprint())).isTrue();
            List<Path> ofBuild = files(build.getRootDir().toPath());
            assertThat(ofBuild).noneMatch(file -> contains(file, RealRegistry.PASSWORD));
            assertThat(files(disk)).noneMatch(file -> contains(file, RealRegistry.PASSWORD));
        }
    }

    /** An agent whose input goes through tee. */
    private static DumbSlave agent(JenkinsRule jenkins, Path disk, Path received) throws Exception {
        Path script = received.resolveSibling("agent.sh");
        String jar = new File(jenkins.jenkins.getJnlpJars("agent.jar").getURL().toURI()).getAbsolutePath();
        Files.writeString(
                script,
                "#!/bin/sh\ntee '" + received + "' | exec '" + System.getProperty("java.home")
                        + "/bin/java' -Xmx256m -jar '" + jar + "'\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        DumbSlave agent = new DumbSlave("recorded", disk.toString(), new SimpleCommandLauncher(script.toString()));
        agent.setNumExecutors(1);
        agent.setRetentionStrategy(RetentionStrategy.NOOP);
        jenkins.jenkins.addNode(agent);
        jenkins.waitOnline(agent);
        return agent;
    }

    private Path environment(DumbSlave agent) throws IOException, InterruptedException {
        Path copy = temp.resolve("environ");
        Files.write(
                copy,
                Files.readAllBytes(
                        Path.of("/proc", Long.toString(OwnProcess.of(agent).pid()), "environ")));
        assertThat(Files.size(copy)).isPositive();
        return copy;
    }

    private static List<Path> files(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return content.contains(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
