package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.Tools;
import io.jenkins.plugins.darwin.vote.Choice;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent.Ballot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ballots as gpg signs them: what the voter signed is counted, for that voter and that candidate, and nothing else is. */
class SignedBallotIT {
    @TempDir
    Path dir;

    private ReleaseFixture release;
    private Path home;

    @BeforeEach
    void anOpenVote() throws IOException {
        home = Files.createTempDirectory("g"); // short: the agent's socket lies in it
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        for (String voter : List.of("alice", "bob", "eve")) {
            gpg("--quick-generate-key", voter + " <" + voter + "@example.org>", "ed25519", "sign", "never");
        }
        release = ReleaseFixture.create(
                        dir,
                        ReleaseFixture.smallConfig("oci-layout:registry/staging", "oci-layout:registry/release")
                                .replace(
                                        "checklist: [installation]",
                                        "checklist: [installation], voterKeys: { carol: \"" + fingerprint("eve")
                                                + "\", bob: keys/bob.asc }"),
                        RegistryOptions.defaults())
                .configInRepository();
        release.commit(
                "main",
                "build: the voters' keys\n",
                Map.of(
                        "KEYS",
                                (new String(ReleaseFixture.key().publicKey(), StandardCharsets.US_ASCII)
                                                + gpg("--export", "--armor", "alice")
                                                + gpg("--export", "--armor", "eve"))
                                        .getBytes(StandardCharsets.US_ASCII),
                        "keys/bob.asc", gpg("--export", "--armor", "bob").getBytes(StandardCharsets.US_ASCII)));
        release.cut();
        release.build();
        release.sign();
        release.clock().set(Instant.now().plusSeconds(60)); // gpg's signatures are of today
        release.run(w -> session(w).open(Optional.empty()));
    }

    @AfterEach
    void stop() {
        Tools.run(dir, "gpgconf", "--homedir", home.toString(), "--kill", "all");
    }

    @Test
    void aClearSignedMailCountsForItsSigner() throws IOException {
        cast(clear("alice", "Vote: +1\nDigest: " + digest() + "\n[x] installation\n- with a dash\n"), null);
        Ballot ballot = vote().counting().get("alice");
        assertThat(ballot.choice()).isEqualTo(Choice.PLUS_ONE);
        assertThat(ballot.signed().orElseThrow().fingerprint()).isEqualTo(fingerprint("alice"));
        assertThat(ballot.came()).isEqualTo("signed by " + fingerprint("alice"));
        assertThat(new String(new io.jenkins.plugins.darwin.vote.VoteRecord("darwin", vote()).toJson()))
                .contains("\"came\" : \"signed by " + fingerprint("alice") + "\"");
    }

    @Test
    void aPgpMimeMailCountsForTheVoterWhoseKeyTrunkNames() throws IOException {
        cast(mime("bob", "+1\n\nDigest: " + digest() + "\n"), "bob");
        cast(mime("eve", "-1\n\nDigest: " + digest() + "\nReason: the upgrade loses data\n"), null);
        assertThat(vote().counting().get("bob").choice()).isEqualTo(Choice.PLUS_ONE);
        assertThat(vote().counting().get("carol").reason()).isEqualTo("the upgrade loses data");
    }

    @Test
    void whatWasAlteredIsRefused() throws IOException {
        byte[] mail = clear("alice", "Vote: -1\nDigest: " + digest() + "\nReason: broken in every way\n");
        byte[] altered = new String(mail, StandardCharsets.UTF_8)
                .replace("Vote: -1", "Vote: +1")
                .getBytes(StandardCharsets.UTF_8);
        refused(altered, null, "signature does not count");
        byte[] mime = new String(
                        mime("bob", "-1 broken in every way\nDigest: " + digest() + "\n"), StandardCharsets.UTF_8)
                .replace("-1 broken", "+1 broken")
                .getBytes(StandardCharsets.UTF_8);
        refused(mime, null, "signature does not count");
        String twice = new String(mail, StandardCharsets.UTF_8);
        refused((twice + twice).getBytes(StandardCharsets.UTF_8), null, "more than one signed text");
        refused("Vote: +1\n".getBytes(StandardCharsets.UTF_8), null, "neither clear-signed nor a PGP/MIME mail");
    }

