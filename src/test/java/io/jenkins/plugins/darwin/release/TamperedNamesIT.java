package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.candidate.Attachments;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.git.RefUpdate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.registry.ArtifactManifest;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.registry.Repository;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.SampleImage;
import io.jenkins.plugins.darwin.testing.Snapshot;
import io.jenkins.plugins.darwin.testing.TestKey;
import io.jenkins.plugins.darwin.testing.Tools;
import io.jenkins.plugins.darwin.vote.VoteRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that lead elsewhere, votes of others, tags of others: promotion refuses, says what differs, and changes nothing. */
class TamperedNamesIT {
    private static final TestKey STRANGER = TestKey.make("Mallory");

    private static final SignedFor TAG = SignedFor.tag("darwin", CandidateId.parse("1.3.0-RC1"), "v1.3.0");

    @TempDir
    static Path temp;

    private static ReleaseFixture release;
    private static Snapshot signed;
    private static Snapshot passed;
    private static CommitId voted;

    @BeforeAll
    static void toTheVote() throws IOException {
        release = ReleaseFixture.layouts(temp);
        release.cut();
        voted = release.build().result().commit();
        release.sign();
        signed = Snapshot.take(temp, "origin.git", "cache", "dist", "registry", "developer");
        release.pass();
        passed = Snapshot.take(temp, "origin.git", "cache", "dist", "registry", "developer");
    }

    @BeforeEach
    void again() throws IOException {
        passed.restore();
    }

    private static Repository staging(String name) {
        return Registries.open(
                        "oci-layout:registry/staging",
                        RegistryOptions.defaults().withLayoutBase(temp))
                .repository(name);
    }

    private static void refuses(String... why) {
        SortedMap<String, String> before = release.state(temp.resolve("registry"));
        assertThatThrownBy(release::promote)
                .isInstanceOfSatisfying(
                        ReleaseException.class,
                        e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(ReleaseException.Kind.REFUSED))
                .message()
                .contains(why)
                .doesNotContain("\n");
        assertThat(release.state(temp.resolve("registry"))).isEqualTo(before);
    }

    @Test
    void aStagedImageTagWasMoved() throws IOException {
        Repository image = staging("darwin-compute");
        String expected = image.resolve("1.3.0-RC1").orElseThrow().digest().toString();
        Manifest other = SampleImage.push(image, 7, 1000);
        image.tag(other, "1.3.0-RC1");
        refuses("darwin-compute:1.3.0-RC1", expected, other.digest().toString());
    }

    @Test
    void aStagedChartTagWasMoved() throws IOException {
        Repository chart = staging("rc1/charts/darwin");
        Manifest other = SampleImage.push(chart, 7, 1000);
        chart.tag(other, "1.3.0");
        refuses("rc1/charts/darwin:1.3.0", other.digest().toString());
    }

    @Test
    void theCandidatesTagWasMovedToAnotherOne() throws IOException {
        Repository candidates = staging("darwin-release");
        Manifest good = candidates.manifest("1.3.0-RC1").orElseThrow();
        // the same files, with one word more: everything in it is still signed, but nobody voted on it
        ArtifactManifest parts = ArtifactManifest.ofType(
                        good.view().artifactType().orElseThrow())
                .config(good.view().config().orElseThrow())
                .annotation(StagedCandidate.ID_ANNOTATION, "1.3.0-RC1")
                .annotation("note", "this one");
        good.view().layers().forEach(parts::layer);
        candidates.tag(parts.build(), "1.3.0-RC1");
        refuses("There is no signed candidate of 1.3.0");
    }

    @Test
    void theVoteRecordOfAnotherCandidate() throws IOException {
        CandidateStore store = new CandidateStore(staging("darwin-release"));
        Manifest record = store.attached(
                        staging("darwin-release")
                                .resolve("1.3.0-RC1")
                                .orElseThrow()
                                .digest(),
                        VoteRecord.MEDIA_TYPE)
                .get(0);
        byte[] document = Attachments.document(store, record);
        byte[] signature = Attachments.signature(store, record).getBytes(StandardCharsets.US_ASCII);
        signed.restore(); // nobody has voted
        release.backport();
        release.build();
        var second = release.sign().result().digest();
        Repository candidates = staging("darwin-release");
        candidates.attach(ArtifactManifest.ofType(VoteRecord.MEDIA_TYPE)
                .subject(candidates.resolve("1.3.0-RC2").orElseThrow())
                .layer(new CandidateStore(candidates).push(VoteRecord.FILE, "application/json", document))
                .layer(new CandidateStore(candidates)
                        .push(VoteRecord.FILE + ".asc", "application/pgp-signature", signature))
                .build());
        refuses(
                "1.3.0-RC2 (no vote record on its digest " + second.abbreviated(),
                "its signature is not one on a vote record of darwin 1.3.0-RC2",
                "1.3.0-RC1 (no vote record");
    }

    @Test
    void aVoteRecordThatAnUntrustedKeySigned() throws IOException {
        signed.restore();
        release.vote(Map.of("alice", "", "bob", "", "carol", ""), STRANGER.signer(release.clock()));
        refuses("1.3.0-RC1 has not passed a vote", "no trusted key has the ID");
    }

    @Test
    void aRecordWithoutVotes() throws IOException {
        signed.restore();
        refuses("1.3.0-RC1 has not passed a vote", "no vote record");
        release.veto();
        refuses("1.3.0-RC1 has not passed a vote", "vetoed");
    }

    @Test
    void aLightweightTag() {
        Tools.run(release.origin(), "git", "tag", "v1.3.0", voted.sha());
        refuses("tag v1.3.0", "expected signed by a trusted key", voted.sha(), "without such a signature");
    }

