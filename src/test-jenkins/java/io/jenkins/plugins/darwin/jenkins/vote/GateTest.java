package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Computer;
import hudson.model.Executor;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The vote gate on a real controller, asked as its page and its REST API are: by HTTP, by people with names. */
class GateTest {
    private static final String SCRIPT = """
            def vote = darwinAwaitVote version: '1.3.0', closeEarly: true, minHours: 0, failOnReject: false
            echo "outcome ${vote.outcome} ${vote.digest}"
            """;

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path temp;

    private ReleaseSite site;
    private String digest;

    @BeforeEach
    void start() throws Exception {
        site = ReleaseSite.start(temp);
        site.project().cut();
        site.project().build();
        digest = site.project().sign().result().digest().toString();
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void waitsWithoutExecutorAndKeepsBallotsOverARestart() throws Throwable {
        sessions.then(jenkins -> {
            secure(jenkins);
            site.configure();
            WorkflowRun build = ReleaseSite.job(jenkins, "release", SCRIPT)
                    .scheduleBuild2(0)
                    .waitForStart();
            waitForGate(jenkins, build);
            assertThat(executorsAtWork(jenkins))
                    .as("executors at work while people vote")
                    .isZero();
            assertThat(vote(jenkins, "alice", "+1", digest).getStatusCode()).isEqualTo(201);
            assertStored(build);
        });
        sessions.then(jenkins -> {
            secure(jenkins);
            WorkflowRun build = jenkins.jenkins
                    .getItemByFullName("release", WorkflowJob.class)
                    .getBuildByNumber(1);
            assertThat(build.isBuilding()).isTrue();
            assertThat(state(jenkins, "alice")).contains("\"voter\":\"alice\"", "\"state\":\"open\"");
            vote(jenkins, "bob", "+1", digest);
            assertThat(vote(jenkins, "carol", "+1", digest).getStatusCode()).isEqualTo(201);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("outcome PASSED " + digest, build);
        });
        sessions.then(jenkins -> {
            secure(jenkins);
            WorkflowRun build = jenkins.jenkins
                    .getItemByFullName("release", WorkflowJob.class)
                    .getBuildByNumber(1);
            assertThat(build.getResult()).isEqualTo(Result.SUCCESS);
            assertThat(state(jenkins, "alice")).contains("\"state\":\"closed\"", "\"outcome\":\"PASSED\"");
            assertThat(vote(jenkins, "alice", "+1", digest).getStatusCode())
                    .as("a ballot after the end")
                    .isEqualTo(409);
        });
    }

    /** Many at once, and one of them the last: there is one result, and one ballot each. */
    @Test
    void settlesOnce() throws Throwable {
        sessions.then(jenkins -> {
            secure(jenkins);
            site.configure();
            WorkflowRun build = ReleaseSite.job(jenkins, "release", SCRIPT)
                    .scheduleBuild2(0)
                    .waitForStart();
            waitForGate(jenkins, build);
            List.of("alice", "bob", "carol")
                    .forEach(voter ->
                            User.getById(voter, true)); // else two first log-ins at once end each other's session
            ExecutorService people = Executors.newFixedThreadPool(6);
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                for (String voter : List.of("alice", "bob", "carol")) {
                    Callable<Integer> click =
                            () -> vote(jenkins, voter, "+1", digest).getStatusCode();
                    answers.add(people.submit(click));
                }
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(200, 201, 409);
            }
            people.shutdown();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            assertThat(JenkinsRule.getLog(build).lines().filter(l -> l.startsWith("outcome ")))
                    .containsExactly("outcome PASSED " + digest);
            VoteGate gate = build.getAction(VoteAction.class).gate("1.3.0-RC1");
            assertThat(gate.vote().counting()).containsOnlyKeys("alice", "bob", "carol");
            assertThat(Files.readAllLines(gate.folder().resolve(VoteGate.JOURNAL)))
                    .filteredOn(l -> l.contains("\"outcome\""))
                    .hasSize(1);
        });
    }

