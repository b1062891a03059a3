package io.jenkins.plugins.darwin.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.Configurator;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.SecretSource;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.darwin.jenkins.credentials.SigningKeyCredentials;
import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import io.jenkins.plugins.darwin.jenkins.vote.VotePermissions;
import io.jenkins.plugins.darwin.testing.TestKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What administrators set up, by form, by file and by whom. */
@WithJenkins
class ConfigurationTest {
    @Test
    void formsKeepWhatTheyShow(JenkinsRule jenkins) throws Exception {
        ReleaseSite.add(ReleaseSite.registryCredentials("registry"));
        ReleaseSite.add(ReleaseSite.signingKey("signing-key"));
        DarwinReleasesConfiguration configuration = DarwinReleasesConfiguration.get();
        configuration.setImplicitLibrary(false);
        configuration.setWebhookHosts("chat.example.org");
        configuration.setDefaults(defaults());
        jenkins.configRoundtrip();
        assertThat(configuration.isImplicitLibrary()).isFalse();
        assertThat(configuration.getWebhookHosts()).isEqualTo("chat.example.org");
        jenkins.assertEqualDataBoundBeans(defaults(), configuration.getDefaults());

        Folder folder = jenkins.createProject(Folder.class, "folder");
        folder.addProperty(new DarwinFolderProperty(defaults()));
        folder = jenkins.configRoundtrip(folder);
        jenkins.assertEqualDataBoundBeans(
                defaults(),
                folder.getProperties().get(DarwinFolderProperty.class).getDefaults());
    }

    @Test
    void configurationAsCodeThereAndBack(JenkinsRule jenkins, @TempDir Path temp) throws Exception {
        String key = ReleaseSite.key().secret().replace("\n", "\n              ");
        Path file = Files.writeString(temp.resolve("jenkins.yaml"), """
                unclassified:
                  darwinReleases:
                    implicitLibrary: false
                    webhookHosts: "chat.example.org, *.hooks.example.org"
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
        assertThat(configuration.webhooks().permits("a.hooks.example.org")).isTrue();
        assertThat(configuration.webhooks().permits("evil.example.org")).isFalse();
        assertThat(configuration.getDefaults().getRepository()).isEqualTo("https://git.example.org/darwin.git");
        assertThat(configuration.getDefaults().getQuorum()).isEqualTo(3);
        assertThat(SystemCredentialsProvider.getInstance().getCredentials())
                .singleElement()
                .isInstanceOf(SigningKeyCredentials.class)
                .satisfies(c -> assertThat(((SigningKeyCredentials) c)
                                .getKey()
                                .getPlainText()
                                .strip())
                        .isEqualTo(ReleaseSite.key().secret().strip()));

        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        String yaml = exported.toString(StandardCharsets.UTF_8);
        assertThat(yaml)
                .contains(
                        "darwinReleases:",
                        "implicitLibrary: false",
                        "signingKey: \"release-key\"",
                        "quorum: 3",
                        "openPgpSigningKey:");
        for (String secret : ReleaseSite.secrets()) {
            assertThat(yaml).doesNotContain(secret);
            assertThat(Files.readString(jenkins.jenkins.getRootDir().toPath().resolve("credentials.xml")))
                    .doesNotContain(secret);
        }
    }

    /** The example as it is; what it asks for comes, as on a controller, from elsewhere. */
    @Test
    void theExampleLoads(JenkinsRule jenkins) throws Exception {
        ConfigurationAsCode.get().configure("examples/jenkins/jenkins.yaml");
        assertThat(SystemCredentialsProvider.getInstance().getCredentials())
                .hasSize(3)
                .hasAtLeastOneElementOfType(SigningKeyCredentials.class);
        assertThat(DarwinReleasesConfiguration.get().getDefaults().getSigningKey())
                .isEqualTo("release-key");
        assertThat(jenkins.jenkins.getNode("builder").getLabelString()).isEqualTo("linux docker");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        for (String voter : List.of("alice", "bob", "carol")) {
            assertThat(job.getACL().hasPermission2(User.getById(voter, false).impersonate2(), VotePermissions.VOTE))
                    .as(voter)
                    .isTrue();
        }
        assertThat(job.getACL().hasPermission2(User.getById("alice", false).impersonate2(), VotePermissions.MANAGE))
                .isTrue();
        assertThat(job.getACL().hasPermission2(User.getById("bob", false).impersonate2(), Item.BUILD))
                .isFalse();
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

    /** What Configuration as Code writes of an object is what it makes the object of: the controller's, and a folder's. */
    @Test
    void whatIsExportedComesBack(JenkinsRule jenkins) throws Exception {
        DarwinReleasesConfiguration configuration = DarwinReleasesConfiguration.get();
        configuration.setImplicitLibrary(false);
        configuration.setWebhookHosts("chat.example.org");
        configuration.setDefaults(defaults());
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        Configurator<DarwinReleasesConfiguration> controller = context.lookupOrFail(DarwinReleasesConfiguration.class);
        CNode exported = controller.describe(configuration, context);
        configuration.setImplicitLibrary(true);
        configuration.setDefaults(null);
        assertThat(controller.configure(exported, context)).isSameAs(configuration);
        assertThat(configuration.isImplicitLibrary()).isFalse();
        jenkins.assertEqualDataBoundBeans(defaults(), configuration.getDefaults());

        Configurator<DarwinFolderProperty> folder = context.lookupOrFail(DarwinFolderProperty.class);
        assertThat(folder.getName()).isEqualTo("darwinReleases");
        CNode property = folder.describe(new DarwinFolderProperty(defaults()), context);
        assertThat(property.asMapping()
                        .get("defaults")
                        .asMapping()
                        .get("signingKey")
                        .asScalar()
                        .getValue())
                .isEqualTo("signing-key");
        jenkins.assertEqualDataBoundBeans(
                defaults(), folder.configure(property, context).getDefaults());
    }

    /** The step's own word, then the nearest folder's, then the controller's. */
    @Test
    void nearestDefaultWins(JenkinsRule jenkins) throws Exception {
        Folder outer = jenkins.createProject(Folder.class, "outer");
        Folder inner = outer.createProject(Folder.class, "inner");
        WorkflowJob job = inner.createProject(WorkflowJob.class, "job");
        set("controller", DarwinReleasesConfiguration.get()::setDefaults);
        assertThat(DefaultsChain.of(job).value(null, ReleaseDefaults::getRepository))
                .contains("controller");
        set("outer", d -> outer.addProperty(new DarwinFolderProperty(d)));
        assertThat(DefaultsChain.of(job).value(null, ReleaseDefaults::getRepository))
                .contains("outer");
        set("inner", d -> inner.addProperty(new DarwinFolderProperty(d)));
        assertThat(DefaultsChain.of(job).value(null, ReleaseDefaults::getRepository))
                .contains("inner");
        assertThat(DefaultsChain.of(job).value("own", ReleaseDefaults::getRepository))
                .contains("own");
        assertThat(DefaultsChain.of(job).value(null, ReleaseDefaults::getConfig))
                .isEmpty();
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
}
