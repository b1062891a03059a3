package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.Purpose;
import io.jenkins.plugins.darwin.openpgp.SignatureCheck;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.openpgp.SignedMail;
import io.jenkins.plugins.darwin.vote.BallotText;
import io.jenkins.plugins.darwin.vote.VoteEvent.Ballot;
import io.jenkins.plugins.darwin.vote.VoteEvent.VoterSignature;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Ballots by mail that their voters signed. The key says whose ballot it is, the signed words say what it is and on which
 * digest; the headers of the mail, which anybody can write, say nothing.
 */
final class MailedBallots {
    private static final int ID_LENGTH = 32;

    private final Workspace workspace;
    private final ReleaseLine line;
    private final StagedCandidate candidate;

    MailedBallots(Workspace workspace, ReleaseLine line, StagedCandidate candidate) {
        this.workspace = workspace;
        this.line = line;
        this.candidate = candidate;
    }

    /**
     * @param expected whose it should be, if that was said
     * @throws ReleaseException refused, when no voter's key signed it, it is on another digest, or it is another voter's
     */
    Ballot read(byte[] mail, Optional<String> expected, String recorder, Instant now) {
        SignedMail signed = SignedMail.parse(mail);
        SignatureVerifier.claim(signed.signature())
                .filter(claim -> claim.purpose() != Purpose.BALLOT)
                .ifPresent(claim -> {
                    throw ReleaseException.refused("The mail is no ballot: it is signed as " + claim.phrase() + ".");
                });
        SignatureCheck check = verifier().verifyForeign(signed.signature(), signed.content());
        if (check.state() != SignatureCheck.State.GOOD) {
            throw ReleaseException.refused("The ballot's signature does not count: "
                    + (check.detail().isEmpty() ? "the key is not valid any more" : check.detail())
                    + ". Expected a mail as the voter sent it, signed with a key in KEYS or under vote.voterKeys on "
                    + line.trunkConfig().trunk() + ".");
        }
        BallotText text = BallotText.parse(signed.text());
        String voter = voter(check, expected);
        if (!text.digest().equals(candidate.digest())) {
            throw ReleaseException.refused("The mail of " + voter + " is a ballot on another candidate: expected "
                    + candidate.id() + " " + candidate.digest() + ", found " + text.digest() + ".");
        }
        // The same signature twice is the same ballot: an old mail that is shown again changes nothing.
        String id = "mail-"
                + Digest.sha256(signed.signature().getBytes(StandardCharsets.US_ASCII))
                        .hex()
                        .substring(0, ID_LENGTH);
        return new Ballot(
                id,
                voter,
                text.choice(),
                text.reason(),
                text.checks(),
                now,
                text.digest(),
                Optional.of(recorder),
                Optional.of(
                        new VoterSignature(check.fingerprint(), check.created().orElse(now))));
    }

    /** Trunk's KEYS and the keys that trunk names for its voters. */
    private SignatureVerifier verifier() {
        ByteArrayOutputStream keys = new ByteArrayOutputStream();
        file(CandidateFolder.KEYS).ifPresent(keys::writeBytes);
        for (String key : line.trunkConfig().voterKeys().values()) {
            if (!isFingerprint(key)) {
                keys.write('\n');
                keys.writeBytes(keyFile(key));
            }
        }
        if (keys.size() == 0) {
            throw ReleaseException.refused("No key to check a ballot with: expected KEYS or vote.voterKeys on "
                    + line.trunkConfig().trunk() + ".");
        }
        return SignatureVerifier.of(keys.toByteArray(), workspace.clock());
    }

    private Optional<byte[]> file(String path) {
        return workspace.git().tree(line.trunk()).read(path);
    }

    private byte[] keyFile(String path) {
        return file(path)
                .orElseThrow(() -> ReleaseException.refused("vote.voterKeys names " + path + ": expected a file with a"
                        + " public key on " + line.trunkConfig().trunk() + ", found none."));
    }

    /** Who signed: the voter whose key trunk names, else the one whose mail address is on the key in KEYS. */
    private String voter(SignatureCheck check, Optional<String> expected) {
        Optional<String> named = line.trunkConfig().voterKeys().entrySet().stream()
                .filter(e -> belongs(e.getValue(), check))
                .map(Map.Entry::getKey)
                .findFirst();
        String voter = named.or(() -> line.trunkConfig().vote().voters().stream()
                        .filter(v -> !line.trunkConfig().voterKeys().containsKey(v))
                        .filter(v -> addressed(check.userId().orElse(""), v))
                        .findFirst())
                .orElseThrow(() -> ReleaseException.refused("The ballot is signed by "
                        + check.userId().orElse(check.fingerprint())
                        + ", who is no voter: expected a voter's key under vote.voterKeys, or one in KEYS with the"
                        + " voter's mail address."));
        expected.map(e -> e.toLowerCase(Locale.ROOT))
                .filter(e -> !e.equals(voter.toLowerCase(Locale.ROOT)))
                .ifPresent(e -> {
                    throw ReleaseException.refused("The ballot is signed by another voter: expected " + e + ", found "
                            + voter + " (" + check.fingerprint() + ").");
                });
        return voter;
    }

    private boolean belongs(String key, SignatureCheck check) {
        if (isFingerprint(key)) {
            return key.replace(" ", "").equalsIgnoreCase(check.fingerprint());
        }
        return SignatureVerifier.of(keyFile(key), workspace.clock()).holds(check.fingerprint());
    }

    private static boolean isFingerprint(String key) {
        return key.replace(" ", "").matches("[0-9A-Fa-f]{40}");
    }

    /** {@code Alice <alice@example.org>} is alice, and alice@example.org. */
    private static boolean addressed(String userId, String voter) {
        int from = userId.lastIndexOf('<');
        String address = (from < 0 ? userId : userId.substring(from + 1).replace(">", ""))
                .strip()
                .toLowerCase(Locale.ROOT);
        String id = voter.toLowerCase(Locale.ROOT);
        return address.equals(id) || address.startsWith(id + "@") && !id.contains("@");
    }
}
