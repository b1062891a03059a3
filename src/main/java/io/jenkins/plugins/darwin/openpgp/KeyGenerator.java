package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Date;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.bcpg.sig.Features;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.PGPDigestCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/** Makes the key that P0.3 of the release process asks for: a primary that certifies and signs ([SC]) and never expires. */
public final class KeyGenerator {
    private static final String COMMENT = "CODE SIGNING KEY";
    private static final int CERTAINTY = 128;
    /** About 16 million bytes hashed a guess (RFC 9580, 3.7.1.3), some 50 ms; gpg's own default is of this order. */
    private static final int S2K_COUNT = 0xE0;

    private final SecureRandom random;
    private final Clock clock;

    public KeyGenerator(SecureRandom random, Clock clock) {
        this.random = random;
        this.clock = clock;
    }

    /** Kinds of keys. */
    public enum KeyType {
        /** What P0.3 asks for; takes seconds. */
        RSA_4096,
        /** As good and made at once; gpg 2.1 and later read it. */
        ED25519
    }

    /**
     * A new key.
     *
     * @param secretKey armored, locked with the passphrase
     * @param publicKey armored
     * @param fingerprint 40 upper-case hex digits
     */
    public record GeneratedKey(String secretKey, String publicKey, String fingerprint) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "GeneratedKey[" + fingerprint + "]";
        }
    }

    /**
     * Makes a key with the user ID {@code Name (CODE SIGNING KEY) <mail>}.
     *
     * @param passphrase neither kept nor changed
     * @throws ReleaseException usage, when the passphrase is empty
     */
    public GeneratedKey generate(KeyType type, Person owner, char[] passphrase) {
        if (passphrase.length == 0) {
            throw ReleaseException.usage("A signing key needs a passphrase, and none was given.");
        }
        if (owner.name().matches(".*[()<>\\p{Cc}].*")) {
            throw ReleaseException.usage("Not a name for a key: '" + Text.shown(owner.name())
                    + "' has brackets, which would end the name in its user ID.");
        }
        try {
            BcPGPDigestCalculatorProvider digests = new BcPGPDigestCalculatorProvider();
            PGPDigestCalculator sha1 =
                    digests.get(HashAlgorithmTags.SHA1); // RFC 9580, 5.5.3: the checksum inside is SHA-1
            BcPGPKeyPair pair = pair(type, Date.from(clock.instant()));
            PGPKeyRingGenerator rings = new PGPKeyRingGenerator(
                    PGPSignature.POSITIVE_CERTIFICATION,
                    pair,
                    owner.name() + " (" + COMMENT + ") <" + owner.email() + ">",
                    sha1,
                    selfSignature().generate(),
                    null,
                    new BcPGPContentSignerBuilder(pair.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA512)
                            .setSecureRandom(random),
                    new BcPBESecretKeyEncryptorBuilder(
                                    SymmetricKeyAlgorithmTags.AES_256, digests.get(HashAlgorithmTags.SHA256), S2K_COUNT)
                            .setSecureRandom(random)
                            .build(passphrase.clone()));
            return new GeneratedKey(
                    Keys.armor(rings.generateSecretKeyRing().getEncoded()),
                    Keys.armor(rings.generatePublicKeyRing().getEncoded()),
                    Keys.fingerprint(pair.getPublicKey()));
        } catch (PGPException | IOException e) {
            throw new IllegalStateException("A key can't be made.", e);
        }
    }

    private static PGPSignatureSubpacketGenerator selfSignature() {
        PGPSignatureSubpacketGenerator self = new PGPSignatureSubpacketGenerator();
        self.setKeyFlags(true, KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA);
        self.setPrimaryUserID(false, true);
        self.setPreferredHashAlgorithms(
                false, new int[] {HashAlgorithmTags.SHA512, HashAlgorithmTags.SHA384, HashAlgorithmTags.SHA256});
        self.setPreferredSymmetricAlgorithms(
                false, new int[] {SymmetricKeyAlgorithmTags.AES_256, SymmetricKeyAlgorithmTags.AES_128});
        self.setFeature(false, Features.FEATURE_MODIFICATION_DETECTION);
        return self;
    }

    private BcPGPKeyPair pair(KeyType type, Date created) throws PGPException {
        return switch (type) {
            case RSA_4096 -> new BcPGPKeyPair(PublicKeyAlgorithmTags.RSA_GENERAL, rsa(4096), created);
            case ED25519 -> new BcPGPKeyPair(PublicKeyAlgorithmTags.EDDSA_LEGACY, ed25519(), created);
        };
    }

    private AsymmetricCipherKeyPair rsa(int bits) {
        RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
        generator.init(new RSAKeyGenerationParameters(BigInteger.valueOf(0x10001), random, bits, CERTAINTY));
        return generator.generateKeyPair();
    }

    private AsymmetricCipherKeyPair ed25519() {
        Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(random));
        return generator.generateKeyPair();
    }
}
