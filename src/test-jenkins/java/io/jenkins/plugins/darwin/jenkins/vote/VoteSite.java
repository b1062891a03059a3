package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import io.jenkins.plugins.darwin.registry.ArtifactManifest;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.RegistryAuth;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.vote.Choice;
import io.jenkins.plugins.darwin.vote.VoteEvent.Ballot;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** A signed candidate, a controller with people, and a build that waits for their votes. */
final class VoteSite implements AutoCloseable {
    private final ReleaseSite site;
    private final String digest;
    private JenkinsRule jenkins;

    private VoteSite(ReleaseSite site, String digest) {
        this.site = site;
        this.digest = digest;
    }

    /** Asks for little, so that each test's own arguments are stricter. */
    private static final String TRUNK =
            "{ quorum: 1, hours: 1, minHours: 0, graceMinutes: 0, checklist: [installation] }";

    static VoteSite start(Path dir) throws Exception {
        ReleaseSite site = ReleaseSite.start(dir);
        site.policy(TRUNK);
        site.project().cut();
        site.project().build();
        return new VoteSite(site, site.project().sign().result().digest().toString());
    }

    /** What there is to vote on. */
    String digest() {
        return digest;
    }

    ReleaseSite site() {
        return site;
    }

    /** Alice, Bob and Carol may vote, Dave may only look and abort, Rita manages, and there is an administrator. */
    WorkflowRun open(JenkinsRule rule, String arguments) throws Exception {
        WorkflowRun build = run(rule, arguments);
        rule.waitForMessage("Vote on", build);
        while (gate(build) == null) {
            Thread.sleep(50);
        }
        return build;
    }

    /** A build that begins a vote, and may fail at it. */
    WorkflowRun run(JenkinsRule rule, String arguments) throws Exception {
        prepare(rule);
        String all = arguments + (arguments.matches(".*\\b(hours|until):.*") ? "" : ", hours: 48");
        WorkflowJob job = ReleaseSite.job(
                rule, "gate", "def r = darwinAwaitVote(" + all + "); echo \"OUTCOME ${r.outcome} ${r.reasons}\"");
        return job.scheduleBuild2(0).waitForStart();
    }

    /** The people, and the credentials and defaults of the site. */
    void prepare(JenkinsRule rule) throws Exception {
        jenkins = rule;
        site.configure();
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.CANCEL)
                .everywhere()
                .toEveryone()
                .grant(VotePermissions.VOTE)
                .everywhere()
                .to("alice", "bob", "carol")
                .grant(VotePermissions.MANAGE)
                .everywhere()
                .to("rita"));
    }

    /** A vote of a build beside its first, under the same rules, whose time a test sets: the pipeline knows nothing of it. */
    static VoteGate beside(WorkflowRun build, Clock clock) {
        String line = gate(build).header().toLine().replace("\"id\":\"1.3.0-RC1\"", "\"id\":\"1.3.0-RC1-2\"");
        return VoteGate.open(build, GateHeader.parse(line), clock);
    }

    /** A ballot that does not come by HTTP. */
    static void count(VoteGate gate, String voter, Choice choice) {
        gate.change(v -> v.cast(new Ballot(
                "of-" + voter + "-" + v.events().size(),
                voter,
                choice,
                "because I tried it",
                Map.of(),
                gate.now(),
                v.digest(),
                Optional.empty())));
    }

    static VoteGate gate(WorkflowRun build) {
        VoteAction action = build.getAction(VoteAction.class);
        return action == null || action.getGates().isEmpty()
                ? null
                : action.getGates().get(0);
    }

    /** What a request is answered, by a browser with a session and a crumb; without either for nobody. */
    WebResponse post(WorkflowRun build, String user, String action, Map<String, String> fields) throws Exception {
        return send(build, user, action, fields, user != null);
    }

    WebResponse send(WorkflowRun build, String user, String action, Map<String, String> fields, boolean crumb)
            throws Exception {
        try (JenkinsRule.WebClient client = client(user)) {
            return send(client, build, action, fields, crumb);
        }
    }

    /** A browser in which somebody is logged in, or nobody for null. */
    JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.setThrowExceptionOnFailingStatusCode(false);
        client.setJavaScriptEnabled(false);
        return user == null ? client : client.login(user);
    }

    WebResponse send(
            JenkinsRule.WebClient client, WorkflowRun build, String action, Map<String, String> fields, boolean crumb)
            throws Exception {
        WebRequest request =
                new WebRequest(new URL(jenkins.getURL(), gate(build).getUrl() + action), HttpMethod.POST);
        request.setCharset(StandardCharsets.UTF_8);
        request.setRequestParameters(new java.util.ArrayList<>(fields.entrySet().stream()
                .map(e -> new NameValuePair(e.getKey(), e.getValue()))
                .toList()));
        if (crumb) {
            client.addCrumb(request);
        }
        return client.getPage(request).getWebResponse();
    }

    /** A ballot that is counted. */
    void vote(WorkflowRun build, String user, String choice) throws Exception {
        WebResponse answer = post(build, user, "vote", ballot(build, choice, "because I tried it"));
        assertThat(answer.getStatusCode()).as(answer.getContentAsString()).isIn(200, 201);
    }

    static Map<String, String> ballot(WorkflowRun build, String choice, String reason) {
        return new java.util.HashMap<>(Map.of(
                "choice",
                choice,
                "reason",
                reason,
                "digest",
                gate(build).header().digest()));
    }

    /** Somebody moves the candidate's name in staging to something else. */
    void replaceCandidate() {
        RegistryOptions options =
                RegistryOptions.defaults().withAuth(new RegistryAuth(RealRegistry.USER, RealRegistry.PASSWORD));
        Registries.open(site.proxy().host() + "/staging", options)
                .repository("darwin-release")
                .tag(ArtifactManifest.ofType("application/vnd.example.other").build(), "1.3.0-RC1");
    }

    @Override
    public void close() {
        site.close();
    }
}
