package io.jenkins.plugins.darwin.jenkins.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.registry.Repository;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.TestKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real controller is killed at random moments while fifty clients vote, every other time around the moment when the vote closes:
 * no ballot that was acknowledged is lost, changed or doubled, the deadline stays, and each vote closes and is recorded once.
 * docs/contributing.md says how to run it; {@code controller.kills} says how often it kills, {@code controller.seed} repeats a run.
 */
@EnabledIfSystemProperty(named = "controller.war", matches = ".+")
@EnabledIfSystemProperty(named = "controller.plugins", matches = ".+")
class KilledVoteIT {
    private static final int CLIENTS = 50;
    private static final String CANDIDATE = "1.3.0-RC1";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temp;

    private final Random random = new Random(Long.getLong("controller.seed", System.nanoTime()));
    private RealController controller;
    private Repository staging;
    private Digest digest;
    private int acknowledged;
    private int keptUntold;
    private int killedClosing;

    @Test
    void losesNoBallotThatItAcknowledged(TestReporter reporter) throws Exception {
        int kills = Integer.getInteger("controller.kills", 30);
        try (RealRegistry registry = RealRegistry.start(temp.resolve("server"))) {
            ReleaseFixture project = ReleaseFixture.create(
                    temp.resolve("project"),
                    registry.host() + "/staging",
                    registry.host() + "/darwin",
                    RegistryOptions.defaults());
            project.cut();
            project.build();
            digest = project.sign().result().digest();
            staging = Registries.open(registry.host() + "/staging", RegistryOptions.defaults())
                    .repository("darwin-release");
            try (RealController running = RealController.start(
                    Path.of(System.getProperty("controller.war")),
                    Path.of(System.getProperty("controller.plugins")),
                    Path.of("target/darwin-release.hpi"),
                    temp.resolve("home"),
                    setUp(registry.host() + "/staging/darwin-release:" + CANDIDATE))) {
                controller = running;
                for (int build = 1; build <= kills; build++) {
                    round(build, build % 2 == 0);
                    assertThat(controller.severe()).isEmpty();
                }
            }
        }
        reporter.publishEntry(
                "killed votes",
                "%d kills (%d between closing and the end of its publication), %d ballots acknowledged, %d more on the disk"
                        .formatted(kills, killedClosing, acknowledged, keptUntold));
        assertThat(acknowledged).as("ballots that a kill could have lost").isGreaterThan(kills * CLIENTS / 2);
    }

    private void round(int build, boolean closing) throws Exception {
        new VoteClient(controller, build, 0).startBuild();
        JsonNode opened = new VoteClient(controller, build, 1).awaitGate();

        // One of them never votes while the vote has to stay open.
        List<VoteClient> voters = clients(build, closing ? CLIENTS : CLIENTS - 1);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        List<Future<Void>> voting = voters.stream()
                .map(v -> threads.submit(() -> v.voteUntilKilled(closing)))
                .toList();
        if (closing) {
            long end = System.nanoTime() + 30_000_000_000L;
            while (voters.stream().filter(v -> !v.acknowledged().isEmpty()).count() < CLIENTS - 2
                    && System.nanoTime() < end) {
                Thread.sleep(10);
            }
        }
        Thread.sleep(random.nextInt(closing ? 500 : 2500));
        controller.kill();
        for (Future<Void> one : voting) {
            one.get();
        }
        threads.shutdown();
        Map<String, String> told = new HashMap<>();
        voters.forEach(v -> told.putAll(v.acknowledged()));
        check(build, told);
        if (closings(build) == 1 && !Files.exists(journal(build).resolveSibling("finished"))) {
            killedClosing++;
        }

        controller.start();
        JsonNode again = new VoteClient(controller, build, 1).awaitGate();
        assertThat(again.path("deadline")).isEqualTo(opened.path("deadline"));
        assertThat(again.path("opened")).isEqualTo(opened.path("opened"));
        for (VoteClient voter : voters) { // who got no answer asks again, and is counted once
            voter.repeatUnanswered();
            told.putAll(voter.acknowledged());
        }
        for (VoteClient voter : clients(build, CLIENTS)) {
            voter.approve();
            told.putAll(voter.acknowledged());
        }
        VoteClient administrator = new VoteClient(controller, build, 0);
        assertThat(administrator.awaitResult()).as(administrator.console()).isEqualTo("SUCCESS");
        assertThat(administrator.console().lines().filter(l -> l.equals("RETURNED PASSED")))
                .hasSize(1);
        keptUntold += check(build, told);
        assertThat(closings(build)).isEqualTo(1);
        acknowledged += told.size();
        recordedOnce(build);
    }

