package io.jenkins.plugins.darwin.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.MaterialVerifier;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.testing.TestKey;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A statement is what was signed, on what it was signed on, by whom KEYS knows; or it is nothing. */
class BundleTest {
    private static final Instant NOW = Instant.parse("2025-06-02T08:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final TestKey KEY = TestKey.make("Asha");
    private static final DetachedSigner SIGNER = KEY.signer(CLOCK);
    private static final Digest CANDIDATE = Digest.sha256("a candidate".getBytes(StandardCharsets.UTF_8));
    private static final Digest MANIFEST = Digest.sha256("a manifest".getBytes(StandardCharsets.UTF_8));
    private static final Attestation ON = on("1.3.0-RC1", CANDIDATE);

    private static Attestation on(String candidate, Digest digest) {
        return new Attestation("darwin", CandidateId.ofTag(candidate).orElseThrow(), digest, "darwin-release");
    }

    private static MaterialVerifier keys(TestKey key, Clock clock) {
        return SignatureVerifier.of(key.publicKey(), clock).material();
    }

    private static byte[] signed(Attestation on, DetachedSigner signer) {
        EvidenceKind kind = EvidenceKinds.require("load");
        byte[] file = "{\"result\":\"passed\",\"summary\":\"as fast as before\",\"ms\":12.50}"
                .getBytes(StandardCharsets.UTF_8);
        return on.sign(
                        kind,
                        kind.predicate(file, "load.json"),
                        Optional.of(Attestation.Source.of("load.json", file)),
                        NOW,
                        signer)
                .toJson();
    }

    private static Evidence read(byte[] bundle) {
        return ON.read(bundle, MANIFEST, keys(KEY, CLOCK));
    }

    /** Takes the payload out, changes it, and puts it back under the old signature. */
    private static byte[] changed(byte[] bundle, String from, String to) {
        String json = new String(bundle, StandardCharsets.UTF_8);
        String payload = json.replaceFirst("(?s).*\"payload\":\"([^\"]+)\".*", "$1");
        String text = new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        return json.replace(
                        payload,
                        Base64.getEncoder()
                                .encodeToString(text.replace(from, to).getBytes(StandardCharsets.UTF_8)))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void saysWhatWasSignedByWhomAndWhen() {
        Evidence evidence = read(signed(ON, SIGNER));
        assertThat(evidence.kind()).isEqualTo("load");
        assertThat(evidence.judgement()).isEqualTo(new Judgement(State.PASSED, "as fast as before"));
        assertThat(evidence.made()).contains(NOW);
        assertThat(evidence.file()).contains("load.json");
        assertThat(evidence.check().fingerprint()).isEqualTo(KEY.fingerprint());
        assertThat(evidence.by()).contains("asha@example.org");
    }

    /** Numbers are somebody's measurement: 12.50 is not 12.5. */
    @Test
    void whatIsStatedIsKeptToTheLastDigit() {
        String json = new String(signed(ON, SIGNER), StandardCharsets.UTF_8);
        String payload = json.replaceFirst("(?s).*\"payload\":\"([^\"]+)\".*", "$1");
        assertThat(new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8))
                .contains("12.50");
    }

    @Test
    void theSameStatementIsTheSameBytes() {
        assertThat(signed(ON, SIGNER)).isEqualTo(signed(ON, SIGNER));
    }

    @Test
    void aChangedStatementIsNobodys() {
        byte[] bundle = changed(signed(ON, SIGNER), "\"passed\"", "\"failed\"");
        assertThatThrownBy(() -> read(bundle)).hasMessageContaining("no trusted key made its signature");
    }

    @Test
    void aStatementOnAnotherCandidateIsRefused() {
        byte[] other = signed(on("1.3.0-RC1", Digest.sha256(new byte[] {1})), SIGNER);
        assertThatThrownBy(() -> read(other)).hasMessageContaining("not on " + CANDIDATE);
        byte[] renamed = signed(on("1.3.0-RC2", CANDIDATE), SIGNER);
        assertThatThrownBy(() -> read(renamed)).hasMessageContaining("candidate 1.3.0-RC2, not 1.3.0-RC1");
    }

    @Test
    void aStrangersKeyCountsForNothing() {
        byte[] bundle = signed(ON, TestKey.make("Mallory").signer(CLOCK));
        assertThatThrownBy(() -> read(bundle)).hasMessageContaining("no trusted key made its signature");
    }

    /** Before the key was made: an old date would let a key of today speak about the past. */
    @Test
    void aStatementOlderThanItsKeyIsRefused() {
        EvidenceKind kind = EvidenceKinds.require("json");
        byte[] bundle = ON.sign(
                        kind,
                        kind.predicate("{}".getBytes(StandardCharsets.UTF_8), "x"),
                        Optional.empty(),
                        Instant.parse("2024-01-01T00:00:00Z"),
                        SIGNER)
                .toJson();
        assertThatThrownBy(() -> read(bundle)).hasMessageContaining("older than its key");
    }

    @Test
    void anotherTypeOfPayloadIsNoStatement() {
        String json = new String(signed(ON, SIGNER), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Bundle.parse(json.replace("application/vnd.in-toto+json", "text/plain")
                        .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("payloadType application/vnd.in-toto+json, found text/plain");
        assertThatThrownBy(() -> Bundle.parse("{\"mediaType\":\"x\"}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("found x");
        assertThatThrownBy(() -> Bundle.parse("[]".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("expected a JSON object");
    }

    /** Of two members with one name, two readers may take two. */
    @Test
    void aMemberThatStandsThereTwiceIsRefused() {
        assertThatThrownBy(() ->
                        Statement.parse("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[],\"subject\":[1]}"
                                .getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("Duplicate");
    }

    /** What ends like the trailer of an OpenPGP signature could be shown as one; JSON can't end so. */
    @Test
    void theKeySignsNothingButJson() {
        for (byte[] bad :
                new byte[][] {{}, "{}x".getBytes(StandardCharsets.UTF_8), {'{', '}', 4, (byte) 0xFF, 0, 0, 0, 9}}) {
            assertThatThrownBy(() -> SIGNER.signStatement(ON.signedFor(), bad))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("expected a JSON object");
        }
    }

    /** Tools such as cosign write no annotations: who, and on what, is in the statement all the same. */
    @Test
    void aStatementOfAnotherToolIsReadWithoutADate() {
        Statement plain = new Statement(
                java.util.List.of(new Statement.Subject("x", CANDIDATE, java.util.Map.of())),
                "https://example.org/audit/v1",
                Documents.object("{\"by\":\"us\"}".getBytes(StandardCharsets.UTF_8), "x"));
        Evidence evidence = read(Bundle.sign(plain, SIGNER, ON.signedFor()).toJson());
        assertThat(evidence.kind()).isEqualTo("https://example.org/audit/v1");
        assertThat(evidence.made()).isEmpty();
        assertThat(evidence.judgement().state()).isEqualTo(State.STATED);
    }
}