    @Test
    void aBallotOnAnotherDigestIsRefused() throws IOException {
        Digest other = Digest.sha256("another".getBytes(StandardCharsets.UTF_8));
        refused(clear("alice", "Vote: +1\nDigest: " + other + "\n"), null, "a ballot on another candidate");
    }

    @Test
    void anotherVotersSignatureIsRefused() throws IOException {
        refused(clear("eve", "Vote: +1\nDigest: " + digest() + "\n"), "alice", "signed by another voter");
        gpg("--quick-generate-key", "alice <alice@example.org> mallory", "ed25519", "sign", "never");
        gpg("--quick-generate-key", "Mallory <mallory@example.org>", "ed25519", "sign", "never");
        refused(clear("mallory@example.org", "Vote: +1\nDigest: " + digest() + "\n"), null, "no trusted key");
    }

    /** The mail of yesterday is shown again after the voter has changed: it is the old ballot, and changes nothing. */
    @Test
    void anOldMailShownAgainChangesNothing() throws IOException {
        byte[] first = clear("alice", "Vote: +1\nDigest: " + digest() + "\n");
        cast(first, null);
        cast(clear("alice", "Vote: -1\nDigest: " + digest() + "\nReason: it crashes after an hour\n"), null);
        cast(first, "alice");
        assertThat(vote().counting().get("alice").choice()).isEqualTo(Choice.MINUS_ONE);
        assertThat(vote().ballots()).hasSize(2);
    }

    private void refused(byte[] mail, String voter, String why) {
        assertThatThrownBy(() -> cast(mail, voter))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining(why);
        assertThat(vote().ballots()).isEmpty();
    }

    private void cast(byte[] mail, String voter) {
        release.run(w -> session(w).mailed(mail, Optional.ofNullable(voter)));
    }

    private VoteSession session(Workspace workspace) {
        return new VoteSession(workspace, ReleaseFixture.VERSION, release.signer());
    }

    private Digest digest() {
        return release.with(w -> session(w).digest());
    }

    private Vote vote() {
        return release.with(w -> {
            ReleaseLine line = ReleaseLine.of(w, ReleaseFixture.VERSION);
            return line.candidates()
                    .lastSigned(ReleaseFixture.VERSION)
                    .flatMap(line.candidates()::findSigned)
                    .flatMap(c -> line.vote(c).find())
                    .orElseThrow();
        });
    }

    private byte[] clear(String voter, String text) throws IOException {
        Path file = Files.writeString(Files.createTempFile(dir, "ballot", ".txt"), text);
        return ("From: somebody@example.org\nSubject: Re: [VOTE]\n\n"
                        + gpg("--local-user", voter, "--clearsign", "--output", "-", file.toString()))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** As mail programs make it: RFC 3156, 5. */
    private byte[] mime(String voter, String text) throws IOException {
        String part = "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text.replace("\n", "\r\n");
        Path file = Files.writeString(Files.createTempFile(dir, "part", ".txt"), part);
        String signature =
                gpg("--local-user", voter, "--armor", "--textmode", "--detach-sign", "--output", "-", file.toString());
        return ("From: x@example.org\nContent-Type: multipart/signed; micalg=pgp-sha512;\n"
                        + " protocol=\"application/pgp-signature\"; boundary=\"=_b1\"\n\n"
                        + "--=_b1\n" + part.replace("\r\n", "\n") + "\n--=_b1\n"
                        + "Content-Type: application/pgp-signature\n\n" + signature + "\n--=_b1--\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private String fingerprint(String voter) {
        return gpg("--with-colons", "--list-keys", voter + "@example.org")
                .lines()
                .filter(l -> l.startsWith("fpr:"))
                .findFirst()
                .orElseThrow()
                .split(":")[9];
    }

    private String gpg(String... args) {
        List<String> command = new java.util.ArrayList<>(List.of(
                "gpg",
                "--homedir",
                home.toString(),
                "--batch",
                "--quiet",
                "--pinentry-mode",
                "loopback",
                "--passphrase",
                ""));
        command.addAll(List.of(args));
        return Tools.run(dir, command.toArray(String[]::new));
    }
}
