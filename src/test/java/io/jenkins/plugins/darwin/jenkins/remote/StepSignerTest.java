package io.jenkins.plugins.darwin.jenkins.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.candidate.BuildRecord;
import io.jenkins.plugins.darwin.candidate.CandidateDocuments;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.ContentState;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.Purpose;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.openpgp.SigningTrailer;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.testing.TestKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent that was taken over asks of the signers that steps lend it. */
class StepSignerTest {
    private static final TestKey KEY = TestKey.make("Asha");
    private static final Version VERSION = Version.parse("1.3.0");
    private static final CandidateId RC1 = new CandidateId(VERSION, 1);
    private static final String FILE = "demo-1.3.0-src.tar.gz";
    private static final byte[] CONTENT = "the sources".getBytes(StandardCharsets.UTF_8);
    private static final byte[] EVIL = "other sources".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path temp;

    private final DetachedSigner key = KEY.signer(Clock.systemUTC());
    private final Candidate candidate = new Candidate(
            1,
            "demo",
            VERSION,
            new CommitId("a".repeat(40)),
            "release/1.3.0",
            Instant.EPOCH,
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(new Candidate.Artifact(
                    FILE,
                    Optional.of("source"),
                    "application/gzip",
                    CONTENT.length,
                    Digest.sha256(CONTENT),
                    Digest.sha512(CONTENT))));
    private final CandidateDocuments documents = new CandidateDocuments(candidate);
    private final BuildRecord record = new BuildRecord("darwinBuildRc of build #7", RC1, candidate);
    private DetachedSigner sign;

    @BeforeEach
    void lend() {
        sign = new CandidateSigner(key, record);
    }

    private static SignedFor file(String name) {
        return SignedFor.file("demo", RC1, name);
    }

    private ContentState state(byte[] content) throws IOException {
        return ContentState.of(Files.write(temp.resolve("content"), content));
    }

    private String signed(DetachedSigner by, SignedFor what, byte[] content) throws IOException {
        return by.sign(by.trailer(what), state(content));
    }

    private static void refused(ThrowingCallable request, String... why) {
        assertThatThrownBy(request)
                .isInstanceOf(ReleaseException.class)
                .message()
                .startsWith("The controller does not sign ")
                .satisfies(message -> assertThat(List.of(why)).allMatch(message::contains));
    }

    private Map<String, String> allFiles() throws IOException {
        Map<String, String> signatures = new TreeMap<>();
        for (String name : documents.signable()) {
            signatures.put(
                    name,
                    signed(
                            sign,
                            file(name),
                            name.equals(FILE) ? CONTENT : documents.texts().get(name)));
        }
        return signatures;
    }

    private Manifest manifest(Map<String, String> signatures) {
        List<Descriptor> own = new ArrayList<>();
        signatures.forEach((name, text) ->
                own.add(CandidateDocuments.describe(name + ".asc", text.getBytes(StandardCharsets.US_ASCII))));
        own.add(CandidateDocuments.describe("KEYS", key.publicKey().getBytes(StandardCharsets.US_ASCII)));
        return documents.signed(RC1, own);
    }

    @Test
    void theStepItselfGetsWhatItNeeds() throws IOException {
        Map<String, String> signatures = allFiles();
        assertThat(signatures).containsOnlyKeys(FILE, "candidate.json", "checksums.sha512");
        Manifest manifest = manifest(signatures);
        SignedFor what = SignedFor.candidate("demo", RC1, manifest.digest());
        String signature = sign.signDocument(what, manifest.raw());
        SignatureVerifier verifier =
                SignatureVerifier.of(key.publicKey().getBytes(StandardCharsets.US_ASCII), Clock.systemUTC());
        assertThat(verifier.verify(signature, what, manifest.raw()).acceptable())
                .isTrue();
        assertThat(verifier.verify(signatures.get(FILE), file(FILE), CONTENT).acceptable())
                .isTrue();
    }

    @Test
    void anotherFileUnderAKnownName() {
        refused(
                () -> signed(sign, file(FILE), EVIL),
                FILE,
                Digest.sha512(CONTENT).toString(),
                Digest.sha512(EVIL).toString(),
                "build #7");
        refused(() -> signed(sign, file("candidate.json"), EVIL));
        refused(() -> sign.signDocument(file("checksums.sha512"), EVIL));
    }

    @Test
    void aDigestThatStandsForNothing() {
        SigningTrailer trailer = sign.trailer(file(FILE));
        refused(() -> sign.sign(trailer, trailer.digest(EVIL)), "does not say what it stands for");
        refused(() -> sign.sign(trailer, temp.resolve("any"), trailer.digest(CONTENT)));
    }

    @Test
    void aNameThatNobodyBuilt() {
        refused(() -> sign.trailer(file("install.sh")), "recorded no such file");
        refused(() -> sign.trailer(file(FILE + ".sha512")));
        refused(() -> signed(sign, file("install.sh"), EVIL));
    }

    @Test
    void oneSignatureTooMany() throws IOException {
        signed(sign, file(FILE), CONTENT);
        refused(() -> signed(sign, file(FILE), CONTENT), "signed once already");
    }

    @Test
    void theTrailerOfOneFileForAnother() {
        SigningTrailer trailer = sign.trailer(file("candidate.json"));
        refused(() -> sign.sign(trailer, state(CONTENT)), "candidate.json");
    }

