package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.PublicKeys;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Whose signatures count: the keys in the file KEYS of trunk (P0.3), which a team reviews like any other change, and the key
 * that this run holds. Never those that travel with a candidate: whoever changed that could have put his own there.
 */
final class TrustedKeys {
    private TrustedKeys() {}

    /** Trunk's KEYS alone; empty when there is no such file, or no key in it. */
    static Optional<SignatureVerifier> find(Workspace workspace, CommitId trunk) {
        try {
            return Optional.of(of(workspace, trunk, Optional.empty()));
        } catch (ReleaseException e) {
            return Optional.empty();
        }
    }

    /** @param own armored public key of this run, if it signs */
    static SignatureVerifier of(Workspace workspace, CommitId trunk, Optional<String> own) {
        return SignatureVerifier.of(keys(workspace, trunk, own), workspace.clock());
    }

    /**
     * The keys, in the newest state that KEYS of trunk and the run's own copy say together.
     *
     * @param own armored public key of this run, if it signs
     * @throws ReleaseException refused, when there is none at all
     */
    static PublicKeys keys(Workspace workspace, CommitId trunk, Optional<String> own) {
        byte[] known = workspace.git().tree(trunk).read(CandidateFolder.KEYS).orElse(new byte[0]);
        if (known.length == 0 && own.isEmpty()) {
            throw ReleaseException.refused(
                    "No key to check signatures with: expected a file KEYS on trunk, or keys given to this run, found neither.",
                    Next.of(Next.Act.GIVE_KEYS));
        }
        PublicKeys keys = PublicKeys.of(List.of(known, own.orElse("").getBytes(StandardCharsets.US_ASCII)));
        keys.warnings().forEach(w -> workspace.progress().message("WARNING: in KEYS on trunk, " + w + "."));
        return keys;
    }
}
