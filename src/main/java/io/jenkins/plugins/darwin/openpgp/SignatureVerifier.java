package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.SignatureCheck.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;

/** Checks detached signatures against trusted keys, as {@code gpg --verify} with just these keys would. */
public final class SignatureVerifier {
    private static final int BUFFER = 128 * 1024;
    /** MD5, SHA-1 and RIPEMD-160 no longer prove anything (RFC 9580, 9.5). */
    private static final Set<Integer> STRONG = Set.of(
            HashAlgorithmTags.SHA256, HashAlgorithmTags.SHA384, HashAlgorithmTags.SHA512, HashAlgorithmTags.SHA224);

    private final PublicKeys keys;
    private final Clock clock;
    private final boolean today;

    private SignatureVerifier(PublicKeys keys, Clock clock, boolean today) {
        this.keys = keys;
        this.clock = clock;
        this.today = today;
    }

    /**
     * @param keys a KEYS file: armored blocks with text between, or binary
     * @throws ReleaseException usage, when there is no key in it
     */
    public static SignatureVerifier of(byte[] keys, Clock clock) {
        return of(PublicKeys.of(keys), clock);
    }

    public static SignatureVerifier of(PublicKeys keys, Clock clock) {
        return new SignatureVerifier(keys, clock, false);
    }

    /** The same keys, of which only those count that are good today: what begins now must not rest on a key of the past. */
    public SignatureVerifier today() {
        return new SignatureVerifier(keys, clock, true);
    }

    /** The same keys, for signatures that their material made outside of OpenPGP. */
    public MaterialVerifier material() {
        return new MaterialVerifier(keys, clock);
    }

    public PublicKeys keys() {
        return keys;
    }

    /** Whether one of the trusted keys has this fingerprint. */
    public boolean holds(String fingerprint) {
        return keys.state(fingerprint).isPresent();
    }

