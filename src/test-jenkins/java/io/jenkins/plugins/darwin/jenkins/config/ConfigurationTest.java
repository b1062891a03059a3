package io.jenkins.plugins.darwin.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.Permission;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.SecretSource;
import io.jenkins.plugins.darwin.jenkins.credentials.SigningKeyCredentials;
import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import io.jenkins.plugins.darwin.jenkins.vote.VotePermissions;
import io.jenkins.plugins.darwin.testing.TestKey;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.verb.POST;

/** What administrators set up, by form, by file and by whom. */
@WithJenkins
class ConfigurationTest {
    @Test
    void formsKeepWhatTheyShow(JenkinsRule jenkins) throws Exception {
        ReleaseSite.add(ReleaseSite.registryCredentials("registry"));
        ReleaseSite.add(ReleaseSite.signingKey("signing-key"));
        DarwinReleasesConfiguration configuration = DarwinReleasesConfiguration.get();
        configuration.setImplicitLibrary(false);
        configuration.setDefaults(defaults());
        jenkins.configRoundtrip();
        assertThat(configuration.isImplicitLibrary()).isFalse();
        jenkins.assertEqualDataBoundBeans(defaults(), configuration.getDefaults());

        Folder folder = jenkins.createProject(Folder.class, "folder");
        folder.addProperty(new DarwinFolderProperty(defaults()));
        folder = jenkins.configRoundtrip(folder);
        jenkins.assertEqualDataBoundBeans(defaults(), folder.getProperties().get(DarwinFolderProperty.class).getDefaults());
    }

    @Test
    void configurationAsCodeThereAndBack(JenkinsRule jenkins, @TempDir Path temp) throws Exception {
        String key = ReleaseSite.key().secret().replace("\n", "\n              ");
        Path file = Files.writeString(temp.resolve("jenkins.yaml"), """
                unclassified:
                  darwinReleases:
                    implicitLibrary: false
                    defaults:
                      repository: "https://git.example.org/darwin.git"
                      registryCredentials: "registry"
                      signingKey: "release-key"
                      quorum: 3
                      hours: 48
                credentials:
                  system:
                    domainCredentials:
                      - credentials:
                        - openPgpSigningKey:
                            scope: GLOBAL
                            id: "release-key"
                            passphrase: "%s"
                            key: |
                              %s
                """.formatted(TestKey.PASSPHRASE, key));
        ConfigurationAsCode.get().configure(file.toString());
        DarwinReleasesConfiguration configuration = DarwinReleasesConfiguration.get();
        assertThat(configuration.isImplicitLibrary()).isFalse();
        assertThat(configuration.getDefaults().getRepository()).isEqualTo("https://git.example.org/darwin.git");
        assertThat(configuration.getDefaults().getQuorum()).isEqualTo(3);
        assertThat(SystemCredentialsProvider.getInstance().getCredentials()).singleElement().isInstanceOf(SigningKeyCredentials.class)
                .satisfies(c -> assertThat(((SigningKeyCredentials) c).getKey().getPlainText().strip()).isEqualTo(ReleaseSite.key().secret().strip()));

        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        String yaml = exported.toString(StandardCharsets.UTF_8);
        assertThat(yaml).contains("darwinReleases:", "implicitLibrary: false", "signingKey: \"release-key\"", "quorum: 3", "openPgpSigningKey:");
        for (String secret : ReleaseSite.secrets()) {
            assertThat(yaml).doesNotContain(secret);
            assertThat(Files.readString(jenkins.jenkins.getRootDir().toPath().resolve("credentials.xml"))).doesNotContain(secret);
        }
    }

    /** The example as it is; what it asks for comes, as on a controller, from elsewhere. */
    @Test
    void theExampleLoads(JenkinsRule jenkins) throws Exception {
        ConfigurationAsCode.get().configure("examples/jenkins/jenkins.yaml");
        assertThat(SystemCredentialsProvider.getInstance().getCredentials()).hasSize(3).hasAtLeastOneElementOfType(SigningKeyCredentials.class);
        assertThat(DarwinReleasesConfiguration.get().getDefaults().getSigningKey()).isEqualTo("release-key");
        assertThat(jenkins.jenkins.getNode("builder").getLabelString()).isEqualTo("linux docker");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        for (String voter : List.of("alice", "bob", "carol")) {
            assertThat(job.getACL().hasPermission2(User.getById(voter, false).impersonate2(), VotePermissions.VOTE)).as(voter).isTrue();
        }
        assertThat(job.getACL().hasPermission2(User.getById("alice", false).impersonate2(), VotePermissions.MANAGE)).isTrue();
        assertThat(job.getACL().hasPermission2(User.getById("bob", false).impersonate2(), Item.BUILD)).isFalse();
    }

    /** In the place of the folder that {@code SECRETS} names. */
    @TestExtension("theExampleLoads")
    public static final class Secrets extends SecretSource {
        @Override
        public Optional<String> reveal(String name) {
            return switch (name) {
                case "release-key.asc" -> Optional.of(ReleaseSite.key().secret());
                case "release-key-passphrase" -> Optional.of(TestKey.PASSPHRASE);
                case "admin", "alice", "bob", "carol", "registry", "git" -> Optional.of("secret of " + name);
                default -> Optional.empty();
            };
        }
    }

