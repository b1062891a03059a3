package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Whose signatures count: the keys in the file KEYS of trunk (P0.3), which a team reviews like any other change, and the key
 * that this run holds. Never those that travel with a candidate: whoever changed that could have put his own there.
 */
final class TrustedKeys {
    private TrustedKeys() {}

    /** @param own armored public key of this run, if it signs */
    static SignatureVerifier of(Workspace workspace, CommitId trunk, Optional<String> own) {
        return verifier(
                workspace,
                List.of(
                        workspace.git().tree(trunk).read(CandidateFolder.KEYS).orElse(new byte[0]),
                        own.orElse("").getBytes(StandardCharsets.US_ASCII)));
    }

    private static SignatureVerifier verifier(Workspace workspace, List<byte[]> parts) {
        ByteArrayOutputStream keys = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            keys.writeBytes(part);
            keys.write('\n');
        }
        if (keys.toString(StandardCharsets.ISO_8859_1).isBlank()) {
            throw ReleaseException.refused(
                    "No key to check signatures with: expected a file KEYS on trunk ('darwin key export KEYS'), or "
                            + "keys given with --keys, found neither.");
        }
        return SignatureVerifier.of(keys.toByteArray(), workspace.clock());
    }
}
