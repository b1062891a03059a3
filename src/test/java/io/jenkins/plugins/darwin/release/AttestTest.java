package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.TestKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence on a candidate, from its file to what a stranger sees of the release; on registries in folders. */
class AttestTest {
    private static final String GOOD = "{\"result\":\"passed\",\"summary\":\"all well\"}";
    private static final String BAD = "{\"result\":\"failed\",\"summary\":\"pods restart\"}";

    @TempDir
    Path temp;

    private ReleaseFixture release;

    private void candidate(String require) {
        release = ReleaseFixture.create(
                temp,
                ReleaseFixture.smallConfig("oci-layout:registry/staging", "oci-layout:registry/release")
                        .replace("checklist: [installation]", "checklist: [installation], require: " + require),
                RegistryOptions.defaults());
        release.cut();
        release.build();
        release.sign();
    }

    private static Attest.Claim claim(String type, String json) {
        return new Attest.Claim(
                type, type + ".json", json.getBytes(StandardCharsets.UTF_8), Optional.empty(), Optional.empty());
    }

    private Outcome<Attest.Result> attest(String name, Attest.Claim claim, DetachedSigner signer) {
        return release.run(w -> new Attest(w, Located.named(w, name), claim, signer));
    }

    private Outcome<Attest.Result> attest(String type, String json) {
        return attest("1.3.0-RC1", claim(type, json), release.signer());
    }

    private Status.CandidateStatus status() {
        return release.with(w -> new Status(w, ReleaseFixture.VERSION).look().candidates())
                .get(0);
    }

    private List<String> evidence(String name) {
        return release
                .with(w -> new Verify(Verify.Options.none(), release.clock(), Progress.silent()).named(w, name))
                .checks()
                .stream()
                .filter(c -> c.name().equals("evidence"))
                .peek(c -> assertThat(c.state()).isEqualTo(Check.State.PASSED))
                .map(c -> c.subject() + ": " + c.detail())
                .toList();
    }

    private Digest digest() {
        return release.with(w -> Located.named(w, "1.3.0-RC1").candidate().digest());
    }

    @Test
    void isSeenByStatusAndVerifyAndMadeOnce() {
        candidate("[]");
        Outcome<Attest.Result> outcome = attest("health", GOOD);
        assertThat(outcome.changes()).extracting(Change::kind).containsExactly("evidence file", "evidence");
        assertThat(outcome.result().state()).isEqualTo("passed");
        assertThat(outcome.result().statement()).isPresent();
        assertThat(status().evidence())
                .extracting(e -> e.type() + " " + e.state() + ": " + e.summary())
                .containsExactly("health passed: all well");
        assertThat(evidence("1.3.0-RC1"))
                .singleElement()
                .asString()
                .startsWith("health health.json: Asha (CODE SIGNING KEY) <asha@example.org> states on ")
                .endsWith("passed, all well");
        assertThat(attest("health", GOOD).kind()).isEqualTo(Outcome.Kind.UNCHANGED);
        assertThat(attest("health", BAD).kind()).isEqualTo(Outcome.Kind.DONE);
        assertThat(status().evidence()).hasSize(2);
    }

