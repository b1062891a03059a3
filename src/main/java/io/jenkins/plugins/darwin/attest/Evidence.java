package io.jenkins.plugins.darwin.attest;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.openpgp.SignatureCheck;
import java.time.Instant;
import java.util.Optional;

/**
 * One statement on a candidate that a trusted key signed.
 *
 * @param kind by its word; the type of the predicate where nobody knows a word for it
 * @param made when it says it was signed, UTC; empty when it does not say
 * @param file the file that it was made of, as it was called
 * @param check by whom
 * @param bundle sha256 of the manifest that holds it
 */
public record Evidence(
        String kind,
        Judgement judgement,
        Optional<Instant> made,
        Optional<String> file,
        Optional<Digest> fileDigest,
        Statement statement,
        SignatureCheck check,
        Digest bundle) {
    /** Who signed it: the key's user ID, else its fingerprint. */
    public String by() {
        return check.userId().orElse(check.fingerprint());
    }
}
