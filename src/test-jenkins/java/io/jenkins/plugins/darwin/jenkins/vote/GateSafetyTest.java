package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import hudson.model.Result;
import hudson.model.TaskListener;
import hudson.model.User;
import hudson.security.AbstractPasswordBasedSecurityRealm;
import hudson.security.GroupDetails;
import hudson.security.SecurityRealm;
import hudson.tasks.Mailer;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.darwin.jenkins.config.DarwinReleasesConfiguration;
import io.jenkins.plugins.darwin.jenkins.run.Phase;
import io.jenkins.plugins.darwin.jenkins.run.ReleaseAction;
import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.testing.Fault;
import io.jenkins.plugins.darwin.testing.StepClock;
import io.jenkins.plugins.darwin.vote.Choice;
import io.jenkins.plugins.darwin.vote.Outcome;
import io.jenkins.plugins.darwin.vote.VoteEvent.Ballot;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** What people without rights, damaged files, ended builds and servers that are down may not do to a vote. */
@WithJenkins
class GateSafetyTest {
    private static final String POLICY = "version: '1.3.0', voters: ['alice', 'bob', 'carol'], quorum: 2";

    @TempDir
    Path temp;

    private VoteSite votes;

    @BeforeEach
    void start() throws Exception {
        votes = VoteSite.start(temp);
    }

    @AfterEach
    void stop() {
        votes.close();
    }