    @Test
    void anUnsignedTag() {
        Tools.run(
                release.origin(),
                "git",
                "-c",
                "user.name=M",
                "-c",
                "user.email=m@example.org",
                "tag",
                "-a",
                "-m",
                "1.3.0",
                "v1.3.0",
                voted.sha());
        refuses("tag v1.3.0", "without such a signature");
    }

    @Test
    void aTagThatAnUntrustedKeySigned() {
        DetachedSigner stranger = STRANGER.signer(release.clock());
        release.with(w -> {
            byte[] unsigned = w.git()
                    .tagObject(
                            "v1.3.0",
                            voted,
                            new Person("Mallory", "m@example.org"),
                            release.clock().instant(),
                            "Darwin v1.3.0\n");
            CommitId tag = w.git().writeTag(unsigned, DetachedSigner.signBytes(stranger, TAG, unsigned));
            return w.git().push(List.of(RefUpdate.createTag("v1.3.0", tag)));
        });
        refuses("tag v1.3.0", "without such a signature");
    }

    @Test
    void aTagWhoseBytesWereSignedAsAFile() {
        DetachedSigner own = ReleaseFixture.key().signer(release.clock());
        release.with(w -> {
            byte[] unsigned = w.git()
                    .tagObject(
                            "v1.3.0",
                            voted,
                            new Person("Mallory", "m@example.org"),
                            release.clock().instant(),
                            "Darwin v1.3.0\n");
            CommitId tag = w.git()
                    .writeTag(
                            unsigned,
                            DetachedSigner.signBytes(
                                    own,
                                    SignedFor.file("darwin", CandidateId.parse("1.3.0-RC1"), "tag.txt"),
                                    unsigned));
            return w.git().push(List.of(RefUpdate.createTag("v1.3.0", tag)));
        });
        refuses("tag v1.3.0", "without such a signature");
    }

    @Test
    void aVoteRecordThatTheReleaseKeySignedAsAFile() throws IOException {
        CandidateStore store = new CandidateStore(staging("darwin-release"));
        var subject = staging("darwin-release").resolve("1.3.0-RC1").orElseThrow();
        Manifest record =
                store.attached(subject.digest(), VoteRecord.MEDIA_TYPE).get(0);
        byte[] document = Attachments.document(store, record);
        signed.restore(); // nobody has voted
        String signature = DetachedSigner.signBytes(
                ReleaseFixture.key().signer(release.clock()),
                SignedFor.file("darwin", CandidateId.parse("1.3.0-RC1"), "notes.md"),
                document);
        staging("darwin-release")
                .attach(ArtifactManifest.ofType(VoteRecord.MEDIA_TYPE)
                        .subject(subject)
                        .layer(store.push(VoteRecord.FILE, "application/json", document))
                        .layer(store.push(
                                VoteRecord.FILE + ".asc",
                                "application/pgp-signature",
                                signature.getBytes(StandardCharsets.US_ASCII)))
                        .build());
        refuses("1.3.0-RC1 has not passed a vote", "its signature is not one on a vote record of darwin 1.3.0-RC1");
    }

    @Test
    void anOldCandidateUnderANewNumber() throws IOException {
        Repository candidates = staging("darwin-release");
        candidates.tag(candidates.manifest("1.3.0-RC1").orElseThrow(), "1.3.0-RC7");
        var outcome = release.promote();
        assertThat(outcome.result().candidate().toString())
                .as("the one that was voted on")
                .isEqualTo("1.3.0-RC1");
        assertThat(outcome.warnings()).anyMatch(w -> w.contains("1.3.0-RC7 is another candidate under a wrong name"));
    }

    @Test
    void aTagOnAnotherCommit() {
        String main = Tools.run(release.origin(), "git", "rev-parse", "main").strip();
        Tools.run(release.origin(), "git", "tag", "v1.3.0", main);
        refuses("tag v1.3.0", "expected " + voted.sha(), "found " + main);
    }

    @Test
    void aPublicNameThatIsTaken() throws IOException {
        Repository image = Registries.open(
                        "oci-layout:registry/release",
                        RegistryOptions.defaults().withLayoutBase(temp))
                .repository("ml-serve-app");
        Manifest other = SampleImage.push(image, 8, 1000);
        image.tag(other, "1.3.0");
        refuses("Nothing was changed", "ml-serve-app:1.3.0", "found " + other.digest());
    }

    @Test
    void latestIsLeftAloneByAHotfixOfAnOlderLine() {
        release.promote();
        SortedMap<String, String> before = release.state(temp.resolve("registry"));
        try {
            Version hotfix = Version.parse("1.2.1");
            release.version(hotfix);
            release.run(w -> new Hotfix(w, hotfix, "health-check"));
            release.build();
            release.sign();
            release.pass();
            assertThat(release.promote().changes()).extracting(Change::kind).doesNotContain("latest");
            SortedMap<String, String> after = release.state(temp.resolve("registry"));
            assertThat(after)
                    .containsEntry("release/darwin-compute:latest", before.get("release/darwin-compute:1.3.0"))
                    .containsEntry("release/ml-serve-app:latest", before.get("release/ml-serve-app:1.3.0"))
                    .containsKeys("release/darwin-compute:1.2.1", "refs/tags/v1.2.1");
            assertThat(after.get("release/darwin-compute:1.2.1"))
                    .isNotEqualTo(before.get("release/darwin-compute:1.3.0"));
        } finally {
            release.version(ReleaseFixture.VERSION);
        }
    }
}