    /** The step's own word, then the nearest folder's, then the controller's. */
    @Test
    void nearestDefaultWins(JenkinsRule jenkins) throws Exception {
        Folder outer = jenkins.createProject(Folder.class, "outer");
        Folder inner = outer.createProject(Folder.class, "inner");
        WorkflowJob job = inner.createProject(WorkflowJob.class, "job");
        set("controller", DarwinReleasesConfiguration.get()::setDefaults);
        assertThat(DefaultsChain.of(job).value(null, ReleaseDefaults::getRepository)).contains("controller");
        set("outer", d -> outer.addProperty(new DarwinFolderProperty(d)));
        assertThat(DefaultsChain.of(job).value(null, ReleaseDefaults::getRepository)).contains("outer");
        set("inner", d -> inner.addProperty(new DarwinFolderProperty(d)));
        assertThat(DefaultsChain.of(job).value(null, ReleaseDefaults::getRepository)).contains("inner");
        assertThat(DefaultsChain.of(job).value("own", ReleaseDefaults::getRepository)).contains("own");
        assertThat(DefaultsChain.of(job).value(null, ReleaseDefaults::getConfig)).isEmpty();
    }

    /** Whoever may not configure the job gets back what was sent, and learns nothing else. */
    @Test
    void formsTellStrangersNothing(JenkinsRule jenkins) throws Exception {
        ReleaseSite.add(ReleaseSite.registryCredentials("registry"));
        ReleaseSite.add(ReleaseSite.signingKey("signing-key"));
        jenkins.createProject(WorkflowJob.class, "job");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy().grant(Jenkins.ADMINISTER).everywhere().to("admin")
                .grant(Jenkins.READ, Item.READ).everywhere().to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, CredentialsProvider.USE_ITEM, Permission.READ).everywhere().to("developer"));
        String step = "job/job/descriptorByName/io.jenkins.plugins.darwin.jenkins.step.SignStep/";
        for (String who : List.of("developer", "admin")) {
            assertThat(post(jenkins, who, step + "fillRegistryCredentialsItems?registryCredentials=now")).as(who).contains("registry", "now");
            assertThat(post(jenkins, who, step + "fillSigningKeyItems?signingKey=")).as(who).contains("signing-key");
            assertThat(post(jenkins, who, step + "checkSigningKey?value=registry")).as(who).contains("warning");
        }
        assertThat(post(jenkins, "reader", step + "fillRegistryCredentialsItems?registryCredentials=now")).contains("now").doesNotContain("registry\"");
        assertThat(post(jenkins, "reader", step + "fillSigningKeyItems?signingKey=")).doesNotContain("signing-key");
        assertThat(post(jenkins, "reader", step + "checkSigningKey?value=registry")).doesNotContain("warning");
        String system = "descriptorByName/io.jenkins.plugins.darwin.jenkins.config.ReleaseDefaults/";
        assertThat(post(jenkins, "developer", system + "fillSigningKeyItems?signingKey=now")).contains("now").doesNotContain("signing-key");
        assertThat(post(jenkins, "admin", system + "fillSigningKeyItems?signingKey=now")).contains("signing-key");
        String key = "descriptorByName/io.jenkins.plugins.darwin.jenkins.credentials.SigningKeyCredentials/checkKey?key=rubbish&passphrase=x";
        assertThat(post(jenkins, "reader", key)).doesNotContain("error");
        assertThat(post(jenkins, "admin", key)).contains("error");
        try (JenkinsRule.WebClient web = jenkins.createWebClient().login("admin").withThrowExceptionOnFailingStatusCode(false)) {
            assertThat(web.goTo(step + "fillSigningKeyItems?signingKey=", null).getWebResponse().getStatusCode()).as("GET").isIn(404, 405);
        }
    }

    /** A check or a list that answers to GET can be asked by a link that somebody clicks. */
    @Test
    void everyCheckAndListAsksForPost(JenkinsRule jenkins) {
        List<String> methods = new ArrayList<>();
        for (Descriptor<?> descriptor : jenkins.jenkins.getExtensionList(Descriptor.class)) {
            if (descriptor.getClass().getName().startsWith("io.jenkins.plugins.darwin.")) {
                for (Method method : descriptor.getClass().getMethods()) {
                    if (method.getName().matches("do(Fill|Check)[A-Z].*")
                            && method.getDeclaringClass().getName().startsWith("io.jenkins.plugins.darwin.")) {
                        methods.add(descriptor.getClass().getName() + "." + method.getName());
                        assertThat(method.isAnnotationPresent(POST.class)).as(method.toString()).isTrue();
                    }
                }
            }
        }
        assertThat(methods).hasSizeGreaterThan(20);
    }

    private interface Setter {
        void set(ReleaseDefaults defaults) throws Exception;
    }

    private static void set(String repository, Setter setter) throws Exception {
        ReleaseDefaults defaults = new ReleaseDefaults();
        defaults.setRepository(repository);
        setter.set(defaults);
    }

    private static ReleaseDefaults defaults() {
        ReleaseDefaults defaults = new ReleaseDefaults();
        defaults.setRepository("https://git.example.org/darwin.git");
        defaults.setConfig("release.yaml");
        defaults.setGitCredentials("registry");
        defaults.setRegistryCredentials("registry");
        defaults.setSigningKey("signing-key");
        defaults.setQuorum(4);
        defaults.setHours(72);
        return defaults;
    }

    private static String post(JenkinsRule jenkins, String user, String path) throws Exception {
        try (JenkinsRule.WebClient web = jenkins.createWebClient().login(user).withThrowExceptionOnFailingStatusCode(false)) {
            Page page = web.getPage(web.addCrumb(new WebRequest(new URL(jenkins.getURL(), path), HttpMethod.POST)));
            assertThat(page.getWebResponse().getStatusCode()).as(user + " " + path).isEqualTo(200);
            return page.getWebResponse().getContentAsString();
        }
    }
}