    @Test
    void refusesWhoMayNotAndWhatIsWrong() throws Throwable {
        sessions.then(jenkins -> {
            secure(jenkins);
            site.configure();
            WorkflowRun build = ReleaseSite.job(jenkins, "release", SCRIPT)
                    .scheduleBuild2(0)
                    .waitForStart();
            waitForGate(jenkins, build);
            String other = "sha256:" + "0".repeat(64);
            assertThat(vote(jenkins, "mallory", "+1", digest).getStatusCode()).isEqualTo(403);
            assertThat(vote(jenkins, "manager", "+1", digest).getStatusCode()).isEqualTo(403);
            assertThat(vote(jenkins, "alice", "+1", other).getStatusCode()).isIn(400, 409);
            assertThat(vote(jenkins, "alice", "+7", digest).getStatusCode()).isEqualTo(400);
            assertThat(vote(jenkins, "alice", "-1", digest).getStatusCode())
                    .as("a veto without a reason")
                    .isIn(400, 409);
            try (JenkinsRule.WebClient web = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
                assertThat(web.getPage(web.addCrumb(request(jenkins, "vote?choice=%2B1&digest=" + digest)))
                                .getWebResponse()
                                .getStatusCode())
                        .as("anonymous")
                        .isIn(401, 403);
                web.login("alice");
                assertThat(web.goTo(gate() + "vote?choice=%2B1&digest=" + digest, null)
                                .getWebResponse()
                                .getStatusCode())
                        .as("GET")
                        .isEqualTo(405);
            }
            assertThat(build.getAction(VoteAction.class)
                            .gate("1.3.0-RC1")
                            .vote()
                            .ballots())
                    .isEmpty();

            build.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            assertThat(build.getAction(VoteAction.class)
                            .gate("1.3.0-RC1")
                            .vote()
                            .ballots())
                    .as("an abort is nobody's vote")
                    .isEmpty();
            assertThat(vote(jenkins, "alice", "+1", digest).getStatusCode()).isEqualTo(409);
        });
    }

    private static void secure(JenkinsRule jenkins) {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .toEveryone()
                .grant(VotePermissions.VOTE)
                .everywhere()
                .to("alice", "bob", "carol")
                .grant(VotePermissions.MANAGE, Item.CANCEL)
                .everywhere()
                .to("manager"));
    }

    private static long executorsAtWork(JenkinsRule jenkins) {
        return Stream.of(jenkins.jenkins.getComputers())
                .map(Computer::getExecutors)
                .flatMap(List::stream)
                .filter(Executor::isBusy)
                .count();
    }

    private static void waitForGate(JenkinsRule jenkins, WorkflowRun build) throws Exception {
        jenkins.waitForMessage("Vote on 1.3.0-RC1", build);
    }

    private static String gate() {
        return "job/release/1/darwin-vote/1.3.0-RC1/";
    }

    private static WebRequest request(JenkinsRule jenkins, String path) throws IOException {
        return new WebRequest(new URL(jenkins.getURL(), gate() + path), HttpMethod.POST);
    }

    private static WebResponse vote(JenkinsRule jenkins, String voter, String choice, String digest) throws Exception {
        try (JenkinsRule.WebClient web =
                jenkins.createWebClient().login(voter).withThrowExceptionOnFailingStatusCode(false)) {
            return web.getPage(web.addCrumb(
                            request(jenkins, "vote?choice=" + choice.replace("+", "%2B") + "&digest=" + digest)))
                    .getWebResponse();
        }
    }

    private static String state(JenkinsRule jenkins, String user) throws Exception {
        try (JenkinsRule.WebClient web = jenkins.createWebClient().login(user)) {
            return web.goTo(gate() + "api/json", "application/json")
                    .getWebResponse()
                    .getContentAsString();
        }
    }

    /** The program waits with its arguments alone, and the build says only that it has votes. */
    private static void assertStored(WorkflowRun build) throws IOException {
        Path root = build.getRootDir().toPath();
        assertThat(Files.readString(root.resolve("build.xml")))
                .contains("darwin.jenkins.vote.VoteAction")
                .doesNotContain("Execution<", "alice");
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(ReleaseSite.secrets()).as(file.toString()).noneMatch(content::contains);
            }
        }
    }
}