    /** {@link #verify(String, SignedFor, InputStream)} for content that is at hand. */
    public SignatureCheck verify(String signature, SignedFor expected, byte[] content) {
        try {
            return verify(signature, expected, new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new IllegalStateException(e); // memory only
        }
    }

    /**
     * Reads the content once.
     *
     * @param signature armored, exactly one
     * @param expected what it must be for, in every part
     * @throws IOException when the content can't be read
     */
    public SignatureCheck verify(String signature, SignedFor expected, InputStream content) throws IOException {
        return check(signature, Optional.of(expected), content);
    }

    /**
     * Checks what other tools signed, which do not say what for: a mail, say. Whoever calls this has to find in the content
     * what it is, and gives text in its canonical form, with CR LF at the ends of lines (RFC 9580, 5.2.1.2).
     */
    public SignatureCheck verifyForeign(String signature, byte[] content) {
        try {
            return check(signature, Optional.empty(), new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new IllegalStateException(e); // memory only
        }
    }

    /** What a signature claims to be for, true or not; empty when it does not say. */
    public static Optional<SignedFor> claim(String signature) {
        try {
            return Notations.read(detached(signature));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private SignatureCheck check(String signature, Optional<SignedFor> expected, InputStream content)
            throws IOException {
        PGPSignature read;
        try {
            read = detached(signature);
        } catch (IOException e) {
            return new SignatureCheck(State.BAD, "", Optional.empty(), Optional.empty(), e.getMessage());
        }
        Instant created = read.getCreationTime().toInstant();
        // A key may carry another's subkey without its consent: the one that the subkey vouches for comes first.
        Optional<PGPPublicKeyRing> ring = keys.rings().stream()
                .filter(r -> r.getPublicKey(read.getKeyID()) != null)
                .max(Comparator.comparing(r -> KeyStatus.of(r.getPublicKey(), r.getPublicKey(read.getKeyID()))
                        .maySign()));
        if (ring.isEmpty()) {
            String id = Keys.id(read.getKeyID());
            return new SignatureCheck(
                    State.UNKNOWN_KEY, id, Optional.empty(), Optional.of(created), "no trusted key has the ID " + id);
        }
        PGPPublicKey primary = ring.get().getPublicKey();
        PGPPublicKey key = ring.get().getPublicKey(read.getKeyID());
        return new Judge(primary, created, expected).judge(read, key, content);
    }

    private static PGPSignature detached(String armored) throws IOException {
        for (Object one : Keys.objects(armored.getBytes(StandardCharsets.ISO_8859_1))) {
            if (one instanceof PGPSignatureList list && !list.isEmpty()) {
                if (list.size() > 1) {
                    throw new IOException("expected one signature, found " + list.size());
                }
                return list.get(0);
            }
        }
        throw new IOException("it is not an OpenPGP signature");
    }

    /** The answer for one signature by one trusted key. */
    private final class Judge {
        private final PGPPublicKey primary;
        private final Instant created;
        private final Optional<SignedFor> expected;

        Judge(PGPPublicKey primary, Instant created, Optional<SignedFor> expected) {
            this.primary = primary;
            this.created = created;
            this.expected = expected;
        }

        SignatureCheck judge(PGPSignature signature, PGPPublicKey key, InputStream content) throws IOException {
            if (signature.getVersion() != 4) {
                return answer(State.BAD, "it has version " + signature.getVersion() + ", expected 4");
            }
            boolean text = expected.isEmpty() && signature.getSignatureType() == PGPSignature.CANONICAL_TEXT_DOCUMENT;
            if (!text && signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT) {
                return answer(State.BAD, "it is not a signature over a file");
            }
            if (!STRONG.contains(signature.getHashAlgorithm())) {
                return answer(State.BAD, "it rests on a hash that is broken; sign again with SHA-512");
            }
            try {
                signature.init(new JdkHashVerifiers(), key);
                byte[] buffer = new byte[BUFFER];
                for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                    signature.update(buffer, 0, n);
                }
                if (!signature.verify()) {
                    return answer(State.BAD, "the content is not what was signed");
                }
            } catch (PGPException | RuntimeException e) {
                return answer(State.BAD, "it can't be checked: " + Text.shown(String.valueOf(e.getMessage())));
            }
            return byKey(KeyStatus.of(primary, primary), KeyStatus.of(primary, key), signature);
        }

        private SignatureCheck byKey(KeyStatus whole, KeyStatus part, PGPSignature signature) {
            Instant now = clock.instant();
            Optional<Revocation> revoked =
                    Stream.of(whole, part).flatMap(s -> s.revocation().stream()).min(Comparator.naturalOrder());
            if (revoked.isPresent()
                    && (!revoked.get().soft() || !created.isBefore(revoked.get().at()))) {
                return answer(
                        State.REVOKED, "the key is revoked (" + revoked.get().phrase() + ")");
            }
            if (!whole.bound() || !part.bound() || !part.maySign()) {
                return answer(State.BAD, "the key that made it is not meant for signing");
            }
            if (created.isBefore(part.created())) {
                return answer(State.BAD, "it claims to be older than its key");
            }
            long lasts = signature.getHashedSubPackets().getSignatureExpirationTime();
            if (lasts != 0 && !now.isBefore(created.plusSeconds(lasts))) {
                return answer(State.BAD, "the signature expired at " + Text.time(created.plusSeconds(lasts)));
            }
            if (whole.expired(created) || part.expired(created)) {
                return answer(State.MADE_AFTER_EXPIRY, "the key had expired when it was made");
            }
            Optional<SignedFor> found = Notations.read(signature);
            if (expected.isPresent() && !found.equals(expected)) {
                return answer(
                        State.OTHER_PURPOSE,
                        found.map(f -> f.insteadOf(expected.get()))
                                .orElseGet(() -> "it does not say what it is for, expected "
                                        + expected.get().phrase()));
            }
            if (revoked.isPresent()) {
                return since(State.RETIRED_KEY, "the key was " + revoked.get().phrase());
            }
            if (whole.expired(now) || part.expired(now)) {
                return since(State.EXPIRED_KEY, "the key has expired since");
            }
            return answer(State.GOOD, "");
        }

        private SignatureCheck since(State state, String detail) {
            return today
                    ? answer(State.NOT_GOOD_TODAY, detail + ", and here only a key that is good today counts")
                    : answer(state, detail);
        }

        private SignatureCheck answer(State state, String detail) {
            return new SignatureCheck(
                    state, Keys.fingerprint(primary), Keys.userId(primary), Optional.of(created), detail);
        }
    }
}
