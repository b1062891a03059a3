package io.jenkins.plugins.darwin.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.Dsse;
import io.jenkins.plugins.darwin.openpgp.SecretKeySigner;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What openssl and sigstore's own library say to statements that keys of gpg made. */
class StrangersToolsIT {
    private static final String SCRIPT = """
            const fs = require('fs'), crypto = require('crypto');
            const { bundleFromJSON } = require('@sigstore/bundle');
            const { Verifier, toSignedEntity, toTrustMaterial } = require('@sigstore/verify');
            const key = crypto.createPublicKey(fs.readFileSync(process.argv[3]));
            const root = { mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1', tlogs: [],
              certificateAuthorities: [], ctlogs: [], timestampAuthorities: [] };
            const trust = toTrustMaterial(root, () => ({ publicKey: key, validFor: () => true }));
            const bundle = bundleFromJSON(JSON.parse(fs.readFileSync(process.argv[2])));
            new Verifier(trust, { tlogThreshold: 0, ctlogThreshold: 0, tsaThreshold: 0 }).verify(toSignedEntity(bundle));
            console.log('verified ' + JSON.parse(bundle.content.dsseEnvelope.payload.toString()).predicateType);
            """;

    @TempDir
    static Path tools;

    @TempDir
    Path temp;

    @BeforeAll
    static void install() throws Exception {
        Files.writeString(
                tools.resolve("package.json"),
                "{\"private\":true,\"dependencies\":{\"@sigstore/bundle\":\"5.0.1\",\"@sigstore/verify\":\"4.1.3\"}}");
        Files.writeString(tools.resolve("check.js"), SCRIPT);
        Tools.run(tools, "npm", "install", "--no-audit", "--no-fund", "--loglevel=error");
    }

    private DetachedSigner gpgKey(String algorithm) throws Exception {
        Path home = Files.createDirectory(temp.resolve("gnupg"));
        home.toFile().setReadable(false, false);
        home.toFile().setReadable(true, true);
        Path key = temp.resolve("key.asc");
        Tools.run(
                temp,
                "sh",
                "-c",
                "chmod 700 gnupg && gpg --homedir gnupg --batch --passphrase '' --quick-gen-key 'Asha <asha@example.org>' "
                        + algorithm
                        + " sign never && gpg --homedir gnupg --armor --export-secret-keys > key.asc; gpgconf --homedir gnupg --kill all");
        return SecretKeySigner.open(Files.readAllBytes(key), new char[0], Clock.systemUTC());
    }

    private Path pem(DetachedSigner signer) throws Exception {
        return Files.writeString(
                temp.resolve("key.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(signer.material().orElseThrow())
                        + "\n-----END PUBLIC KEY-----\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa3072", "ed25519", "nistp256", "nistp384"})
    void everybodyVerifiesIt(String algorithm) throws Exception {
        DetachedSigner signer = gpgKey(algorithm);
        Digest digest = Digest.sha256("a candidate".getBytes(StandardCharsets.UTF_8));
        Attestation on =
                new Attestation("darwin", CandidateId.ofTag("1.3.0-RC1").orElseThrow(), digest, "darwin-release");
        EvidenceKind kind = EvidenceKinds.require("sbom");
        Instant made = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Bundle bundle = on.sign(
                kind,
                kind.predicate(
                        "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"}".getBytes(StandardCharsets.UTF_8),
                        "bom.json"),
                Optional.empty(),
                made,
                signer);
        Path file = Files.write(temp.resolve("bundle.json"), bundle.toJson());
        Path pem = pem(signer);

        assertThat(Tools.run(tools, "node", "check.js", file.toString(), pem.toString()))
                .contains("verified https://cyclonedx.org/bom");

        Files.write(temp.resolve("signed"), Dsse.encode(Dsse.IN_TOTO, bundle.statement()));
        Files.write(temp.resolve("sig"), bundle.signatures().get(0));
        assertThat(openssl(algorithm)).contains("Verified");
        assertThat(on.read(
                                bundle.toJson(),
                                digest,
                                SignatureVerifier.of(
                                                signer.publicKey().getBytes(StandardCharsets.US_ASCII),
                                                Clock.systemUTC())
                                        .material())
                        .check()
                        .fingerprint())
                .isEqualTo(signer.fingerprint());

        String changed = Files.readString(file)
                .replace(
                        Base64.getEncoder().encodeToString(bundle.statement()),
                        Base64.getEncoder()
                                .encodeToString(new String(bundle.statement(), StandardCharsets.UTF_8)
                                        .replace("1.6", "1.5")
                                        .getBytes(StandardCharsets.UTF_8)));
        Path other = Files.writeString(temp.resolve("changed.json"), changed);
        assertThatThrownBy(() -> Tools.run(tools, "node", "check.js", other.toString(), pem.toString()))
                .hasMessageContaining("signature verification failed");
    }

    private String openssl(String algorithm) {
        return algorithm.equals("ed25519")
                ? Tools.run(
                        temp,
                        "openssl",
                        "pkeyutl",
                        "-verify",
                        "-pubin",
                        "-inkey",
                        "key.pem",
                        "-rawin",
                        "-in",
                        "signed",
                        "-sigfile",
                        "sig")
                : Tools.run(temp, "openssl", "dgst", "-sha256", "-verify", "key.pem", "-signature", "sig", "signed");
    }
}