    /** Whoever may only look must not make the controller log in to a registry. */
    @Test
    void whoMayNotCloseAsksNoServer(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY);
        int before = votes.site().proxy().requests().size();
        assertThat(votes.post(build, "dave", "close", Map.of()).getStatusCode()).isEqualTo(403);
        assertThat(votes.site().proxy().requests()).hasSize(before);
        build.doKill();
    }

    /** What the step that signs returns is what the vote takes. */
    @Test
    void takesTheReferenceThatSigningReturned(JenkinsRule jenkins) throws Exception {
        String reference = votes.site().proxy().host() + "/staging/darwin-release@" + votes.digest();
        WorkflowRun build = votes.open(jenkins, POLICY + ", reference: '" + reference + "'");
        assertThat(VoteSite.gate(build).header().digest()).isEqualTo(votes.digest());
        ReleaseAction page = build.getAction(ReleaseAction.class);
        page.cutOff(); // what a step on an agent does in another branch, when Jenkins was restarted
        assertThat(page.getPhases()).extracting(Phase::getState).containsExactly(Phase.State.RUNNING);
        build.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertThat(page.getPhases()).extracting(Phase::getState).containsExactly(Phase.State.STOPPED);
    }

    /** Who was locked out since has left, as far as the vote is concerned; and nobody waits for the realm to think otherwise. */
    @Test
    void accountsThatAreLockedOutDoNotBind(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY + ", minHours: 1");
        for (String voter : List.of("alice", "bob", "carol")) {
            votes.vote(build, voter, "0");
        }
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build)); // everybody has voted
        VoteGate gate = VoteSite.gate(build);
        jenkins.jenkins.setSecurityRealm(new LockedOut());
        Predicate<String> eligible =
                new Electorate(gate.header(), build.getParent()).eligible(Set.of("alice", "bob", "carol", "dave"));
        assertThat(Stream.of("alice", "bob", "carol", "dave").filter(eligible)).containsExactly("alice");
        assertThat(User.getById("dave", false)).as("asking leaves no trace").isNull();
    }

    /** A gate that hangs at a server takes one thread, not all of them, however many ballots come in meanwhile. */
    @Test
    void aGateAtWorkHoldsUpNoOther(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY);
        awaitFirstLook(build);
        VoteGate gate = VoteSite.gate(build);
        CountDownLatch other = new CountDownLatch(1);
        synchronized (gate.work()) {
            for (int i = 0; i < 20; i++) {
                String id = "ballot-" + i;
                gate.change(v -> v.cast(
                        new Ballot(id, "alice", Choice.ZERO, id, Map.of(), gate.now(), v.digest(), Optional.empty())));
            }
            GateWorker.submit(other::countDown);
            assertThat(other.await(10, TimeUnit.SECONDS)).isTrue();
        }
        jenkins.waitForMessage("ballot-19", build);
        build.doKill();
    }

    /** "Reload configuration from disk" and the job's own reload leave the vote where it is. */
    @Test
    void aReloadFromDiskKeepsTheVote(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY);
        votes.vote(build, "alice", "+1");
        jenkins.jenkins.reload();
        WorkflowJob job = jenkins.jenkins.getItemByFullName("gate", WorkflowJob.class);
        job.doReload();
        WorkflowRun again = job.getBuildByNumber(1);
        assertThat(VoteSite.gate(again).vote().counting()).containsOnlyKeys("alice");
        votes.vote(again, "bob", "+1");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(again));
        jenkins.assertLogContains("OUTCOME PASSED", again);
    }

    /** A reminder that is due while the security realm is down comes when it is up again, and once. */
    @Test
    void aReminderWaitsForTheSecurityRealm(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY);
        awaitFirstLook(build);
        VoteGate gate = VoteSite.gate(build);
        User.getById("alice", true).addProperty(new Mailer.UserProperty("alice@example.org"));
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        GateNotices notices = new GateNotices(gate, build, new StreamTaskListener(console, StandardCharsets.UTF_8));
        Instant half = gate.vote()
                .opened()
                .plus(Duration.between(gate.vote().opened(), gate.vote().deadline())
                        .dividedBy(2));
        SecurityRealm up = jenkins.jenkins.getSecurityRealm();
        jenkins.jenkins.setSecurityRealm(new LockedOut() {
            @Override
            public UserDetails loadUserByUsername2(String username) {
                throw new IllegalStateException("no LDAP today");
            }
        });
        assertThatThrownBy(() -> notices.remind(half))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("no LDAP today");
        jenkins.jenkins.setSecurityRealm(up);
        notices.remind(half);
        notices.remind(half.plusSeconds(60));
        assertThat(console.toString(StandardCharsets.UTF_8))
                .as("there is no mail server here")
                .containsOnlyOnce("No mail was sent");
        notices.remind(gate.vote().deadline().minusSeconds(3600));
        assertThat(console.toString(StandardCharsets.UTF_8).lines().filter(l -> l.startsWith("No mail was sent")))
                .hasSize(2);
        build.doKill();
    }

    /** Knows all, has switched Bob's account off, and says so of Carol's in another way. */
    private static class LockedOut extends AbstractPasswordBasedSecurityRealm {
        @Override
        protected UserDetails authenticate2(String username, String password) {
            return loadUserByUsername2(username);
        }

        @Override
        public UserDetails loadUserByUsername2(String username) {
            if (username.equals("carol")) {
                throw new LockedException("five wrong passwords");
            }
            return new org.springframework.security.core.userdetails.User(
                    username, "", !username.equals("bob"), true, true, true, Set.of(AUTHENTICATED_AUTHORITY2));
        }

        @Override
        public GroupDetails loadGroupByGroupname2(String group, boolean fetchMembers) {
            throw new UsernameNotFoundException(group);
        }
    }

    @Test
    void aPipelineNamesNoFolderOfTheController(JenkinsRule jenkins) throws Exception {
        Path other = Files.createDirectories(temp.resolve("other.git"));
        for (String given : new String[] {
            "repository: '" + other + "'",
            "repository: '" + other.toUri().toString().replace("file:///", "file:/") + "'",
            "repository: 'git@127.0.0.1:other.git'",
            "reference: 'oci-layout:" + temp + "/darwin-release:1.3.0-RC1'"
        }) {
            WorkflowRun build = votes.run(jenkins, "version: '1.3.0', " + given);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("A vote reads the", build);
            build.getParent().delete();
        }
    }

    /** Whoever writes a pipeline may name any server: it must not be told the password of the project's registry. */
    @Test
    void credentialsGoToTrunksHostsAlone(JenkinsRule jenkins) throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            asked.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"more\"");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        other.start();
        try {
            String place = "127.0.0.1:" + other.getAddress().getPort() + "/staging";
            WorkflowRun build =
                    votes.run(jenkins, POLICY + ", reference: '" + place + "/darwin-release@" + votes.digest() + "'");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("The credentials 'registry' are not used for " + place, build);
            assertThat(asked).isNotEmpty().containsOnly("null");
        } finally {
            other.stop(0);
        }
    }

    /** A Jenkinsfile is written by whoever may push: it may ask for more than trunk, the folder and the controller, not for less. */
    @Test
    void argumentsMakeAPolicyOnlyStricter(JenkinsRule jenkins) throws Exception {
        votes.site()
                .policy(
                        "{ quorum: 2, hours: 48, minHours: 24, voters: [alice, bob, carol], checklist: [installation] }");
        for (Map.Entry<String, String> weaker : Map.of(
                        "quorum: 1",
                        "quorum 1, expected 2",
                        "hours: 47",
                        "hours 47, expected 48",
                        "minHours: 0",
                        "minHours 0, expected 24",
                        "closeEarly: true",
                        "closeEarly true, expected by the default rule",
                        "voters: ['mallory', 'bob']",
                        "voters bob, mallory, expected alice, bob, carol",
                        "checklist: ['nothing']",
                        "a checklist without installation",
                        "graceMinutes: 9",
                        "graceMinutes 9, expected 10",
                        "until: '" + Instant.now().plus(Duration.ofHours(30)) + "'",
                        "it would be open for")
                .entrySet()) {
            WorkflowRun build = votes.run(jenkins, "version: '1.3.0', " + weaker.getKey());
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
            ReleaseSite.assertOneLine(weaker.getKey(), build, weaker.getValue());
            assertThat(VoteSite.gate(build)).isNull();
            build.getParent().delete();
        }
        DarwinReleasesConfiguration.get().getDefaults().setQuorum(1); // an administrator's word counts like trunk's
        WorkflowRun build = ReleaseSite.job(jenkins, "gate", "darwinAwaitVote '1.3.0'")
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("Vote on", build);
        assertThat(VoteSite.gate(build).vote().policy().quorum()).isEqualTo(1);
        build.doKill();
    }

    /** One line of somebody's editor, and the list of builds is still there. */
    @Test
    void aDamagedJournalLeavesThePagesStanding(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY);
        Path folder = VoteSite.gate(build).folder();
        build.doKill();
        jenkins.waitForCompletion(build);
        Files.createDirectories(folder.resolveSibling("1.3.0-RC9"));
        Files.writeString(folder.resolveSibling("1.3.0-RC9").resolve(VoteGate.JOURNAL), "{\"schema\":2}\n");
        VoteAction action = build.getAction(VoteAction.class);
        assertThat(action.ofNode(VoteSite.gate(build).header().node())).isPresent();
        assertThatThrownBy(() -> action.ofNode("999"))
                .as("perhaps this one was opened before")
                .hasMessageContaining("1.3.0-RC9");
        assertThat(action.knows("1.3.0-RC9")).as("no new vote takes its place").isTrue();
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login("dave")) {
            client.setJavaScriptEnabled(false);
            client.goTo(build.getParent().getUrl());
            client.goTo(build.getUrl());
            assertThat(client.goTo(build.getUrl() + VoteAction.URL + "/").asNormalizedText())
                    .contains("1.3.0-RC1", "1.3.0-RC9", "schema");
            client.assertFails(build.getUrl() + VoteAction.URL + "/1.3.0-RC9/", 404);
        }
    }

    /** A build that was killed the hard way tells no step: nothing may come of its vote any more. */
    @Test
    void nothingFollowsFromTheVoteOfAKilledBuild(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY);
        votes.vote(build, "alice", "+1");
        VoteGate gate = VoteSite.gate(build);
        build.doKill();
        jenkins.waitForCompletion(build);
        for (String action : new String[] {"close", "extend", "withdraw"}) {
            assertStatus(409, votes.post(build, "rita", action, Map.of("reason", "because I say so", "hours", "1")));
        }
        assertStatus(409, votes.post(build, "admin", "override", Map.of("reason", "because I say so")));
        gate.change(v -> v.cast(
                new Ballot("late", "bob", Choice.PLUS_ONE, "", Map.of(), gate.now(), v.digest(), Optional.empty())));
        Thread.sleep(2_000); // the step was woken by that
        assertThat(gate.vote().closing()).isEmpty();
        assertThat(gate.isFinished()).isFalse();
        assertThat(build.getAction(ReleaseAction.class).getReleases().get(0).getState())
                .isEqualTo("stopped");
    }

    /** The quorum was there before its time: nobody does anything any more when the time is over, and still the vote ends then. */
    @Test
    void closesByItselfWhenTheShortestTimeIsOver(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY + ", minHours: 1");
        awaitFirstLook(build);
        StepClock clock = votes.site().project().clock();
        clock.set(Instant.now());
        VoteGate gate = new VoteGate(build, VoteSite.gate(build).getId(), clock);
        GateSchedule schedule = new GateSchedule(gate);
        for (String voter : List.of("alice", "bob")) {
            gate.change(v -> v.cast(new Ballot(
                    "of-" + voter, voter, Choice.PLUS_ONE, "", Map.of(), gate.now(), v.digest(), Optional.empty())));
        }
        schedule.changed();
        schedule.advance(build, TaskListener.NULL);
        assertThat(gate.vote().closing()).isEmpty();
        clock.set(Instant.now().plus(Duration.ofMinutes(61)));
        votes.site().proxy().rule(request -> new Fault.CutBefore());
        assertThatThrownBy(() -> schedule.advance(build, TaskListener.NULL))
                .as("the registry is down at that very moment")
                .isInstanceOf(ReleaseException.class);
        votes.site().proxy().heal();
        schedule.advance(build, TaskListener.NULL);
        assertThat(gate.vote().closing().orElseThrow().outcome()).isEqualTo(Outcome.PASSED);
        build.doKill();
    }

    /** The step's own first look is over, and the next is a minute away. */
    private static void awaitFirstLook(WorkflowRun build) throws InterruptedException {
        while (!Files.exists(VoteSite.gate(build).folder().resolve("mail-announced"))) {
            Thread.sleep(50);
        }
    }

    private static void assertStatus(int expected, WebResponse answer) {
        assertThat(answer.getStatusCode()).as(answer.getContentAsString()).isEqualTo(expected);
    }
}