    @Test
    void purposesOfOtherSteps() {
        for (Purpose purpose : Purpose.values()) {
            if (purpose != Purpose.FILE && purpose != Purpose.CANDIDATE) {
                refused(() -> sign.trailer(new SignedFor(purpose, "demo", "1.3.0-RC1", "any")), "nothing else");
            }
        }
    }

    @Test
    void anotherCandidateOrProject() {
        refused(() -> sign.trailer(SignedFor.file("demo", RC1.next(), FILE)), "1.3.0-RC1");
        refused(() -> sign.trailer(SignedFor.file("other", RC1, FILE)), "demo");
        refused(() -> sign.trailer(SignedFor.candidate("demo", RC1.next(), Digest.sha256(EVIL))));
    }

    @Test
    void anotherManifest() throws IOException {
        refused(
                () -> sign.signDocument(SignedFor.candidate("demo", RC1, Digest.sha256(EVIL)), EVIL),
                "not all of its files are signed");
        Manifest manifest = manifest(allFiles());
        refused(
                () -> sign.signDocument(SignedFor.candidate("demo", RC1, Digest.sha256(EVIL)), EVIL),
                manifest.digest().toString());
        refused(() -> sign.signDocument(SignedFor.candidate("demo", RC1, manifest.digest()), EVIL));
        refused(() -> sign.signDocument(SignedFor.candidate("demo", RC1, Digest.sha256(EVIL)), manifest.raw()));
        SignedFor right = SignedFor.candidate("demo", RC1, manifest.digest());
        refused(() -> sign.sign(sign.trailer(right), state(manifest.raw())), "reads it whole");
        sign.signDocument(right, manifest.raw());
        refused(() -> sign.signDocument(right, manifest.raw()), "signed once already");
    }

    // --- promotion

    private DetachedSigner promote(BuildRecord... known) {
        return new PromotionSigner(key, VERSION, List.of(known));
    }

    private static byte[] tag(String commit, String name) {
        return ("object " + commit + "\ntype commit\ntag " + name + "\ntagger A <a@example.org> 0 +0000\n\nDemo\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] promotion(String digest, String commit) {
        return ("{\"schemaVersion\": 1, \"project\": \"demo\", \"version\": \"1.3.0\", \"candidate\": \"1.3.0-RC1\","
                        + " \"digest\": \"" + digest + "\", \"commit\": \"" + commit + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void promotionSignsItsTagAndItsRecord() {
        String commit = "a".repeat(40);
        Digest digest = Digest.sha256(CONTENT);
        DetachedSigner signer = promote(record);
        signer.signDocument(SignedFor.tag("demo", RC1, "v1.3.0"), tag(commit, "v1.3.0"));
        signer.signDocument(SignedFor.promotion("demo", RC1, digest), promotion(digest.toString(), commit));
        refused(
                () -> signer.signDocument(SignedFor.tag("demo", RC1, "v1.3.0"), tag(commit, "v1.3.0")),
                "signed once already");
    }

    @Test
    void aTagOnAnotherCommit() {
        refused(
                () -> promote(record).signDocument(SignedFor.tag("demo", RC1, "v1.3.0"), tag("b".repeat(40), "v1.3.0")),
                "a".repeat(40),
                "b".repeat(40));
    }

    @Test
    void aTagThatIsNone() {
        SignedFor what = SignedFor.tag("demo", RC1, "v1.3.0");
        DetachedSigner signer = promote();
        refused(() -> signer.signDocument(what, tag("a".repeat(40), "v9.9.9")));
        refused(() -> signer.signDocument(what, EVIL));
        refused(() -> signer.signDocument(
                what,
                new String(tag("a".repeat(40), "v1.3.0"), StandardCharsets.UTF_8)
                        .replace("type commit", "type blob")
                        .getBytes(StandardCharsets.UTF_8)));
        refused(() -> signer.signDocument(SignedFor.tag("demo", RC1, "v1.3.1"), tag("a".repeat(40), "v1.3.1")));
        refused(() -> signer.sign(signer.trailer(what), new byte[64]));
        refused(() -> signer.sign(signer.trailer(what), state(EVIL)));
    }

    @Test
    void aRecordOfAnotherPromotion() {
        Digest digest = Digest.sha256(CONTENT);
        SignedFor what = SignedFor.promotion("demo", RC1, digest);
        DetachedSigner signer = promote(record);
        refused(() -> signer.signDocument(what, promotion(Digest.sha256(EVIL).toString(), "a".repeat(40))), "digest");
        refused(() -> signer.signDocument(what, promotion(digest.toString(), "b".repeat(40))), "commit");
        signer.signDocument(what, promotion(digest.toString(), "a".repeat(40)));
        refused(() -> signer.trailer(SignedFor.tag("demo", RC1.next(), "v1.3.0")), "promotes 1.3.0-RC1");
    }

    @Test
    void neverAVoteNorAFile() {
        DetachedSigner signer = promote(record);
        refused(() -> signer.trailer(SignedFor.vote("demo", RC1, Digest.sha256(CONTENT))));
        refused(() -> signer.trailer(file(FILE)));
        refused(() -> signer.trailer(SignedFor.candidate("demo", RC1, Digest.sha256(CONTENT))));
        refused(() -> signer.trailer(SignedFor.tag("demo", CandidateId.parse("1.4.0-RC1"), "v1.4.0")));
    }
}
