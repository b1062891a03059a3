package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Files that people take for an OpenPGP secret key, by what stands in them. */
final class ForeignKeyFile {
    private static final String EXPORT = "export it (gpg --armor --export-secret-keys FINGERPRINT)";
    private static final Map<String, String> KINDS = Map.of(
            "(protected-private-key", "a file of gpg-agent (private-keys-v1.d); " + EXPORT,
            "(private-key", "a file of gpg-agent (private-keys-v1.d); " + EXPORT,
            "(shadowed-private-key", "gpg-agent's note that the key is on a smart card, which can't be used here",
            "-----BEGIN OPENSSH PRIVATE KEY-----", "an SSH key; an OpenPGP key is needed, " + EXPORT,
            "-----BEGIN RSA PRIVATE KEY-----", "a PEM key; an OpenPGP key is needed, " + EXPORT,
            "-----BEGIN EC PRIVATE KEY-----", "a PEM key; an OpenPGP key is needed, " + EXPORT,
            "-----BEGIN PRIVATE KEY-----", "a PEM key; an OpenPGP key is needed, " + EXPORT,
            "-----BEGIN ENCRYPTED PRIVATE KEY-----", "a PEM key; an OpenPGP key is needed, " + EXPORT);

    private ForeignKeyFile() {}

    static Optional<ReleaseException> of(byte[] plain) {
        String text = new String(plain, StandardCharsets.ISO_8859_1);
        return KINDS.entrySet().stream()
                .filter(kind -> text.contains(kind.getKey()))
                .findFirst()
                .map(kind ->
                        ReleaseException.usage("The signing key is not an OpenPGP key but " + kind.getValue() + "."));
    }
}
