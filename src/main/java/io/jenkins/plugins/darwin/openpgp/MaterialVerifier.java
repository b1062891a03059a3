package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.openpgp.SignatureCheck.State;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;

/**
 * Checks signatures in DSSE envelopes, which the material of trusted OpenPGP keys made: the life of the key counts as it does
 * for an OpenPGP signature.
 */
public final class MaterialVerifier {
    private final PublicKeys keys;
    private final Clock clock;

    MaterialVerifier(PublicKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** @param signing the part that made it */
    private record Holder(PGPPublicKey primary, PGPPublicKey signing) {}

    /**
     * Finds the key that made a signature, and judges it.
     *
     * @param statement the payload's bytes
     * @param made when it says it was made; empty when it does not say, then the key must be good today
     */
    public SignatureCheck verify(byte[] statement, byte[] signature, Optional<Instant> made) {
        byte[] signed = Dsse.encode(Dsse.IN_TOTO, statement);
        return holders().stream()
                .filter(holder -> KeyMaterial.of(holder.signing())
                        .filter(material ->
                                KeyMaterial.verifies(material, holder.signing().getAlgorithm(), signed, signature))
                        .isPresent())
                .map(holder -> judge(holder, made))
                // One subkey may hang on two keys; the one that it vouches for comes first.
                .max(Comparator.comparing(SignatureCheck::acceptable))
                .orElseGet(() -> new SignatureCheck(
                        State.UNKNOWN_KEY, "", Optional.empty(), made, "no trusted key made its signature"));
    }

    private List<Holder> holders() {
        List<Holder> holders = new ArrayList<>();
        for (PGPPublicKeyRing ring : keys.rings()) {
            for (Iterator<PGPPublicKey> parts = ring.getPublicKeys(); parts.hasNext(); ) {
                holders.add(new Holder(ring.getPublicKey(), parts.next()));
            }
        }
        return holders;
    }

    private SignatureCheck judge(Holder holder, Optional<Instant> made) {
        KeyStatus whole = KeyStatus.of(holder.primary(), holder.primary());
        KeyStatus part = KeyStatus.of(holder.primary(), holder.signing());
        Instant now = clock.instant();
        Instant at = made.orElse(now);
        Optional<Revocation> revoked =
                Stream.of(whole, part).flatMap(s -> s.revocation().stream()).min(Comparator.naturalOrder());
        if (revoked.isPresent()
                && (!revoked.get().soft() || !at.isBefore(revoked.get().at()))) {
            return answer(
                    holder,
                    made,
                    State.REVOKED,
                    "the key is revoked (" + revoked.get().phrase() + ")");
        }
        if (!whole.bound() || !part.bound() || !part.maySign()) {
            return answer(holder, made, State.BAD, "the key that made it is not meant for signing");
        }
        if (at.isBefore(part.created())) {
            return answer(holder, made, State.BAD, "it claims to be older than its key");
        }
        if (whole.expired(at) || part.expired(at)) {
            return answer(holder, made, State.MADE_AFTER_EXPIRY, "the key had expired when it was made");
        }
        if (revoked.isPresent()) {
            return answer(
                    holder,
                    made,
                    State.RETIRED_KEY,
                    "the key was " + revoked.get().phrase());
        }
        return whole.expired(now) || part.expired(now)
                ? answer(holder, made, State.EXPIRED_KEY, "the key has expired since")
                : answer(holder, made, State.GOOD, "");
    }

    private static SignatureCheck answer(Holder holder, Optional<Instant> made, State state, String detail) {
        return new SignatureCheck(
                state, Keys.fingerprint(holder.primary()), Keys.userId(holder.primary()), made, detail);
    }
}
