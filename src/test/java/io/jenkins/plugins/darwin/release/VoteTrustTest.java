package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.MediaType;
import io.jenkins.plugins.darwin.candidate.RecordNotes;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.VoteStore;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.registry.ArtifactManifest;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.TestKey;
import io.jenkins.plugins.darwin.testing.Tools;
import io.jenkins.plugins.darwin.vote.Choice;
import io.jenkins.plugins.darwin.vote.Outcome;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import io.jenkins.plugins.darwin.vote.VoteRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever may push to staging can attach anything to a candidate. None of it is a vote, and none of it stops one. */
class VoteTrustTest {
    @TempDir
    Path dir;

    private ReleaseFixture release;

    @BeforeEach
    void aSignedCandidate() {
        release = ReleaseFixture.layouts(dir);
        release.cut();
        release.build();
        release.sign();
    }

    @Test
    void ballotsThatNobodySignedDoNotExist() {
        release.run(w -> session(w).open(Optional.empty()));
        Vote stuffed = stuffed(vote());
        attach(MediaType.VOTE_RUNNING, record(stuffed), Optional.empty());
        attach(
                MediaType.VOTE_RUNNING,
                record(stuffed),
                Optional.of(signature(TestKey.make("Mallory"), record(stuffed))));
        attach(MediaType.VOTE_RECORD, record(closed(stuffed)), Optional.empty());

        assertThat(vote().ballots()).isEmpty();
        List<String> warnings = release.with(w -> {
            Status status = new Status(w, ReleaseFixture.VERSION);
            assertThat(status.look().phase()).isEqualTo(Status.Phase.VOTING);
            return status.warnings();
        });
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0)).contains("because no trusted key signed it for 1.3.0-RC1");
    }

    /** The release manager's key signs files too: a file whose bytes are a record's makes no record. */
    @Test
    void aRecordThatTheReleaseKeySignedAsSomethingElse() {
        release.run(w -> session(w).open(Optional.empty()));
        byte[] forged = record(closed(stuffed(vote())));
        StagedCandidate candidate = candidate();
        for (SignedFor purpose : List.of(
                SignedFor.file("darwin", candidate.id(), "votes.json"),
                SignedFor.candidate("darwin", candidate.id(), candidate.digest()),
                SignedFor.promotion("darwin", candidate.id(), candidate.digest()),
                SignedFor.vote("darwin", candidate.id().next(), candidate.digest()),
                SignedFor.vote("other", candidate.id(), candidate.digest()),
                SignedFor.vote("darwin", candidate.id(), Digest.sha256(new byte[1])))) {
            attach(
                    MediaType.VOTE_RECORD,
                    forged,
                    Optional.of(DetachedSigner.signBytes(release.signer(), purpose, forged)));
        }
        assertThat(closedVote(candidate)).isEmpty();
        assertThatThrownBy(release::promote)
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("1.3.0-RC1 has not passed a vote");
    }

    /** Garbage of every shape, under every type that we look for: each command goes on as if it were not there. */
    @Test
    void whatIsMalformedOrDanglesStopsNothing() {
        release.pass();
        for (String type : List.of(
                MediaType.SIGNATURE, MediaType.VOTE_RUNNING, MediaType.VOTE_RECORD, MediaType.PROMOTION_RECORD)) {
            attach(type, "{}".getBytes(StandardCharsets.UTF_8), Optional.empty());
            attach(type, "{\"a\":[[[".getBytes(StandardCharsets.UTF_8), Optional.of("not a signature"));
            attach(
                    type,
                    new byte[] {0, -1, 7},
                    Optional.of("-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----\n"));
            attachBare(type);
            dangle(type);
        }
        assertThat(release.with(w -> new Status(w, ReleaseFixture.VERSION).look())
                        .phase())
                .isEqualTo(Status.Phase.VOTE_PASSED);
        assertThat(release.with(w -> new VoteSession(w, ReleaseFixture.VERSION).show())
                        .outcome())
                .contains(Outcome.PASSED);
        release.build();
        assertThat(release.promote().result().digest()).isEqualTo(candidate().digest());
    }

    @Test
    void theRecordOfOneCandidateIsNoneOfTheNext() {
        release.pass();
        StagedCandidate first = candidate();
        Manifest record = release.with(
                w -> store(w).attached(first.digest(), MediaType.VOTE_RECORD).get(0));
        release.backport();
        release.build();
        release.sign();
        StagedCandidate second = candidate();
        assertThat(second.id().rc()).isEqualTo(2);
        release.with(w -> {
            ArtifactManifest copy = ArtifactManifest.ofType(MediaType.VOTE_RECORD)
                    .subject(second.manifest().descriptor());
            record.view().layers().forEach(copy::layer);
            store(w).repository().attach(copy.build());
            return null;
        });
        assertThat(closedVote(second)).isEmpty();
    }

    @Test
    void twoRecordsThatSayDifferentThingsAreRefusedByName() {
        release.run(w -> session(w).open(Optional.empty()));
        Vote open = vote();
        Vote passed = closed(stuffed(open));
        Vote vetoed = open.cast(ballot(open, "bob", Choice.MINUS_ONE))
                .close(open.opened().plusSeconds(60), "asha", Vote.ANYBODY);
        attach(MediaType.VOTE_RECORD, record(passed), Optional.of(signature(record(passed))));
        attach(MediaType.VOTE_RECORD, record(vetoed), Optional.of(signature(record(vetoed))));

        assertThatThrownBy(release::promote)
                .hasMessageContaining("two signed records that say different things")
                .hasMessageContaining("says passed")
                .hasMessageContaining("says was vetoed");
        assertThat(release.with(w -> new Status(w, ReleaseFixture.VERSION).look())
                        .candidates()
                        .get(0)
                        .vote())
                .hasValueSatisfying(v -> assertThat(v).contains("say different things"));
        assertThatThrownBy(() -> release.with(w -> new VoteSession(w, ReleaseFixture.VERSION).show()))
                .hasMessageContaining("two signed records");
    }

    @Test
    void theSameVoteClosedTwiceIsClosedOnceByTheEarlier() {
        release.run(w -> session(w).open(Optional.empty()));
        Vote all = stuffed(vote());
        Vote early = all.close(all.opened().plusSeconds(60), "asha", Vote.ANYBODY);
        Vote late = all.close(all.opened().plusSeconds(61), "asha", Vote.ANYBODY);
        attach(MediaType.VOTE_RECORD, record(late), Optional.of(signature(record(late))));
        attach(MediaType.VOTE_RECORD, record(early), Optional.of(signature(record(early))));
        assertThat(vote()).isEqualTo(early);
        assertThat(release.promote().result().digest()).isEqualTo(candidate().digest());
    }

    /** Registries are cleaned up, and who may push to one can move its lists back: Git has the record too. */
    @Test
    void aRegistryThatForgotTheVoteIsRemindedByGit() {
        release.pass();
        String subject = candidate().digest().toString();
        forgetAttachments();
        List<Manifest> left = release.with(w -> store(w).attached(Digest.parse(subject), MediaType.VOTE_RECORD));
        assertThat(left).as("the registry has lost it").isEmpty();
        assertThat(vote().closing().orElseThrow().outcome()).isEqualTo(Outcome.PASSED);
        String json = Tools.run(
                release.origin(),
                "git",
                "show",
                RecordNotes.REF + ":1.3.0-RC1/" + subject.replace(':', '-') + "/votes.json");
        assertThat(json).contains("\"outcome\" : \"PASSED\"");
    }

    /** The newest snapshot is taken away, an older one that is signed as well stays: no ballot gets lost that way. */
    @Test
    void anOlderSnapshotDoesNotBringBackAnEarlierState() {
        release.run(w -> session(w).open(Optional.empty()));
        cast("bob", Choice.MINUS_ONE);
        forgetVotes();
        assertThat(vote().counting()).containsOnlyKeys("bob");
        cast("alice", Choice.PLUS_ONE);
        assertThat(vote().counting()).containsOnlyKeys("alice", "bob");
    }

    @Test
    void whatAStrangerPutsIntoTheNotesIsNoVoteEither() {
        release.run(w -> session(w).open(Optional.empty()));
        byte[] forged = record(closed(stuffed(vote())));
        String mallorys = signature(TestKey.make("Mallory"), forged);
        release.with(w -> ReleaseLine.of(w, ReleaseFixture.VERSION)
                .notes()
                .write(candidate(w), VoteRecord.FILE, new RecordNotes.Signed(forged, mallorys)));
        assertThat(vote().closing()).isEmpty();
        cast("alice", Choice.PLUS_ONE);
        assertThat(vote().counting()).containsOnlyKeys("alice");
    }

    @Test
    void noVoteOnACandidateWhoseManifestNobodyTrustedSigned() {
        forgetAttachments(); // the signature over the manifest is one
        attach(MediaType.SIGNATURE, new byte[0], Optional.of(signature(TestKey.make("Mallory"), new byte[0])));
        assertThatThrownBy(() -> release.run(w -> session(w).open(Optional.empty())))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("There is no signed candidate of 1.3.0")
                .hasMessageContaining("because no trusted key signed it: 1.3.0-RC1");
    }

    // what an attacker, or two honest people, can do

    private VoteSession session(Workspace workspace) {
        return new VoteSession(workspace, ReleaseFixture.VERSION, release.signer());
    }

    private Optional<VoteStore.SignedRecord> closedVote(StagedCandidate candidate) {
        return release.with(
                w -> ReleaseLine.of(w, ReleaseFixture.VERSION).vote(candidate).record());
    }

    private Vote vote() {
        return release.with(w -> ReleaseLine.of(w, ReleaseFixture.VERSION)
                .vote(candidate(w))
                .find()
                .orElseThrow());
    }

    private void cast(String voter, Choice choice) {
        release.run(w -> session(w).change("ballot", voter, "", v -> v.cast(ballot(v, voter, choice))));
    }

    private static VoteEvent.Ballot ballot(Vote vote, String voter, Choice choice) {
        return new VoteEvent.Ballot(
                "x-" + voter,
                voter,
                choice,
                "it is broken in every way",
                Map.of(),
                vote.opened().plusSeconds(1),
                vote.digest(),
                Optional.empty());
    }

    private static Vote stuffed(Vote vote) {
        Vote more = vote;
        for (String voter : vote.policy().voters()) {
            more = more.cast(ballot(vote, voter, Choice.PLUS_ONE));
        }
        return more;
    }

    private static Vote closed(Vote vote) {
        return vote.close(vote.opened().plusSeconds(60), "asha", Vote.ANYBODY);
    }

    private static byte[] record(Vote vote) {
        return new VoteRecord("darwin", vote).toJson();
    }

    private String signature(byte[] document) {
        return signature(ReleaseFixture.key(), document);
    }

    private String signature(TestKey key, byte[] document) {
        StagedCandidate candidate = candidate();
        return DetachedSigner.signBytes(
                key.signer(release.clock()), SignedFor.vote("darwin", candidate.id(), candidate.digest()), document);
    }

    private StagedCandidate candidate() {
        return release.with(this::candidate);
    }

    private StagedCandidate candidate(Workspace workspace) {
        CandidateStore store = store(workspace);
        return store.findSigned(store.lastSigned(ReleaseFixture.VERSION).orElseThrow())
                .orElseThrow();
    }

    private static CandidateStore store(Workspace workspace) {
        return ReleaseLine.of(workspace, ReleaseFixture.VERSION).candidates();
    }

    private void attach(String type, byte[] document, Optional<String> signature) {
        attach(type, (store, parts) -> {
            parts.layer(store.push("votes.json", "application/json", document));
            signature.ifPresent(s -> parts.layer(
                    store.push("votes.json.asc", "application/pgp-signature", s.getBytes(StandardCharsets.US_ASCII))));
            return parts;
        });
    }

    private void attachBare(String type) {
        attach(type, (store, parts) -> parts);
    }

    private void attach(String type, BiFunction<CandidateStore, ArtifactManifest, ArtifactManifest> fill) {
        release.with(w -> {
            CandidateStore store = store(w);
            store.push("empty", "application/vnd.oci.empty.v1+json", ArtifactManifest.emptyBytes());
            ArtifactManifest parts = ArtifactManifest.ofType(type)
                    .subject(candidate(w).manifest().descriptor());
            store.repository().attach(fill.apply(store, parts).build());
            return null;
        });
    }

    /** Listed, and not there any more: neither the manifest nor what another one names. */
    private void dangle(String type) {
        attach(
                type,
                (store, parts) -> parts.layer(Descriptor.of(
                                "application/json",
                                store.push("gone", "text/plain", type.getBytes(StandardCharsets.UTF_8))
                                        .digest(),
                                99)
                        .titled("votes.json")));
    }

    /** As a clean-up, or a hostile pusher, leaves it: nothing refers to the candidate any more. */
    /** All that refers to the candidate but the signature over its manifest. */
    private void forgetVotes() {
        List<Manifest> signatures =
                release.with(w -> store(w).attached(candidate(w).digest(), MediaType.SIGNATURE));
        forgetAttachments();
        signatures.forEach(s -> release.with(w -> {
            store(w).repository().attach(s);
            return s;
        }));
    }

    private void forgetAttachments() {
        Path repository = dir.resolve("registry/staging/darwin-release");
        Layouts.forgetReferrers(repository);
    }
}
