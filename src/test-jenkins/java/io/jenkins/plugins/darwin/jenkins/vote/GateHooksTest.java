package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hudson.model.Result;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.darwin.jenkins.config.DarwinReleasesConfiguration;
import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who else is told of a vote: a webhook, and other plugins. */
@WithJenkins
class GateHooksTest {
    private static final String POLICY = "version: '1.3.0', voters: ['alice', 'bob'], quorum: 2";
    private static final String SECRET = "Jefe and nobody else";

    /** What came to the chat's server: a path, a time stamp, a signature, a body. */
    private record Told(String path, String time, String signature, byte[] body) {}

    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private HttpServer chat;

    @TempDir
    Path temp;

    private VoteSite votes;

    @BeforeEach
    void start() throws Exception {
        votes = VoteSite.start(temp);
        chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        chat.createContext("/", this::take);
        chat.start();
    }

    @AfterEach
    void stop() {
        chat.stop(0);
        votes.close();
    }

    private void take(HttpExchange exchange) throws IOException {
        told.add(new Told(
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("X-Darwin-Timestamp"),
                exchange.getRequestHeaders().getFirst("X-Darwin-Signature-256"),
                exchange.getRequestBody().readAllBytes()));
        if (exchange.getRequestURI().getPath().equals("/moved")) {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(307, -1);
        } else {
            exchange.sendResponseHeaders(204, -1);
        }
        exchange.close();
    }

    private String hook(String path) {
        return "webhook: 'http://127.0.0.1:" + chat.getAddress().getPort() + path + "'";
    }

    @Test
    void theWebhookGetsEveryEventSigned(JenkinsRule jenkins) throws Exception {
        ReleaseSite.add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "hook", null, Secret.fromString(SECRET)));
        WorkflowRun build = votes.open(jenkins, POLICY + ", webhookSecret: 'hook', " + hook("/chat"));
        assertEvent("opened");
        votes.vote(build, "alice", "+1");
        JsonNode ballot = assertEvent("ballot");
        assertThat(ballot.at("/detail/voter").asText()).isEqualTo("alice");
        assertThat(ballot.at("/vote/digest").asText()).isEqualTo(votes.digest());
        votes.post(build, "rita", "withdraw", Map.of("reason", "a blocker was found"));
        assertEvent("closed");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        assertThat(JenkinsRule.getLog(build)).doesNotContain(SECRET);
    }

    private JsonNode assertEvent(String expected) throws Exception {
        Told event = told.poll(30, TimeUnit.SECONDS);
        assertThat(event).as(expected).isNotNull();
        assertThat(event.signature()).isEqualTo("sha256=" + VoteWebhook.hmac(SECRET, event.time(), event.body()));
        assertThat(Instant.ofEpochSecond(Long.parseLong(event.time())))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        JsonNode body = new ObjectMapper().readTree(event.body());
        assertThat(body.get("event").asText()).isEqualTo(expected);
        return body;
    }

    /** A redirect would carry what was signed for one server to another. */
    @Test
    void theWebhookFollowsNoRedirect(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY + ", " + hook("/moved"));
        assertThat(told.poll(30, TimeUnit.SECONDS).path()).isEqualTo("/moved");
        votes.vote(build, "alice", "+1");
        assertThat(told.poll(30, TimeUnit.SECONDS).path()).isEqualTo("/moved");
        assertThat(told.poll(1, TimeUnit.SECONDS)).isNull();
        build.doKill();
    }

    @Test
    void aWebhookThatCannotWorkIsToldAtOnce(JenkinsRule jenkins) throws Exception {
        for (Map.Entry<String, String> mistake : Map.of(
                        "webhook: 'chat.example.org'",
                        "Not the address of a webhook",
                        hook("/chat") + ", webhookSecret: 'nobody'",
                        "There are no credentials 'nobody'",
                        hook("/chat") + ", webhookSecret: 'registry'",
                        "'registry' are of the wrong kind")
                .entrySet()) {
            WorkflowRun build = votes.run(jenkins, POLICY + ", " + mistake.getKey());
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
            jenkins.assertLogContains(mistake.getValue(), build);
            build.getParent().delete();
        }
        assertThat(told).isEmpty();
    }

    /** Whoever writes a pipeline may name an address; where the controller sends something is for its administrator to say. */
    @Test
    void theWebhookGoesWhereTheAdministratorAllows(JenkinsRule jenkins) throws Exception {
        DarwinReleasesConfiguration.get().setWebhookHosts("chat.example.org, 127.0.0.1");
        WorkflowRun build = votes.open(jenkins, POLICY + ", " + hook("/chat"));
        assertThat(told.poll(30, TimeUnit.SECONDS).path()).isEqualTo("/chat");
        DarwinReleasesConfiguration.get().setWebhookHosts("chat.example.org");
        votes.vote(build, "alice", "+1");
        assertThat(told.poll(2, TimeUnit.SECONDS)).as("the list has changed").isNull();
        build.doKill();
        jenkins.waitForCompletion(build);
        build.getParent().delete();
        WorkflowRun refused = votes.run(jenkins, POLICY + ", " + hook("/chat"));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(refused));
        ReleaseSite.assertOneLine("another host", refused, "The webhook's host 127.0.0.1 is not allowed");
        assertThat(told).isEmpty();
    }

    /** One plugin's listener that falls over keeps nothing from the others, nor from the vote. */
    @Test
    void otherPluginsAreTold(JenkinsRule jenkins) throws Exception {
        Chat.KINDS.clear();
        WorkflowRun build = votes.open(jenkins, POLICY);
        votes.vote(build, "alice", "+1");
        votes.vote(build, "bob", "+1");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(Chat.KINDS)
                .containsExactly(
                        VoteListener.Kind.OPENED,
                        VoteListener.Kind.BALLOT,
                        VoteListener.Kind.BALLOT,
                        VoteListener.Kind.CLOSED);
    }

    /** Built against another version of something. */
    @TestExtension("otherPluginsAreTold")
    public static final class Broken extends VoteListener {
        @Override
        public void onEvent(Run<?, ?> run, String url, Vote vote, Kind kind, VoteEvent event) {
            throw new NoClassDefFoundError("org/example/Chat");
        }
    }

    /** Remembers. */
    @TestExtension("otherPluginsAreTold")
    public static final class Chat extends VoteListener {
        static final List<Kind> KINDS = new CopyOnWriteArrayList<>();

        @Override
        public void onEvent(Run<?, ?> run, String url, Vote vote, Kind kind, VoteEvent event) {
            KINDS.add(kind);
        }
    }
}