    @Test
    void aDryRunStatesNothing() {
        candidate("[]");
        Outcome<Attest.Result> outcome =
                release.with(w -> new Attest(w, Located.named(w, "1.3.0-RC1"), claim("health", GOOD), release.signer())
                        .run(true, Progress.silent()));
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.PLANNED);
        assertThat(outcome.changes()).allMatch(c -> c.state() == Change.State.ABSENT);
        assertThat(status().evidence()).isEmpty();
    }

    /** A run that ended between file and statement goes on from there. */
    @Test
    void aCrashBetweenIsHealed() {
        candidate("[]");
        release.progress(new Progress() {
            @Override
            public Task start(String what, long total, Unit unit) {
                return Progress.silent().start(what, total, unit);
            }

            @Override
            public void message(String line) {
                if (line.startsWith("evidence file")) {
                    throw new IllegalStateException("the machine went down");
                }
            }
        });
        assertThatThrownBy(() -> attest("health", GOOD)).hasMessage("the machine went down");
        release.progress(Progress.silent());
        assertThat(attest("health", GOOD).changes())
                .extracting(c -> c.kind() + " " + c.state() + " " + c.made())
                .containsExactly("evidence file DONE false", "evidence ABSENT true");
    }

    @Test
    void evidenceForAnotherDigestOrCommitIsRefused() {
        candidate("[]");
        String other = Digest.sha256(new byte[] {7}).toString();
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        refused(
                new Attest.Claim("health", "h.json", good, Optional.of(Digest.parse(other)), Optional.empty()),
                "it is for the digest " + other);
        refused(
                new Attest.Claim("health", "h.json", good, Optional.empty(), Optional.of("a".repeat(40))),
                "it is for the commit " + "a".repeat(40));
        refused(claim("health", "{\"result\":\"passed\",\"digest\":\"" + other + "\"}"), "names the digest " + other);
        refused(
                claim("health", "{\"result\":\"passed\",\"candidate\":\"1.3.0-RC2\"}"),
                "names the candidate 1.3.0-RC2");
        refused(claim("load", "{\"result\":\"passed\",\"commit\":\"" + "b".repeat(40) + "\"}"), "names the commit bbb");
        refused(
                claim(
                        "provenance",
                        "{\"buildDefinition\":{\"buildType\":\"t\",\"resolvedDependencies\":[{\"digest\":{\"gitCommit\":\""
                                + "c".repeat(40) + "\"}}]},\"runDetails\":{\"builder\":{\"id\":\"b\"}}}"),
                "built from the commit ccc");
        refused(
                claim(
                        "json",
                        "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"digest\":{\"sha256\":\""
                                + "d".repeat(64) + "\"}}],\"predicateType\":\"x\",\"predicate\":{}}"),
                "a statement on sha256:ddd");
        assertThat(status().evidence()).isEmpty();
        String mine = digest().toString();
        assertThat(attest("health", "{\"result\":\"passed\",\"digest\":\"" + mine + "\"}")
                        .result()
                        .state())
                .isEqualTo("passed");
    }

    private void refused(Attest.Claim claim, String why) {
        assertThatThrownBy(() -> attest("1.3.0-RC1", claim, release.signer()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("is no evidence on 1.3.0-RC1")
                .hasMessageContaining(why);
    }

    @Test
    void whatNobodyWouldBelieveIsNotMade() {
        candidate("[]");
        assertThatThrownBy(() -> attest(
                        "1.3.0-RC1",
                        claim("health", GOOD),
                        TestKey.make("Mallory").signer(release.clock())))
                .hasMessageContaining("would count for nothing")
                .hasMessageContaining("expected a key in KEYS on trunk");
        assertThatThrownBy(() -> attest("vote", "{}")).hasMessageContaining("A vote is stated by the vote itself");
        assertThatThrownBy(() -> attest("1.3.0", claim("health", GOOD), release.signer()))
                .hasMessageContaining("1.3.0 does not exist")
                .hasMessageContaining("name a candidate as 1.3.0-RCn");
        assertThatThrownBy(() -> attest(
                        "1.3.0-RC1",
                        new Attest.Claim(
                                "json",
                                "../x.json",
                                "{}".getBytes(StandardCharsets.UTF_8),
                                Optional.empty(),
                                Optional.empty()),
                        release.signer()))
                .hasMessageContaining("Not a name for a file of evidence");
    }

    /** Whoever may push attaches what he likes: it is skipped, and stops nothing. */
    @Test
    void evidenceOfAnotherCandidateThatSomebodyCopiedDoesNotCount() {
        candidate("[health]");
        attest("health", GOOD);
        var repository = Registries.open(
                        "oci-layout:registry/staging",
                        RegistryOptions.defaults().withLayoutBase(temp))
                .repository("darwin-release");
        var listed = repository.referrers(digest()).stream()
                .filter(d -> d.artifactType().orElse("").contains("sigstore"))
                .findFirst()
                .orElseThrow();
        var bundle = repository
                .manifest(listed.digest().toString())
                .orElseThrow()
                .view()
                .layers()
                .get(0);
        release.commit("release/1.3.0", "fix: one more\n", Map.of("fix.txt", new byte[] {1}));
        release.build();
        release.sign();
        var second = release.with(w -> Located.named(w, "1.3.0-RC2").candidate());
        repository.attach(io.jenkins.plugins.darwin.registry.ArtifactManifest.ofType(
                        io.jenkins.plugins.darwin.attest.Bundle.MEDIA_TYPE)
                .subject(second.manifest().descriptor())
                .layer(bundle)
                .build());
        Status status = release.with(w -> {
            Status look = new Status(w, ReleaseFixture.VERSION);
            Status.CandidateStatus found = look.look().candidates().get(1);
            assertThat(found.evidence()).isEmpty();
            assertThat(found.missing()).containsExactly("1 health, good: there is none");
            return look;
        });
        assertThat(status.warnings())
                .anyMatch(
                        w -> w.contains("Skipped as evidence on 1.3.0-RC2") && w.contains("not on " + second.digest()));
    }

    @Test
    void aVoteCannotPassWithoutTheEvidenceThatTrunkAsksFor() {
        candidate("[sbom, { type: health, hours: 24 }]");
        assertThatThrownBy(() -> release.pass())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("The vote on 1.3.0-RC1 can't be closed as passed")
                .hasMessageContaining("1 sbom, good: there is none")
                .hasMessageContaining("1 health, good, not older than 24 hours: there is none");
        attest("sbom", "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"}");
        attest("health", BAD);
        assertThatThrownBy(() -> release.pass()).hasMessageContaining("it failed: pods restart");
        release.clock().set(release.clock().instant().plusSeconds(1));
        attest("health", GOOD);
        assertThat(release.pass().result().outcome()).contains(io.jenkins.plugins.darwin.vote.Outcome.PASSED);
        // two days later the health of then says nothing any more
        assertThatThrownBy(() -> release.promote())
                .hasMessageContaining("1.3.0-RC1 can't be promoted")
                .hasMessageContaining("older than 24 hours");
    }

    /** Nothing is needed for a vote that does not pass. */
    @Test
    void aVetoNeedsNoEvidence() {
        candidate("[sbom]");
        assertThat(release.veto().result().outcome()).contains(io.jenkins.plugins.darwin.vote.Outcome.VETOED);
    }

    @Test
    void missingEvidenceIsAcceptedWithAReason() {
        candidate("[{ type: health, hours: 24 }]");
        release.clock().set(release.clock().instant().plusSeconds(3600));
        attest("health", GOOD);
        release.pass();
        release.clock().set(release.clock().instant().plusSeconds(48 * 3600));
        Outcome<Promote.Result> outcome = release.run(w -> new Promote(
                w,
                ReleaseFixture.VERSION,
                release.signer(),
                new Promote.Options(
                        Optional.empty(),
                        List.of(),
                        PolicyCheck.trunks().accepting(Optional.of("The cluster is down for repair.")))));
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.DONE);
    }

    /** What is known of a candidate is known of the release, with what its records say. */
    @Test
    void evidenceGoesWhereTheReleaseGoes() {
        candidate("[health]");
        attest("health", GOOD);
        release.pass();
        Outcome<Promote.Result> outcome = release.promote();
        assertThat(outcome.changes()).extracting(Change::kind).contains("evidence", "evidence file", "statement");
        assertThat(evidence("1.3.0"))
                .anyMatch(e -> e.startsWith("health health.json"))
                .anyMatch(e -> e.startsWith("vote: ") && e.endsWith("outcome passed"))
                .anyMatch(e -> e.startsWith("promotion: ") && e.endsWith("tag v1.3.0"))
                .hasSize(3);
        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
        assertThat(attest("1.3.0", claim("load", GOOD), release.signer()).kind())
                .isEqualTo(Outcome.Kind.DONE);
        assertThat(evidence("1.3.0")).hasSize(4);
    }
}
