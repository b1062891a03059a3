package io.jenkins.plugins.darwin.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** gpg makes the keys and judges the signatures; no part of ours is on both sides. */
class SecretKeySignerIT {
    private static final String PASSPHRASE = "päss wörd 1";
    private static final String OWNER = "Rita Release <rita@example.org>";
    private static final byte[] NONE = {};

    private Gpg gpg;

    @TempDir
    Path dir;

    @BeforeEach
    void start() throws IOException {
        gpg = new Gpg();
    }

    @AfterEach
    void stop() throws IOException {
        gpg.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rsa4096",
                "rsa2048",
                "ed25519",
                "nistp256",
                "nistp384",
                "nistp521",
                "brainpoolP256r1",
                "brainpoolP384r1",
                "brainpoolP512r1",
                "secp256k1",
                "dsa2048"
            })
    void gpgVerifiesWhatWeSign(String algorithm) throws Exception {
        String fingerprint = gpg.generate(OWNER, algorithm, "sign", "0", PASSPHRASE);
        SecretKeySigner signer = open(gpg.secret(fingerprint, PASSPHRASE), PASSPHRASE);
        assertThat(signer.fingerprint()).isEqualTo(fingerprint);

        assertGpgAccepts(signer, fingerprint);
    }

    @Test
    void aBinaryKeyWithoutPassphraseWorks() throws Exception {
        String fingerprint = gpg.generate(OWNER, "ed25519", "sign", "0", "");
        byte[] binary = gpg.ok("--export-secret-keys", fingerprint).out();
        assertGpgAccepts(open(binary, ""), fingerprint);
    }

    @Test
    void theNewestSigningSubkeySigns() throws Exception {
        String fingerprint = withSubkeys();
        SecretKeySigner signer = open(gpg.secret(fingerprint, PASSPHRASE), PASSPHRASE);

        assertThat(signer.fingerprint()).isEqualTo(fingerprint);
        assertThat(signer.signingFingerprint()).isNotEqualTo(fingerprint).isEqualTo(signingSubkey());
        assertGpgAccepts(signer, signingSubkey());
    }

    @Test
    void aPrimaryThatIsOnlyAStubLetsItsSubkeySign() throws Exception {
        String fingerprint = withSubkeys();
        byte[] stubbed = gpg.ok("--passphrase", PASSPHRASE, "--armor", "--export-secret-subkeys", fingerprint)
                .out();
        assertGpgAccepts(open(stubbed, PASSPHRASE), signingSubkey());
    }

    @Test
    void aStubWithoutSigningSubkeyIsRefused() {
        String fingerprint = gpg.generate(OWNER, "ed25519", "cert,sign", "0", PASSPHRASE);
        gpg.ok("--passphrase", PASSPHRASE, "--quick-add-key", fingerprint, "cv25519", "encr");
        byte[] stubbed = gpg.ok("--passphrase", PASSPHRASE, "--armor", "--export-secret-subkeys", fingerprint)
                .out();
        refused(stubbed, PASSPHRASE, "only a stub (gnu-dummy)", "not meant for signing");
    }

    @Test
    void aKeyThatMayOnlyCertifyIsRefused() {
        String fingerprint = gpg.generate(OWNER, "ed25519", "cert", "0", PASSPHRASE);
        refused(gpg.secret(fingerprint, PASSPHRASE), PASSPHRASE, "the primary is not meant for signing");
    }

    @Test
    void anExpiredKeyIsRefused() {
        gpg.ok(
                "--faked-system-time",
                "20200101T000000",
                "--passphrase",
                PASSPHRASE,
                "--quick-generate-key",
                OWNER,
                "ed25519",
                "sign",
                "2021-01-01");
        refused(gpg.secret(gpg.fingerprint(OWNER), PASSPHRASE), PASSPHRASE, "expired at 2021-01-01");
    }

    @Test
    void anExpiredSubkeyGivesWayToThePrimary() throws Exception {
        String fingerprint = gpg.generate(OWNER, "ed25519", "cert,sign", "0", PASSPHRASE);
        gpg.ok("--passphrase", PASSPHRASE, "--quick-add-key", fingerprint, "ed25519", "sign", "seconds=1");
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(1));
        SecretKeySigner signer =
                SecretKeySigner.open(gpg.secret(fingerprint, PASSPHRASE), PASSPHRASE.toCharArray(), later);
        assertThat(signer.signingFingerprint()).isEqualTo(fingerprint);
    }

    @Test
    void aRevokedKeyIsRefused() throws Exception {
        String fingerprint = gpg.generate(OWNER, "ed25519", "sign", "0", PASSPHRASE);
        gpg.ok(gpg.revocation(fingerprint), "--import");
        refused(gpg.secret(fingerprint, PASSPHRASE), PASSPHRASE, "is revoked");
    }

    @Test
    void aKeyFromTheFutureIsRefused() {
        String fingerprint = gpg.generate(OWNER, "ed25519", "sign", "0", "");
        byte[] key = gpg.secret(fingerprint, "");
        Clock early = Clock.fixed(Instant.parse("2020-01-01T00:00:00Z"), ZoneOffset.UTC);
        assertThatThrownBy(() -> SecretKeySigner.open(key, new char[0], early))
                .hasMessageContaining("made in the future");
    }

    @Test
    void shortRsaIsRefused() {
        String fingerprint = gpg.generate(OWNER, "rsa1024", "sign", "0", "");
        refused(gpg.secret(fingerprint, ""), "", "RSA of 1024 bits");
        String dsa = gpg.generate("D <d@example.org>", "dsa1024", "sign", "0", "");
        refused(gpg.secret(dsa, ""), "", "DSA of 1024 bits");
    }

    @Test
    void aWrongPassphraseIsToldWithoutSayingIt() {
        byte[] key = gpg.secret(gpg.generate(OWNER, "ed25519", "sign", "0", PASSPHRASE), PASSPHRASE);
        assertThatThrownBy(() -> open(key, "hunter2-wrong"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("passphrase")
                .hasMessageContaining("is wrong")
                .hasMessageNotContaining("hunter2")
                .matches(e -> ((ReleaseException) e).kind() == ReleaseException.Kind.USAGE);
        assertThatThrownBy(() -> open(key, "")).hasMessageContaining("none was given");
    }

    @Test
    void aPublicKeyIsToldApart() {
        byte[] key = gpg.publicKey(gpg.generate(OWNER, "ed25519", "sign", "0", PASSPHRASE));
        assertThatThrownBy(() -> open(key, PASSPHRASE))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("public key only");
    }

    @Test
    void twoKeysInOneFileAreRefused() {
        String first = gpg.generate(OWNER, "ed25519", "sign", "0", "");
        String second = gpg.generate("Two <two@example.org>", "ed25519", "sign", "0", "");
        byte[] both = gpg.ok("--armor", "--export-secret-keys", first, second).out();
        assertThatThrownBy(() -> open(both, "")).hasMessageContaining("holds 2 secret keys");
    }

    @Test
    void aKeyWithOneByteChangedNeverSigns() throws Exception {
        byte[] key = gpg.ok("--export-secret-keys", gpg.generate(OWNER, "ed25519", "sign", "0", ""))
                .out();
        for (int i = 0; i < key.length; i += 7) {
            byte[] damaged = key.clone();
            damaged[i] ^= 1;
            try {
                assertGpgAccepts(SecretKeySigner.open(damaged, new char[0], Clock.systemUTC()), "");
            } catch (ReleaseException told) {
                assertThat(told).hasMessageNotContaining("Exception");
            }
        }
    }

    @Test
    void aSignedTagIsAcceptedByGit() throws Exception {
        String fingerprint = gpg.generate(OWNER, "rsa2048", "sign", "0", PASSPHRASE);
        SecretKeySigner signer = open(gpg.secret(fingerprint, PASSPHRASE), PASSPHRASE);
        git("init", "-q", "-b", "main", ".");
        git(
                "-c",
                "user.name=Rita",
                "-c",
                "user.email=rita@example.org",
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                "feat: begin");
        String head = git("rev-parse", "HEAD").text().strip();
        String payload = "object " + head
                + "\ntype commit\ntag v1.3.0\ntagger Rita Release <rita@example.org> 1780000000 +0000\n\nDarwin v1.3.0\n";
        String tag = payload
                + DetachedSigner.signBytes(
                        signer,
                        new SignedFor(Purpose.TAG, "darwin", "1.3.0-RC1", "v1.3.0"),
                        payload.getBytes(StandardCharsets.UTF_8));

        String id = id(tag);
        git("update-ref", "refs/tags/v1.3.0", id);

        Gpg.Said said = git("tag", "-v", "v1.3.0");
        assertThat(said.exit()).isZero();
        assertThat(said.all()).contains("Good signature from \"" + OWNER);
        String other = id(tag.replace("Darwin v1.3.0", "Darwin v1.3.1"));
        git("update-ref", "refs/tags/v1.3.1", other);
        assertThat(git("tag", "-v", "v1.3.1").exit()).isNotZero();
    }

    @Test
    void itLogsWhatItSignsAndNothingSecret() {
        byte[] key = gpg.secret(gpg.generate(OWNER, "ed25519", "sign", "0", PASSPHRASE), PASSPHRASE);
        List<String> log = new ArrayList<>();
        SecretKeySigner signer = SecretKeySigner.open(key, PASSPHRASE.toCharArray(), Clock.systemUTC(), log::add);
        assertThat(log).as("trying the key is no signing").isEmpty();

        DetachedSigner.signBytes(signer, Gpg.FILE, NONE);

        assertThat(log)
                .singleElement()
                .asString()
                .contains("Signed a file of darwin 1.3.0-RC1, darwin-1.3.0.tgz ")
                .contains(signer.signingFingerprint())
                .doesNotContain("\n")
                .doesNotContain(PASSPHRASE);
        assertThat(signer.toString()).isEqualTo("SecretKeySigner[" + signer.fingerprint() + "]");
        assertThat(signer.publicKey()).contains("BEGIN PGP PUBLIC KEY").doesNotContain("PRIVATE");
    }

    @Test
    void aForeignOrOldTrailerIsRefused() {
        byte[] key = gpg.secret(gpg.generate(OWNER, "ed25519", "sign", "0", ""), "");
        SecretKeySigner signer = open(key, "");
        SigningTrailer good = signer.trailer(Gpg.FILE);
        byte[] changed = good.bytes();
        changed[1] = 0x10; // a certification instead of a document
        assertThatThrownBy(() -> signer.sign(new SigningTrailer(Gpg.FILE, good.created(), changed), new byte[64]))
                .hasMessageContaining("trailer");
        assertThatThrownBy(() -> signer.sign(good, new byte[32])).hasMessageContaining("64 bytes");
        SecretKeySigner tomorrow =
                SecretKeySigner.open(key, new char[0], Clock.offset(Clock.systemUTC(), Duration.ofHours(25)));
        assertThatThrownBy(() -> tomorrow.sign(good, new byte[64])).hasMessageContaining("within a day");
        assertThat(signer.sign(good, new byte[64])).contains("BEGIN PGP SIGNATURE");
    }

    private SecretKeySigner open(byte[] key, String passphrase) {
        return SecretKeySigner.open(key, passphrase.toCharArray(), Clock.systemUTC());
    }

    private void refused(byte[] key, String passphrase, String... says) {
        assertThatThrownBy(() -> open(key, passphrase))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContainingAll(says)
                .matches(e -> ((ReleaseException) e).kind() == ReleaseException.Kind.REFUSED);
    }

    /** Signs a file through the hasher and lets gpg judge it, then a file that differs in one byte. */
    private void assertGpgAccepts(SecretKeySigner signer, String fingerprint) throws Exception {
        Path file = Files.write(dir.resolve("darwin-1.3.0.tgz"), new byte[300_001]);
        SigningTrailer trailer = signer.trailer(Gpg.FILE);
        HashedFile hashed = new FileHasher(2, false, Progress.silent())
                .hash(List.of(file), name -> Optional.of(trailer))
                .get(0);
        Path signature = Files.writeString(
                dir.resolve("darwin-1.3.0.tgz.asc"),
                signer.sign(trailer, hashed.signable().get()));

        Gpg.Said said = gpg.run(NONE, "--status-fd", "1", "--verify", signature.toString(), file.toString());
        assertThat(said.exit()).as(said.all()).isZero();
        assertThat(said.all()).contains("GOODSIG").contains("VALIDSIG " + fingerprint);
        assertThat(trailer.bytes().length)
                .as("what crosses the wire for a file")
                .isLessThan(300);

        Path changed = Files.write(dir.resolve("changed"), new byte[300_002]);
        assertThat(gpg.run(NONE, "--status-fd", "1", "--verify", signature.toString(), changed.toString())
                        .text())
                .contains("BADSIG");
    }

    private String withSubkeys() {
        String fingerprint = gpg.generate(OWNER, "ed25519", "cert,sign", "0", PASSPHRASE);
        gpg.ok("--passphrase", PASSPHRASE, "--quick-add-key", fingerprint, "cv25519", "encr");
        gpg.ok("--passphrase", PASSPHRASE, "--quick-add-key", fingerprint, "rsa2048", "sign");
        return fingerprint;
    }

    /** The last fingerprint listed: subkeys come in the order of making. */
    private String signingSubkey() {
        return gpg.colons(OWNER).stream()
                .filter(l -> l.startsWith("fpr:"))
                .reduce((a, b) -> b)
                .orElseThrow()
                .split(":")[9];
    }

    private String id(String tag) {
        return gpg.run(
                        List.of("git", "hash-object", "-t", "tag", "-w", "--stdin"),
                        tag.getBytes(StandardCharsets.UTF_8),
                        dir)
                .text()
                .strip();
    }

    private Gpg.Said git(String... args) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(args));
        return gpg.run(command, NONE, dir);
    }
}
