package io.jenkins.plugins.darwin.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.SignatureCheck.State;
import io.jenkins.plugins.darwin.testing.TestKey;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A signature counts for the one thing that it was made for. */
class SignedForTest {
    private static final TestKey KEY = TestKey.make("Rita");
    private static final byte[] CONTENT = "the same bytes".getBytes(StandardCharsets.UTF_8);
    private static final CandidateId RC1 = CandidateId.parse("1.3.0-RC1");
    private static final SignedFor FILE = SignedFor.file("demo", RC1, "demo-1.3.0.tgz");
    private static final Digest DIGEST = Digest.sha256(CONTENT);

    private final DetachedSigner signer = KEY.signer(Clock.systemUTC());
    private final SignatureVerifier verifier = SignatureVerifier.of(KEY.publicKey(), Clock.systemUTC());

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void countsForItsOwnPurposeAlone(Purpose made) {
        String signature = DetachedSigner.signBytes(signer, new SignedFor(made, "demo", "1.3.0-RC1", "name"), CONTENT);
        for (Purpose expected : Purpose.values()) {
            SignatureCheck check =
                    verifier.verify(signature, new SignedFor(expected, "demo", "1.3.0-RC1", "name"), CONTENT);
            assertThat(check.state()).isEqualTo(expected == made ? State.GOOD : State.OTHER_PURPOSE);
            assertThat(check.acceptable()).isEqualTo(expected == made);
            if (expected != made) {
                assertThat(check.detail())
                        .isEqualTo("signed as " + made.phrase() + " of demo 1.3.0-RC1, expected " + expected.phrase());
            }
        }
    }

    @Test
    void projectCandidateAndNameCountToo() {
        String signature = DetachedSigner.signBytes(signer, FILE, CONTENT);
        assertThat(verifier.verify(signature, FILE, CONTENT).state()).isEqualTo(State.GOOD);
        says(signature, SignedFor.file("other", RC1, FILE.name()), ", expected a file of other 1.3.0-RC1");
        says(signature, SignedFor.file("demo", RC1.next(), FILE.name()), ", expected a file of demo 1.3.0-RC2");
        says(signature, SignedFor.file("demo", RC1, "evil.tgz"), " named demo-1.3.0.tgz, expected evil.tgz");
        says(signature, SignedFor.vote("demo", RC1.next(), DIGEST), ", expected a vote record of demo 1.3.0-RC2");
    }

    private void says(String signature, SignedFor expected, String end) {
        SignatureCheck check = verifier.verify(signature, expected, CONTENT);
        assertThat(check.state()).isEqualTo(State.OTHER_PURPOSE);
        assertThat(check.detail()).isEqualTo("signed as a file of demo 1.3.0-RC1" + end);
    }

    @Test
    void changedContentIsBadBeforeAnyPurposeIsAsked() {
        String signature = DetachedSigner.signBytes(signer, FILE, CONTENT);
        assertThat(verifier.verify(signature, FILE, new byte[1]).state()).isEqualTo(State.BAD);
    }

    @Test
    void theClaimIsReadWithoutAKey() {
        String signature = DetachedSigner.signBytes(signer, FILE, CONTENT);
        assertThat(SignatureVerifier.claim(signature)).contains(FILE);
        assertThat(SignatureVerifier.claim("nonsense")).isEmpty();
        assertThat(SignatureVerifier.claim(new String(KEY.publicKey(), StandardCharsets.US_ASCII)))
                .isEmpty();
    }

