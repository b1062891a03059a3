package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.sun.net.httpserver.HttpServer;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every event of a vote reaches other plugins, in order, and the webhook, signed. */
@WithJenkins
class GateListenerTest {
    private static final String SECRET = "of-the-webhook";

    @TempDir
    Path temp;

    private final List<Map.Entry<String, byte[]>> hooks = new CopyOnWriteArrayList<>();
    private HttpServer hook;
    private VoteSite votes;

    /** What a chat plugin would be. */
    @TestExtension
    public static final class Heard extends VoteListener {
        final List<String> events = new CopyOnWriteArrayList<>();

        @Override
        public void onEvent(Run<?, ?> run, String url, Vote vote, Kind kind, VoteEvent event) {
            assertThat(url).startsWith(run.getUrl());
            events.add(kind + (event == null ? "" : " " + EventText.of(event)));
        }
    }

    /** One that fails harms neither the vote nor the others. */
    @TestExtension
    public static final class Broken extends VoteListener {
        @Override
        public void onEvent(Run<?, ?> run, String url, Vote vote, Kind kind, VoteEvent event) {
            throw new IllegalStateException("broken on purpose");
        }
    }

    @BeforeEach
    void start() throws Exception {
        votes = VoteSite.start(temp);
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            hooks.add(Map.entry(
                    exchange.getRequestHeaders().getFirst("X-Darwin-Timestamp") + "."
                            + exchange.getRequestHeaders().getFirst("X-Darwin-Signature-256"),
                    body));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        hook.start();
    }

    @AfterEach
    void stop() {
        hook.stop(0);
        votes.close();
    }

    @Test
    void everyEventIsToldOnceAndInOrder(JenkinsRule jenkins) throws Exception {
        ReleaseSite.add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "hook", null, Secret.fromString(SECRET)));
        WorkflowRun build = votes.open(
                jenkins,
                "version: '1.3.0', voters: ['alice', 'bob'], quorum: 2, webhookSecret: 'hook', webhook: 'http://127.0.0.1:"
                        + hook.getAddress().getPort() + "/votes'");
        Map<String, String> first = VoteSite.ballot(build, "-1", "the upgrade loses jobs");
        first.put("id", "form-1");
        votes.post(build, "alice", "vote", first);
        votes.post(build, "alice", "takeBack", Map.of("ballot", "form-1"));
        votes.post(build, "rita", "extend", Map.of("hours", "1", "reason", "one more hour for the upgrade"));
        votes.vote(build, "alice", "+1");
        votes.vote(build, "bob", "+1");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        List<String> heard =
                jenkins.jenkins.getExtensionList(VoteListener.class).get(Heard.class).events;
        assertThat(heard).hasSize(7);
        assertThat(heard.get(0)).isEqualTo("OPENED");
        assertThat(heard.get(1)).isEqualTo("BALLOT alice voted -1: the upgrade loses jobs");
        assertThat(heard.get(2)).isEqualTo("BALLOT_WITHDRAWN alice took the vote back");
        assertThat(heard.get(3)).startsWith("EXTENDED rita gave more time, until ");
        assertThat(heard.get(4)).startsWith("BALLOT alice voted +1");
        assertThat(heard.get(5)).startsWith("BALLOT bob voted +1");
        assertThat(heard.get(6)).startsWith("CLOSED The vote passed");
        for (int i = 0; i < 300 && hooks.size() < 7; i++) {
            Thread.sleep(100);
        }
        assertThat(hooks).hasSize(7);
        for (Map.Entry<String, byte[]> told : hooks) {
            String time = told.getKey().substring(0, told.getKey().indexOf('.'));
            assertThat(told.getKey()).isEqualTo(time + ".sha256=" + hmac(time, told.getValue()));
        }
        assertThat(hooks)
                .extracting(h -> new String(h.getValue(), StandardCharsets.UTF_8)
                        .replaceFirst("^.\"event\":\"(\\w+)\".*(?s).*", "$1"))
                .containsExactlyInAnyOrder(
                        "opened", "ballot", "ballot_withdrawn", "extended", "ballot", "ballot", "closed");
        assertThat(JenkinsRule.getLog(build)).doesNotContain(SECRET);
    }

    /** As a receiver would compute it, not by our own code. */
    private static String hmac(String time, byte[] body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(mac.doFinal(body));
    }
}
