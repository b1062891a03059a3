package io.jenkins.plugins.darwin.openpgp;

import java.time.Instant;
import java.util.Comparator;
import org.bouncycastle.bcpg.SignatureSubpacket;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.bcpg.sig.RevocationReason;
import org.bouncycastle.bcpg.sig.RevocationReasonTags;
import org.bouncycastle.openpgp.PGPSignature;

/**
 * That an owner took a key back (RFC 9580, 5.2.3.31).
 *
 * @param soft whether it was only replaced or retired: what it signed before stays good. Without such a reason somebody else
 *     may have it, and can have signed anything with any date
 * @param at when, as the revocation says
 */
public record Revocation(boolean soft, Instant at) implements Comparable<Revocation> {
    static Revocation of(PGPSignature signature) {
        SignatureSubpacket reason = signature.getHashedSubPackets() == null
                ? null
                : signature.getHashedSubPackets().getSubpacket(SignatureSubpacketTags.REVOCATION_REASON);
        // Bouncy Castle fails on an empty one
        int code = reason instanceof RevocationReason said && said.getData().length > 0
                ? said.getRevocationReason()
                : RevocationReasonTags.NO_REASON;
        return new Revocation(
                code == RevocationReasonTags.KEY_SUPERSEDED || code == RevocationReasonTags.KEY_RETIRED,
                signature.getCreationTime().toInstant());
    }

    /** The one that counts most first: a key that may be in other hands, then the earliest. */
    @Override
    public int compareTo(Revocation other) {
        return Comparator.comparing(Revocation::soft)
                .thenComparing(Revocation::at)
                .compare(this, other);
    }

    /** For people: "retired on 2026-03-01 10:00 UTC". */
    public String phrase() {
        return (soft ? "replaced or retired at " : "taken back at ") + Text.time(at);
    }
}
