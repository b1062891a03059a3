package io.jenkins.plugins.darwin.jenkins.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Result;
import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import io.jenkins.plugins.darwin.jenkins.site.SiteTest;
import io.jenkins.plugins.darwin.testing.RealSshd;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.gitclient.GitHostKeyVerificationConfiguration;
import org.jenkinsci.plugins.gitclient.verifier.AcceptFirstConnectionStrategy;
import org.jenkinsci.plugins.gitclient.verifier.ManuallyProvidedKeyVerificationStrategy;
import org.jenkinsci.plugins.gitclient.verifier.NoHostKeyVerificationStrategy;
import org.jenkinsci.plugins.gitclient.verifier.SshHostKeyVerificationStrategy;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** An SSH key of Jenkins' credentials, used on an agent in a JVM of its own, against OpenSSH's server. */
@WithJenkins
class SshRemoteTest extends SiteTest {
    /** RSA: under a test harness the plugins that bring Ed25519 are not whole. */
    private static final String TYPE = "rsa";

    private static final String PASSPHRASE = "of the ssh key";

    @RegisterExtension
    final InboundAgentExtension agents = new InboundAgentExtension();

    @Test
    void pushesOnlyToAServerThatIsKnownAndLeavesNoKeyBehind(JenkinsRule jenkins) throws Throwable {
        try (RealSshd sshd = RealSshd.start(temp.resolve("sshd"), TYPE)) {
            site.configure();
            List<String> key = key(sshd);
            Path home = Files.createDirectories(temp.resolve("home"));
            agents.createAgent(
                    jenkins,
                    InboundAgentExtension.Options.newBuilder()
                            .name("linux")
                            .javaOptions("-Duser.home=" + home)
                            .build());
            WorkflowJob job = ReleaseSite.job(
                    jenkins,
                    "release",
                    "node('linux') { darwinCutRelease version: '1.3.0', gitCredentials: 'ssh', repository: '"
                            + sshd.url(Path.of(site.repository())) + "' }");

            for (SshHostKeyVerificationStrategy<?> lax :
                    List.of(new NoHostKeyVerificationStrategy(), new AcceptFirstConnectionStrategy())) {
                GitHostKeyVerificationConfiguration.get().setSshHostKeyVerificationStrategy(lax);
                refused(jenkins, job, "expected its host key in " + home.resolve(".ssh/known_hosts"));
            }
            approve(sshd.knownHost(Files.readString(temp.resolve("id.pub")))); // another key than the server's
            refused(jenkins, job, "a host key that is not in the approved host keys of Jenkins");
            approve(sshd.knownHost());
            WorkflowRun build = jenkins.buildAndAssertSuccess(job);
            assertThat(site.state()).as("pushed").containsKey("refs/heads/release/1.3.0");

            List<Path> files = new ArrayList<>(files(home));
            files.addAll(
                    files(Path.of(jenkins.jenkins.getNode("linux").getRootPath().getRemote())));
            files.addAll(files(build.getParent().getRootDir().toPath()));
            assertThat(files)
                    .hasSizeGreaterThan(5)
                    .noneMatch(file -> key.stream().anyMatch(secret -> contains(file, secret)));
        }
    }

    /** Makes one, lets it in, and gives it to Jenkins; what must not be found anywhere. */
    private List<String> key(RealSshd sshd) throws Exception {
        Tools.run(temp, "ssh-keygen", "-q", "-t", TYPE, "-N", PASSPHRASE, "-f", "id");
        sshd.authorize(Files.readString(temp.resolve("id.pub")));
        String armour = Files.readString(temp.resolve("id"));
        ReleaseSite.add(new BasicSSHUserPrivateKey(
                CredentialsScope.GLOBAL,
                "ssh",
                "git",
                new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource(armour),
                PASSPHRASE,
                null));
        List<String> secrets = new ArrayList<>(List.of(PASSPHRASE));
        armour.lines().filter(line -> line.length() > 40).skip(1).forEach(secrets::add);
        return secrets;
    }

    private static void approve(String line) {
        GitHostKeyVerificationConfiguration.get()
                .setSshHostKeyVerificationStrategy(new ManuallyProvidedKeyVerificationStrategy(line));
    }

    private void refused(JenkinsRule jenkins, WorkflowJob job, String why) throws Exception {
        ReleaseSite.assertOneLine(why, jenkins.buildAndAssertStatus(Result.FAILURE, job), why);
        assertThat(site.state()).doesNotContainKey("refs/heads/release/1.3.0");
    }

    private static List<Path> files(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