    private List<VoteClient> clients(int build, int number) {
        return IntStream.rangeClosed(1, number)
                .mapToObj(i -> new VoteClient(controller, build, i))
                .toList();
    }

    /** @return how many ballots are on the disk that nobody was told of */
    private int check(int build, Map<String, String> told) throws IOException {
        Map<String, String> stored = new HashMap<>();
        for (JsonNode event : events(build)) {
            if (event.path("type").asText().equals("ballot")) {
                String before = stored.put(
                        event.path("id").asText(),
                        event.path("voter").asText() + " "
                                + event.path("choice").asText());
                assertThat(before)
                        .as("the same ballot twice in build %d", build)
                        .isNull();
            }
        }
        assertThat(stored).as("ballots of build %d", build).containsAllEntriesOf(told);
        return stored.size() - told.size();
    }

    private long closings(int build) throws IOException {
        return events(build).stream()
                .filter(e -> e.path("type").asText().equals("closing"))
                .count();
    }

    /** Behind the last whole line may stand what nobody was told of. */
    private List<JsonNode> events(int build) throws IOException {
        String text = Files.readString(journal(build));
        List<JsonNode> events = new ArrayList<>();
        for (String line :
                text.substring(0, text.lastIndexOf('\n') + 1).lines().skip(1).toList()) {
            events.add(JSON.readTree(line));
        }
        return events;
    }

    private Path journal(int build) {
        return controller.home().resolve("jobs/kill/builds/" + build + "/darwin-vote/" + CANDIDATE + "/votes.jsonl");
    }

    /** In the build's archive, and as one signed artifact at the candidate. */
    private void recordedOnce(int build) throws Exception {
        byte[] record = Files.readAllBytes(journal(build).resolveSibling("votes.json"));
        assertThat(controller
                        .home()
                        .resolve("jobs/kill/builds/" + build + "/archive/vote/" + CANDIDATE + "/votes.json"))
                .hasBinaryContent(record);
        String sha =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(record));
        assertThat(staging.referrers(digest).stream()
                        .map(r -> new String(
                                staging.manifest(r.digest().toString())
                                        .orElseThrow()
                                        .raw(),
                                StandardCharsets.UTF_8))
                        .filter(manifest -> manifest.contains(sha)))
                .as("records of build %d", build)
                .hasSize(1);
    }

    private static String setUp(String reference) {
        String voters =
                IntStream.rangeClosed(1, CLIENTS).mapToObj(i -> "'v" + i + "'").collect(Collectors.joining(", "));
        return """
                import com.cloudbees.plugins.credentials.*
                import hudson.security.*
                import hudson.util.Secret
                import io.jenkins.plugins.darwin.jenkins.credentials.SigningKeyCredentials
                import jenkins.model.Jenkins
                import jenkins.security.ApiTokenProperty
                import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
                import org.jenkinsci.plugins.workflow.job.WorkflowJob
                def jenkins = Jenkins.get()
                if (jenkins.getItem('kill') != null) { return }
                def realm = new HudsonPrivateSecurityRealm(false, false, null)
                (0..%d).each {
                    def user = realm.createAccount('v' + it, 'password')
                    user.getProperty(ApiTokenProperty).addFixedNewToken('test', '11' + String.format('%%032x', it))
                    user.save()
                }
                jenkins.setSecurityRealm(realm)
                jenkins.setAuthorizationStrategy(new FullControlOnceLoggedInAuthorizationStrategy())
                def store = SystemCredentialsProvider.getInstance()
                store.credentials.add(new SigningKeyCredentials(CredentialsScope.GLOBAL, 'release-key', null, Secret.fromString('''%s'''), Secret.fromString('%s')))
                store.save()
                def job = jenkins.createProject(WorkflowJob, 'kill')
                job.definition = new CpsFlowDefinition(\"""def r = darwinAwaitVote version: '1.3.0', reference: '%s', quorum: %d, hours: 240,
                    minHours: 0, graceMinutes: 0, signingKey: 'release-key', voters: [%s]
                    echo 'RETURNED ' + r.outcome\""", true)
                job.save()
                jenkins.save()
                """.formatted(CLIENTS, ReleaseFixture.key().secret(), TestKey.PASSPHRASE, reference, CLIENTS, voters);
    }
}
