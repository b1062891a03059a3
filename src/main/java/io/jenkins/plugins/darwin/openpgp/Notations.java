package io.jenkins.plugins.darwin.openpgp;

import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.sig.NotationData;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;

/**
 * {@link SignedFor} as notations of a signature. Not critical, so that tools which do not know them accept the signature
 * (RFC 9580, 5.2.3.7); readable text, so that {@code gpg --list-options show-notations} shows them.
 */
final class Notations {
    private static final String DOMAIN = "@darwin.plugins.jenkins.io";
    private static final String PURPOSE = "purpose" + DOMAIN;
    private static final String PROJECT = "project" + DOMAIN;
    private static final String CANDIDATE = "candidate" + DOMAIN;
    private static final String NAME = "name" + DOMAIN;

    private Notations() {}

    static void write(SignedFor what, PGPSignatureSubpacketGenerator hashed) {
        hashed.addNotationData(false, true, PURPOSE, what.purpose().word());
        hashed.addNotationData(false, true, PROJECT, what.project());
        hashed.addNotationData(false, true, CANDIDATE, what.candidate());
        hashed.addNotationData(false, true, NAME, what.name());
    }

    /** What a signature claims to be for; empty when it does not say, or says it twice, or says what nobody would sign. */
    static Optional<SignedFor> read(PGPSignature signature) {
        PGPSignatureSubpacketVector hashed = signature.getHashedSubPackets();
        Optional<Purpose> purpose = value(hashed, PURPOSE).flatMap(Purpose::ofWord);
        Optional<String> project = value(hashed, PROJECT);
        Optional<String> candidate = value(hashed, CANDIDATE);
        Optional<String> name = value(hashed, NAME);
        return purpose.isPresent() && project.isPresent() && candidate.isPresent() && name.isPresent()
                ? Optional.of(new SignedFor(purpose.get(), project.get(), candidate.get(), name.get()))
                : Optional.empty();
    }

    private static Optional<String> value(PGPSignatureSubpacketVector hashed, String name) {
        List<NotationData> all = hashed == null ? List.of() : List.of(hashed.getNotationDataOccurrences(name));
        return all.size() == 1 && all.get(0).isHumanReadable()
                ? Optional.of(all.get(0).getNotationValue()).filter(SignedFor::fits)
                : Optional.empty();
    }
}
