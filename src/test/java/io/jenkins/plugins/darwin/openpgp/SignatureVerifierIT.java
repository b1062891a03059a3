package io.jenkins.plugins.darwin.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.SignatureCheck.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** gpg signs, we judge. */
class SignatureVerifierIT {
    private static final String OWNER = "Rita Release <rita@example.org>";
    private static final byte[] CONTENT = "what was voted on".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "what was voted in".getBytes(StandardCharsets.UTF_8);

    private Gpg gpg;

    @BeforeEach
    void start() throws IOException {
        gpg = new Gpg();
    }

    @AfterEach
    void stop() throws IOException {
        gpg.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa2048", "ed25519", "nistp256"})
    void weVerifyWhatGpgSigns(String algorithm) {
        String fingerprint = gpg.generate(OWNER, algorithm, "sign", "0", "");
        SignatureCheck check = verifier().verifyForeign(sign(), CONTENT);
        assertThat(check.state()).as(check.detail()).isEqualTo(State.GOOD);
        assertThat(check.fingerprint()).isEqualTo(fingerprint);
        assertThat(check.userId()).contains(OWNER);
        assertThat(Duration.between(check.created().get(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(5));
        assertThat(verifier().verifyForeign(sign(), OTHER).state()).isEqualTo(State.BAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA256", "SHA384", "SHA512", "SHA224"})
    void everyStrongHashCounts(String hash) {
        gpg.generate(OWNER, "rsa2048", "sign", "0", "");
        assertThat(verifier()
                        .verifyForeign(sign("--digest-algo", hash), CONTENT)
                        .state())
                .isEqualTo(State.GOOD);
    }

    @Test
    void aBrokenHashProvesNothing() {
        gpg.generate(OWNER, "rsa2048", "sign", "0", "");
        SignatureCheck check = verifier().verifyForeign(sign("--digest-algo", "SHA1"), CONTENT);
        assertThat(check.state()).isEqualTo(State.BAD);
        assertThat(check.detail()).contains("hash that is broken");
    }

    @Test
    void aSubkeySignsForItsPrimary() {
        String fingerprint = gpg.generate(OWNER, "ed25519", "cert", "0", "");
        gpg.ok("--passphrase", "", "--quick-add-key", fingerprint, "ed25519", "sign");
        SignatureCheck check = verifier().verifyForeign(sign(), CONTENT);
        assertThat(check.state()).as(check.detail()).isEqualTo(State.GOOD);
        assertThat(check.fingerprint()).isEqualTo(fingerprint);
    }

    @Test
    void aTextSignatureIsForMailsAlone() {
        gpg.generate(OWNER, "ed25519", "sign", "0", "");
        String signature = sign("--textmode");
        assertThat(verifier().verifyForeign(signature, CONTENT).state()).isEqualTo(State.GOOD);
        assertThat(verifier().verifyForeign(signature, OTHER).state()).isEqualTo(State.BAD);
        SignatureCheck asFile =
                verifier().verify(signature, new SignedFor(Purpose.FILE, "darwin", "1.3.0-RC1", "notes.md"), CONTENT);
        assertThat(asFile.acceptable()).isFalse();
        assertThat(asFile.detail()).contains("not a signature over a file");
    }

    @Test
    void aStrangersKeyIsUnknown() {
        gpg.generate(OWNER, "ed25519", "sign", "0", "");
        String signature = sign();
        String stranger = gpg.generate("Two <two@example.org>", "ed25519", "sign", "0", "");
        SignatureCheck check =
                SignatureVerifier.of(gpg.publicKey(stranger), Clock.systemUTC()).verifyForeign(signature, CONTENT);
        assertThat(check.state()).isEqualTo(State.UNKNOWN_KEY);
        assertThat(check.acceptable()).isFalse();
        assertThat(gpg.fingerprint(OWNER)).endsWith(check.fingerprint());
    }

    @Test
    void aSignatureOutlivesItsKey() {
        gpg.ok("--passphrase", "", "--quick-generate-key", OWNER, "ed25519", "sign", "10y");
        byte[] keys = gpg.publicKey(gpg.fingerprint(OWNER));
        String signature = sign();
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(3660));
        SignatureCheck check = SignatureVerifier.of(keys, later).verifyForeign(signature, CONTENT);
        assertThat(check.state()).isEqualTo(State.EXPIRED_KEY);
        assertThat(check.acceptable()).isTrue();
        assertThat(SignatureVerifier.of(keys, later)
                        .verifyForeign(signature, OTHER)
                        .state())
                .isEqualTo(State.BAD);
    }

    @Test
    void aSignatureMadeAfterExpiryIsNotAccepted() {
        String fingerprint = gpg.generate(OWNER, "ed25519", "sign", "0", "");
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(100));
        SecretKeySigner unlimited = SecretKeySigner.open(gpg.secret(fingerprint, ""), new char[0], later);
        String signature = DetachedSigner.signBytes(unlimited, Gpg.FILE, CONTENT);
        gpg.ok("--quick-set-expire", fingerprint, "10d");
        byte[] keys = gpg.publicKey(fingerprint);
        assertThat(SignatureVerifier.of(keys, later)
                        .verify(signature, Gpg.FILE, CONTENT)
                        .state())
                .isEqualTo(State.MADE_AFTER_EXPIRY);
        assertThat(SignatureVerifier.of(keys, later)
                        .verify(signature, Gpg.FILE, CONTENT)
                        .acceptable())
                .isFalse();
    }

    @Test
    void aRevokedKeyProvesNothing() {
        String fingerprint = gpg.generate(OWNER, "ed25519", "sign", "0", "");
        String signature = sign();
        gpg.ok(gpg.revocation(fingerprint), "--import");
        assertThat(verifier().verifyForeign(signature, CONTENT).state()).isEqualTo(State.REVOKED);
    }

    @Test
    void anExpiredSignatureIsNotGood() {
        gpg.generate(OWNER, "ed25519", "sign", "0", "");
        String signature = sign("--default-sig-expire", "1d");
        byte[] keys = gpg.publicKey(gpg.fingerprint(OWNER));
        assertThat(SignatureVerifier.of(keys, Clock.systemUTC())
                        .verifyForeign(signature, CONTENT)
                        .state())
                .isEqualTo(State.GOOD);
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));
        assertThat(SignatureVerifier.of(keys, later)
                        .verify(signature, Gpg.FILE, CONTENT)
                        .detail())
                .contains("signature expired");
    }

    @Test
    void everyByteOfASignatureCounts() throws IOException {
        gpg.generate(OWNER, "ed25519", "sign", "0", "");
        byte[] binary = gpg.ok(CONTENT, "--detach-sign").out();
        SignatureVerifier verifier = verifier();
        assertThat(verifier.verifyForeign(Keys.armor(binary), CONTENT).state()).isEqualTo(State.GOOD);
        int refused = 0;
        for (int i = 0; i < binary.length; i++) {
            byte[] damaged = binary.clone();
            damaged[i] ^= 1;
            refused += verifier.verifyForeign(Keys.armor(damaged), CONTENT).acceptable() ? 0 : 1;
        }
        // The unhashed area (issuer key ID: 1+1+8 and its 2 of length) and the two bytes of the hash prove nothing by
        // themselves.
        assertThat(refused).isGreaterThanOrEqualTo(binary.length - 14);
    }

    @Test
    void garbageIsNoSignature() {
        gpg.generate(OWNER, "ed25519", "sign", "0", "");
        for (String garbage : new String[] {
            "",
            "hello",
            "-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----\n",
            new String(gpg.publicKey(gpg.fingerprint(OWNER)), StandardCharsets.US_ASCII)
        }) {
            SignatureCheck check = verifier().verifyForeign(garbage, CONTENT);
            assertThat(check.state()).isEqualTo(State.BAD);
            assertThat(check.detail()).isNotBlank().doesNotContain("Exception");
        }
    }

    @Test
    void keysWithoutAKeyAreRefused() {
        assertThatThrownBy(() -> SignatureVerifier.of(
                        "nothing here".getBytes(StandardCharsets.UTF_8), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("KEYS");
    }

    private SignatureVerifier verifier() {
        return SignatureVerifier.of(gpg.publicKey(gpg.fingerprint(OWNER)), Clock.systemUTC());
    }

    private String sign(String... options) {
        String[] args = new String[options.length + 4];
        System.arraycopy(options, 0, args, 0, options.length);
        args[options.length] = "--armor";
        args[options.length + 1] = "--detach-sign";
        args[options.length + 2] = "--output";
        args[options.length + 3] = "-";
        return gpg.run(CONTENT, args).text();
    }
}
