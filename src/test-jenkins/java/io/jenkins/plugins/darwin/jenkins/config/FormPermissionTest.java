package io.jenkins.plugins.darwin.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.security.Permission;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.ClassDescriptor;
import org.kohsuke.stapler.verb.POST;

/** Drop-downs and checks of forms: who asks by what, and who is told what. */
@WithJenkins
class FormPermissionTest {
    private static final String OURS = "io.jenkins.plugins.darwin.";
    /** Nothing that any field takes. */
    private static final String WRONG = "no such thing";

    /** A list or a check of a form. */
    private record Question(Class<?> descriptor, Method method) {
        String path() {
            String name = method.getName().substring("do".length());
            return "descriptorByName/" + descriptor.getName().replaceAll("\\$.*", "") + "/"
                    + name.substring(0, 1).toLowerCase(Locale.ROOT)
                    + name.substring(1)
                    + Stream.of(ClassDescriptor.loadParameterNames(method))
                            .filter(p -> !p.isEmpty())
                            .map(p -> p + "=" + URLEncoder.encode(WRONG, StandardCharsets.UTF_8))
                            .collect(Collectors.joining("&", "?", ""));
        }

        boolean list() {
            return method.getReturnType() == ListBoxModel.class;
        }

        /** What somebody hears who may not know. */
        String nothing() {
            return list() ? "[\"" + WRONG + "\"]" : "<div/>";
        }
    }

    /** Every one that there is, also of descriptors that are yet to be written. */
    private static List<Question> questions(JenkinsRule jenkins) {
        List<Question> questions = new ArrayList<>();
        for (Descriptor<?> descriptor : jenkins.jenkins.getExtensionList(Descriptor.class)) {
            for (Method method : descriptor.getClass().getMethods()) {
                if (method.getName().matches("do(Fill|Check)[A-Z].*")
                        && method.getDeclaringClass().getName().startsWith(OURS)) {
                    questions.add(new Question(descriptor.getClass(), method));
                }
            }
        }
        assertThat(questions).hasSizeGreaterThan(35);
        return questions;
    }

    @Test
    void whoMayNotConfigureHearsNothing(JenkinsRule jenkins) throws Exception {
        ReleaseSite.add(ReleaseSite.registryCredentials("registry"));
        ReleaseSite.add(ReleaseSite.signingKey("signing-key"));
        jenkins.createProject(WorkflowJob.class, "job");
        secure(jenkins);
        try (JenkinsRule.WebClient reader = jenkins.createWebClient().login("reader");
                JenkinsRule.WebClient admin = jenkins.createWebClient().login("admin")) {
            for (Question question : questions(jenkins)) {
                for (String where : List.of("", "job/job/")) {
                    String path = where + question.path();
                    assertThat(said(jenkins, reader, path)).as(path).isEqualTo(question.nothing());
                    assertThat(said(jenkins, admin, path))
                            .as("an administrator hears something: " + path)
                            .isNotEqualTo(question.nothing());
                }
            }
        }
    }

    /** Whoever may not configure the job gets back what was sent, and learns nothing else. */
    @Test
    void formsTellStrangersNothing(JenkinsRule jenkins) throws Exception {
        ReleaseSite.add(ReleaseSite.registryCredentials("registry"));
        ReleaseSite.add(ReleaseSite.signingKey("signing-key"));
        jenkins.createProject(WorkflowJob.class, "job");
        secure(jenkins);
        String step = "job/job/descriptorByName/io.jenkins.plugins.darwin.jenkins.step.SignStep/";
        for (String who : List.of("developer", "admin")) {
            assertThat(post(jenkins, who, step + "fillRegistryCredentialsItems?registryCredentials=now"))
                    .as(who)
                    .contains("registry", "now");
            assertThat(post(jenkins, who, step + "fillSigningKeyItems?signingKey="))
                    .as(who)
                    .contains("signing-key");
            assertThat(post(jenkins, who, step + "checkSigningKey?value=registry"))
                    .as(who)
                    .contains("warning");
        }
        assertThat(post(jenkins, "reader", step + "fillRegistryCredentialsItems?registryCredentials=now"))
                .contains("now")
                .doesNotContain("registry\"");
        assertThat(post(jenkins, "reader", step + "fillSigningKeyItems?signingKey="))
                .doesNotContain("signing-key");
        assertThat(post(jenkins, "reader", step + "checkSigningKey?value=registry"))
                .doesNotContain("warning");
        String system = "descriptorByName/io.jenkins.plugins.darwin.jenkins.config.ReleaseDefaults/";
        assertThat(post(jenkins, "developer", system + "fillSigningKeyItems?signingKey=now"))
                .contains("now")
                .doesNotContain("signing-key");
        assertThat(post(jenkins, "admin", system + "fillSigningKeyItems?signingKey=now"))
                .contains("signing-key");
        String key =
                "descriptorByName/io.jenkins.plugins.darwin.jenkins.credentials.SigningKeyCredentials/checkKey?key=rubbish&passphrase=x";
        assertThat(post(jenkins, "reader", key)).doesNotContain("error");
        assertThat(post(jenkins, "admin", key)).contains("error");
        try (JenkinsRule.WebClient web =
                jenkins.createWebClient().login("admin").withThrowExceptionOnFailingStatusCode(false)) {
            assertThat(web.goTo(step + "fillSigningKeyItems?signingKey=", null)
                            .getWebResponse()
                            .getStatusCode())
                    .as("GET")
                    .isIn(404, 405);
        }
    }

    /** A check or a list that answers to GET can be asked by a link that somebody clicks. */
    @Test
    void everyCheckAndListAsksForPost(JenkinsRule jenkins) {
        for (Question question : questions(jenkins)) {
            assertThat(question.method().isAnnotationPresent(POST.class))
                    .as(question.toString())
                    .isTrue();
        }
    }

    private static void secure(JenkinsRule jenkins) {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, CredentialsProvider.USE_ITEM, Permission.READ)
                .everywhere()
                .to("developer"));
    }

    /** The values of a list, or the check's answer as it is. */
    private static String said(JenkinsRule jenkins, JenkinsRule.WebClient web, String path) throws Exception {
        String answer = post(jenkins, web, path);
        return answer.startsWith("{")
                ? new ObjectMapper()
                        .readTree(answer)
                        .path("values")
                        .findValues("value")
                        .toString()
                : answer;
    }

    private static String post(JenkinsRule jenkins, String user, String path) throws Exception {
        try (JenkinsRule.WebClient web = jenkins.createWebClient().login(user)) {
            return post(jenkins, web, path);
        }
    }

    private static String post(JenkinsRule jenkins, JenkinsRule.WebClient web, String path) throws Exception {
        return web.getPage(web.addCrumb(new WebRequest(new URL(jenkins.getURL(), path), HttpMethod.POST)))
                .getWebResponse()
                .getContentAsString();
    }
}
