package io.jenkins.plugins.darwin.cli.demo;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.Purpose;
import io.jenkins.plugins.darwin.openpgp.SignatureCheck;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** A voter's mail, signed by the voter: the release manager records only what really comes from the voter. */
final class BallotMail {
    private static final String PROJECT = "darwin";

    private final Path folder;
    private final Clock clock;

    BallotMail(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** Writes and signs the mail as the voter, then checks it as the release manager. */
    void exchange(String voter, String candidate, Digest digest, String vote, String reason, DetachedSigner signer) {
        SignedFor what = new SignedFor(Purpose.BALLOT, PROJECT, candidate, voter);
        String text = "Candidate: " + candidate + "\nDigest: " + digest + "\nVote: " + vote + "\n"
                + (reason.isEmpty() ? "" : "Reason: " + reason + "\n");
        Path mail = folder.resolve(candidate + "-" + voter + ".txt");
        Path signature = folder.resolve(mail.getFileName() + ".asc");
        try {
            Files.createDirectories(folder);
            Files.writeString(mail, text);
            Files.writeString(signature, DetachedSigner.signBytes(signer, what, text.getBytes(StandardCharsets.UTF_8)));
            SignatureCheck check = SignatureVerifier.of(signer.publicKey().getBytes(StandardCharsets.US_ASCII), clock)
                    .verify(Files.readString(signature), what, Files.readAllBytes(mail));
            if (!check.acceptable()) {
                throw ReleaseException.refused(
                        "The mail " + mail + " is not from " + voter + ": " + check.detail() + ".");
            }
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to write the mail " + mail + " but failed because: " + e.getMessage() + ".", e);
        }
    }
}
