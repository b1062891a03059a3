package io.jenkins.plugins.darwin.jenkins.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.darwin.jenkins.config.DarwinReleasesConfiguration;
import io.jenkins.plugins.darwin.jenkins.config.ReleaseDefaults;
import io.jenkins.plugins.darwin.jenkins.credentials.SigningKeyCredentials;
import io.jenkins.plugins.darwin.registry.RegistryAuth;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.PublicState;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.RecordingProxy;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.TestKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import jenkins.branch.BranchSource;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * The example project in a bare repository, a docker-registry with a password behind a proxy that faults on demand, and
 * credentials and defaults for both on the controller.
 */
public final class ReleaseSite implements AutoCloseable {
    public static final String REGISTRY = "registry";
    public static final String SIGNING_KEY = "signing-key";

    private final Path dir;
    private final RealRegistry registry;
    private final RecordingProxy proxy;
    private final ReleaseFixture project;

    private ReleaseSite(Path dir, RealRegistry registry, RecordingProxy proxy, ReleaseFixture project) {
        this.dir = dir;
        this.registry = registry;
        this.proxy = proxy;
        this.project = project;
    }

    /** Servers and repository; no Jenkins needed yet. */
    public static ReleaseSite start(Path dir) throws IOException, InterruptedException {
        RealRegistry registry = RealRegistry.start(dir.resolve("server"), RealRegistry.Option.HTPASSWD);
        RecordingProxy proxy = RecordingProxy.before(registry.uri());
        ReleaseFixture project = ReleaseFixture.create(
                dir,
                proxy.host() + "/staging",
                proxy.host() + "/darwin",
                RegistryOptions.defaults().withAuth(new RegistryAuth(RealRegistry.USER, RealRegistry.PASSWORD)));
        ReleaseSite site = new ReleaseSite(dir, registry, proxy, project);
        // What the library's and the gate's own tests ask for must not be weaker than trunk has it.
        site.policy(
                "{ quorum: 3, hours: 48, minHours: 0, graceMinutes: 0, closeEarly: true, voters: [alice, bob, carol],"
                        + " checklist: [installation] }");
        return site;
    }

    /** Trunk's policy of votes from now on, in YAML. */
    public void policy(String vote) {
        String config = project.config().replaceFirst("(?m)^vote:.*$", "vote: " + vote);
        project.commit(
                "chore: say how it is released\n",
                Map.of("darwin-release.yaml", config.getBytes(StandardCharsets.UTF_8)));
    }

    /** Credentials and defaults on the controller, as an administrator gives them. */
    public void configure() throws IOException {
        add(registryCredentials(REGISTRY));
        add(signingKey(SIGNING_KEY));
        ReleaseDefaults defaults = new ReleaseDefaults();
        defaults.setRepository(repository());
        defaults.setRegistryCredentials(REGISTRY);
        defaults.setSigningKey(SIGNING_KEY);
        DarwinReleasesConfiguration.get().setDefaults(defaults);
    }

    public static void add(StandardCredentials credentials) throws IOException {
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials().add(credentials);
        provider.save();
    }

    public static StandardCredentials registryCredentials(String id) {
        return login(id, RealRegistry.USER, RealRegistry.PASSWORD);
    }

    public static StandardCredentials login(String id, String user, String password) {
        try {
            return new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, null, user, password);
        } catch (hudson.model.Descriptor.FormException e) {
            throw new AssertionError(e);
        }
    }

    public static StandardCredentials signingKey(String id) {
        try {
            return new SigningKeyCredentials(
                    CredentialsScope.GLOBAL,
                    id,
                    null,
                    Secret.fromString(key().secret()),
                    Secret.fromString(TestKey.PASSPHRASE));
        } catch (hudson.model.Descriptor.FormException e) {
            throw new AssertionError(e);
        }
    }

    public static TestKey key() {
        return ReleaseFixture.key();
    }

    /** A pipeline in the sandbox. */
    public static WorkflowJob job(JenkinsRule jenkins, String name, String script) throws IOException {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        return script(job, script);
    }

    public static WorkflowJob script(WorkflowJob job, String script) throws IOException {
        try {
            job.setDefinition(new CpsFlowDefinition(script, true));
        } catch (hudson.model.Descriptor.FormException e) {
            throw new AssertionError(e);
        }
        return job;
    }

    /** The first build of trunk in a multibranch job. */
    public WorkflowRun multibranchBuild(JenkinsRule jenkins, GitSCMSource source, String pipeline) throws Exception {
        project.commit(
                "chore: release by pipeline\n", Map.of("Jenkinsfile", pipeline.getBytes(StandardCharsets.UTF_8)));
        WorkflowMultiBranchProject job = jenkins.createProject(WorkflowMultiBranchProject.class, "release");
        source.setTraits(List.of(new BranchDiscoveryTrait()));
        job.getSourcesList().add(new BranchSource(source));
        job.scheduleBuild2(0).getFuture().get();
        WorkflowJob main = job.getItem("main");
        assertThat(main).as(job.getItems().toString()).isNotNull();
        jenkins.waitUntilNoActivity();
        return main.getBuildByNumber(1);
    }

    /** A mistake is told in one line, and no stack trace. */
    public static void assertOneLine(String what, Run<?, ?> build, String expected) throws IOException {
        String log = JenkinsRule.getLog(build);
        assertThat(log.lines().filter(line -> line.startsWith("ERROR: ")))
                .as(what + "\n" + log)
                .hasSize(1)
                .first()
                .asString()
                .contains(expected);
        assertThat(log.lines()).as(what).noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"));
    }

    public String repository() {
        return project.origin().toString();
    }

    public ReleaseFixture project() {
        return project;
    }

    public RecordingProxy proxy() {
        return proxy;
    }

    /** All voters say yes, on the command line's side of the world. */
    public void pass() {
        project.clock().set(Instant.now());
        project.pass();
    }

    /** Tags of the registry and refs of the repository, with what they point to. */
    public SortedMap<String, String> state() {
        return project.state(dir.resolve("server/data"));
    }

    public SortedMap<String, String> tags() {
        return PublicState.tags(dir.resolve("server/data"));
    }

    /** Texts that only the controller may know; the passphrase, and every line of the key. */
    public static List<String> secrets() {
        List<String> secrets = new java.util.ArrayList<>(List.of(TestKey.PASSPHRASE));
        key().secret().lines().filter(line -> line.length() > 40).forEach(secrets::add);
        return secrets;
    }

    @Override
    public void close() {
        proxy.close();
        registry.close();
    }
}
