package io.jenkins.plugins.darwin.openpgp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.openpgp.SignatureCheck.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The other tools accept a signature that says what it is for, and gpg can write ones that say it wrongly. */
class NotationsIT {
    private static final String OWNER = "Rita Release <rita@example.org>";
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NONE = {};
    private static final String AT = "@darwin.plugins.jenkins.io";

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"rsa3072", "ed25519"})
    void gpgSqAndRnpVerifyAndGpgShowsWhatItIsFor(String algorithm) throws Exception {
        try (Gpg gpg = new Gpg()) {
            String fingerprint = gpg.generate(OWNER, algorithm, "sign", "0", "");
            SecretKeySigner signer = SecretKeySigner.open(gpg.secret(fingerprint, ""), new char[0], Clock.systemUTC());
            Path keys = Files.write(dir.resolve("KEYS"), gpg.publicKey(fingerprint));
            Path file = Files.write(dir.resolve("f.tgz"), CONTENT);
            Path other = Files.write(dir.resolve("other.tgz"), NONE);
            Path home = Files.createDirectories(dir.resolve("rnp"));
            Gpg.Said imported = rnp(gpg, home, "rnpkeys", "--import", keys.toString());
            assertThat(imported.exit()).as(imported.all()).isZero();
            for (Purpose purpose : Purpose.values()) {
                SignedFor what = new SignedFor(purpose, "darwin", "1.3.0-RC1", "größe/日本.tgz");
                Path signature =
                        Files.writeString(dir.resolve("f.tgz.asc"), DetachedSigner.signBytes(signer, what, CONTENT));
                Gpg.Said said = gpg.run(
                        NONE,
                        "--status-fd",
                        "1",
                        "--verify-options",
                        "show-notations",
                        "--verify",
                        signature.toString(),
                        file.toString());
                assertThat(said.exit()).as(said.all()).isZero();
                assertThat(said.all())
                        .contains("GOODSIG", "purpose" + AT + "=" + purpose.word(), "project" + AT + "=darwin")
                        .contains("candidate" + AT + "=1.3.0-RC1", "name" + AT + "=größe/日本.tgz")
                        .doesNotContain("Critical");
                assertThat(sq(gpg, keys, signature, file).exit()).isZero();
                assertThat(sq(gpg, keys, signature, other).exit()).isNotZero();
                assertThat(rnp(gpg, home, "rnp", "-v", signature.toString(), "--source", file.toString())
                                .exit())
                        .isZero();
                assertThat(rnp(gpg, home, "rnp", "-v", signature.toString(), "--source", other.toString())
                                .exit())
                        .isNotZero();
            }
        }
    }

    private Gpg.Said sq(Gpg gpg, Path keys, Path signature, Path file) {
        return gpg.run(
                List.of(
                        "sq",
                        "verify",
                        "--signer-cert",
                        keys.toString(),
                        "--detached",
                        signature.toString(),
                        file.toString()),
                NONE,
                dir);
    }

    private Gpg.Said rnp(Gpg gpg, Path home, String program, String... args) {
        List<String> command = new java.util.ArrayList<>(List.of(program, "--homedir", home.toString()));
        command.addAll(List.of(args));
        return gpg.run(command, NONE, dir);
    }

    @Test
    void asGpgWouldSignItWithTheSameNotations() throws Exception {
        try (Gpg gpg = new Gpg()) {
            String fingerprint = gpg.generate(OWNER, "ed25519", "sign", "0", "");
            SignatureVerifier verifier = SignatureVerifier.of(gpg.publicKey(fingerprint), Clock.systemUTC());
            String[] right = {
                "purpose" + AT + "=file", "project" + AT + "=darwin",
                "candidate" + AT + "=1.3.0-RC1", "name" + AT + "=darwin-1.3.0.tgz"
            };
            assertThat(verifier.verify(sign(gpg, right), Gpg.FILE, CONTENT).state())
                    .isEqualTo(State.GOOD);
            for (String[] wrong : new String[][] {
                {},
                {right[0], right[1], right[2]},
                {right[0], right[1], right[2], right[3], "purpose" + AT + "=vote"},
                {right[0], right[0], right[1], right[2], right[3]},
                {"purpose" + AT + "=File", right[1], right[2], right[3]},
                {"purpose" + AT + "=anything", right[1], right[2], right[3]},
                {"purpose@example.org=file", right[1], right[2], right[3]}
            }) {
                SignatureCheck check = verifier.verify(sign(gpg, wrong), Gpg.FILE, CONTENT);
                assertThat(check.state()).as(String.join(" ", wrong)).isEqualTo(State.OTHER_PURPOSE);
                assertThat(check.detail())
                        .isEqualTo("it does not say what it is for, expected a file of darwin 1.3.0-RC1");
            }
            assertThat(verifier.verifyForeign(sign(gpg), CONTENT).state()).isEqualTo(State.GOOD);
        }
    }

    private static String sign(Gpg gpg, String... notations) {
        List<String> args = new java.util.ArrayList<>();
        for (String notation : notations) {
            args.add("--sig-notation");
            args.add(notation);
        }
        args.addAll(List.of("--armor", "--detach-sign", "--output", "-"));
        return gpg.ok(CONTENT, args.toArray(String[]::new)).text();
    }

    /** What stands outside the hashed area was put there by anybody. */
    @Test
    void theUnhashedAreaSaysNothing() throws Exception {
        try (Gpg gpg = new Gpg()) {
            String fingerprint = gpg.generate(OWNER, "ed25519", "sign", "0", "");
            SignatureVerifier verifier = SignatureVerifier.of(gpg.publicKey(fingerprint), Clock.systemUTC());
            String plain = sign(gpg);
            var read = (org.bouncycastle.openpgp.PGPSignatureList)
                    Keys.objects(plain.getBytes(StandardCharsets.US_ASCII)).get(0);
            var unhashed = new org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator();
            Notations.write(Gpg.FILE, unhashed);
            var changed = org.bouncycastle.openpgp.PGPSignature.class.cast(read.get(0));
            byte[] forged =
                    withUnhashed(changed.getEncoded(), unhashed.generate().toArray());
            assertThat(verifier.verifyForeign(Keys.armor(forged), CONTENT).state())
                    .as("still a signature over the content")
                    .isEqualTo(State.GOOD);
            assertThat(verifier.verify(Keys.armor(forged), Gpg.FILE, CONTENT).state())
                    .isEqualTo(State.OTHER_PURPOSE);
        }
    }

    /** A v4 signature with another unhashed area: everything before it and behind it as it was. */
    private static byte[] withUnhashed(byte[] packet, org.bouncycastle.bcpg.SignatureSubpacket[] area)
            throws java.io.IOException {
        var in = new org.bouncycastle.bcpg.BCPGInputStream(new java.io.ByteArrayInputStream(packet));
        var signature = (org.bouncycastle.bcpg.SignaturePacket) in.readPacket();
        var out = new java.io.ByteArrayOutputStream();
        new org.bouncycastle.bcpg.SignaturePacket(
                        signature.getSignatureType(),
                        signature.getKeyID(),
                        signature.getKeyAlgorithm(),
                        signature.getHashAlgorithm(),
                        signature.getHashedSubPackets(),
                        area,
                        signature.getFingerPrint(),
                        signature.getSignature())
                .encode(new org.bouncycastle.bcpg.BCPGOutputStream(out));
        return out.toByteArray();
    }
}
