package io.jenkins.plugins.darwin.openpgp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;

/**
 * The life of a key, as its own signatures tell it.
 *
 * @param fingerprint of the primary, 40 upper-case hex digits
 * @param userIds those that are not revoked, the one that people know it by first; foreign text, as it is in the key
 * @param algorithm of the part that signs: {@code RSA 4096}, {@code Ed25519}
 * @param expires when signing ends; empty for never
 * @param revoked what its owner said when taking it back; empty for a key in use
 * @param signs whether any part of it may sign, when nothing has expired
 */
public record KeyState(
        String fingerprint,
        List<String> userIds,
        String algorithm,
        Instant created,
        Optional<Instant> expires,
        Optional<Revocation> revoked,
        boolean signs) {
    private static final Pattern MAIL = Pattern.compile("<([^<>\\s]+@[^<>\\s]+)>");

    public KeyState {
        userIds = List.copyOf(userIds);
    }

    static KeyState of(PGPPublicKeyRing ring) {
        PGPPublicKey primary = ring.getPublicKey();
        KeyStatus whole = KeyStatus.of(primary, primary);
        List<KeyStatus> signing = new ArrayList<>();
        for (Iterator<PGPPublicKey> keys = ring.getPublicKeys(); keys.hasNext(); ) {
            KeyStatus part = KeyStatus.of(primary, keys.next());
            if (part.bound() && part.maySign() && part.revocation().isEmpty()) {
                signing.add(part);
            }
        }
        // The subkey or primary that signs longest: new signatures are made with it.
        Optional<KeyStatus> last =
                signing.stream().max(Comparator.comparing(s -> s.expires().orElse(Instant.MAX)));
        Optional<Instant> part = last.flatMap(KeyStatus::expires);
        Optional<Instant> ends = whole.expires()
                .filter(e -> part.isEmpty() || e.isBefore(part.get()))
                .or(() -> part);
        return new KeyState(
                Keys.fingerprint(primary),
                KeyStatus.userIds(primary),
                Keys.algorithm(last.map(KeyStatus::key).orElse(primary)),
                primary.getCreationTime().toInstant(),
                ends,
                whole.revocation(),
                whole.bound() && last.isPresent());
    }

    /** Why it can't sign now; empty when it can. */
    public Optional<String> fault(Instant now) {
        if (revoked.isPresent()) {
            return Optional.of("is revoked (" + revoked.get().phrase() + ")");
        }
        if (!signs) {
            return Optional.of("has no part that may sign");
        }
        if (created.isAfter(now)) {
            return Optional.of("is made in the future, at " + Text.time(created));
        }
        return expires.filter(e -> !now.isBefore(e)).map(e -> "expired at " + Text.time(e));
    }

    /** The owner's mail addresses, in lower case. */
    List<String> mails() {
        return userIds.stream()
                .map(MAIL::matcher)
                .filter(Matcher::find)
                .map(m -> m.group(1).toLowerCase(Locale.ROOT))
                .toList();
    }

    /** How people find the key again: fingerprint and user ID, fit for a message. */
    public String name() {
        return fingerprint
                + userIds.stream()
                        .findFirst()
                        .map(id -> " (" + Text.shown(id) + ")")
                        .orElse("");
    }
}