    @Test
    void namesInAllScriptsComeThrough() {
        SignedFor exotic = SignedFor.file("größe", RC1, "日本 😀.tgz");
        String signature = DetachedSigner.signBytes(signer, exotic, CONTENT);
        assertThat(SignatureVerifier.claim(signature)).contains(exotic);
        assertThat(verifier.verify(signature, exotic, CONTENT).state()).isEqualTo(State.GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u0000", "a\u202eb", "a\u200bb", "\ud800", "a\u009bb", "a\u2028b"})
    void whatCantBeShownIsNotSigned(String name) {
        assertThatThrownBy(() -> SignedFor.file("demo", RC1, name))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("Not the name of anything to sign")
                .message()
                .doesNotContain("\n", "\u0000", "\u202e", "\u009b");
    }

    @Test
    void anythingLongIsRefused() {
        assertThat(SignedFor.file("demo", RC1, "ü".repeat(150)).name()).hasSize(150);
        assertThatThrownBy(() -> SignedFor.file("demo", RC1, "ü".repeat(151))).hasMessageContaining("1 to 300 bytes");
        assertThatThrownBy(() -> SignedFor.file(null, RC1, "a")).hasMessageContaining("the project");
    }

    @Test
    void theFactoriesAgreeOnWhatANameIs() {
        assertThat(List.of(
                        SignedFor.candidate("demo", RC1, DIGEST),
                        SignedFor.vote("demo", RC1, DIGEST),
                        SignedFor.promotion("demo", RC1, DIGEST)))
                .allMatch(
                        s -> s.name().equals(DIGEST.toString()) && s.candidate().equals("1.3.0-RC1"))
                .extracting(SignedFor::purpose)
                .containsExactly(Purpose.CANDIDATE, Purpose.VOTE, Purpose.PROMOTION);
        assertThat(SignedFor.tag("demo", RC1, "v1.3.0"))
                .isEqualTo(new SignedFor(Purpose.TAG, "demo", "1.3.0-RC1", "v1.3.0"));
        assertThat(SignedFor.commit("demo", Version.parse("1.3.0"), "release/1.3.0"))
                .isEqualTo(new SignedFor(Purpose.COMMIT, "demo", "1.3.0", "release/1.3.0"));
    }

    /** Whoever has the trailer of one thing can't turn it into that of another. */
    @Test
    void aTrailerThatSaysOneThingAndHoldsAnotherIsRefused() {
        SigningTrailer file = signer.trailer(FILE);
        SigningTrailer lie = new SigningTrailer(SignedFor.vote("demo", RC1, DIGEST), file.created(), file.bytes());
        assertThatThrownBy(() -> signer.sign(lie, lie.digest(CONTENT)))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("Cannot sign a vote record of demo 1.3.0-RC1")
                .hasMessageContaining("trailer");
        assertThat(signer.sign(file, file.digest(CONTENT))).contains("BEGIN PGP SIGNATURE");
    }

    @Test
    void aGuardIsAskedForTrailersAndForSignatures() {
        List<String> asked = new ArrayList<>();
        DetachedSigner guarded = new GuardedSigner(signer, new SigningPolicy() {
            @Override
            public void requireAllowed(SignedFor what) {
                asked.add(what.purpose().word());
                if (what.purpose() != Purpose.FILE) {
                    throw ReleaseException.refused("This step signs files alone, not " + what.phrase() + ".");
                }
            }

            @Override
            public void requireAllowed(SignedFor what, byte[] digest) {
                requireAllowed(what);
                asked.add(digest.length + " bytes");
                Arrays.fill(digest, (byte) 0); // its own copy: what is signed stays as it came
            }
        });
        assertThat(verifier.verify(DetachedSigner.signBytes(guarded, FILE, CONTENT), FILE, CONTENT)
                        .state())
                .isEqualTo(State.GOOD);
        assertThat(asked).containsExactly("file", "file", "64 bytes");
        SignedFor vote = SignedFor.vote("demo", RC1, DIGEST);
        assertThatThrownBy(() -> guarded.trailer(vote)).hasMessageContaining("not a vote record of demo 1.3.0-RC1");
        SigningTrailer got = signer.trailer(vote);
        assertThatThrownBy(() -> guarded.sign(got, got.digest(CONTENT))).hasMessageContaining("files alone");
        assertThat(guarded.fingerprint()).isEqualTo(signer.fingerprint());
        assertThat(guarded.publicKey()).isEqualTo(signer.publicKey());
    }
}
