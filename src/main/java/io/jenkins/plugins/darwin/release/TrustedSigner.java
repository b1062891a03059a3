package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import java.util.Optional;

/** What nobody would believe is not signed: a key that is not in KEYS on trunk makes no evidence and takes nothing back. */
final class TrustedSigner {
    private TrustedSigner() {}

    /**
     * @param what is signed, as the beginning of a sentence
     * @return whose signatures count
     * @throws ReleaseException refused, when trunk does not know the key, or says that it is over
     */
    static SignatureVerifier require(Workspace workspace, ReleaseLine line, DetachedSigner signer, String what) {
        SignatureVerifier trusted = TrustedKeys.of(workspace, line.trunk(), Optional.of(signer.publicKey()));
        if (TrustedKeys.find(workspace, line.trunk())
                .filter(known -> known.holds(signer.fingerprint()))
                .isEmpty()) {
            throw ReleaseException.refused(
                    what + " signed by " + signer.fingerprint()
                            + " would count for nothing: expected a key in KEYS on trunk, found another.",
                    Next.of(Next.Act.EXPORT_KEY));
        }
        KeyLife.of(workspace, line, Optional.of(signer.publicKey())).requireGood(signer.fingerprint());
        return trusted;
    }
}
