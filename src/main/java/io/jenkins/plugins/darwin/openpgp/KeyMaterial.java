package io.jenkins.plugins.darwin.openpgp;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyConverter;

/**
 * The RSA, Ed25519 or ECDSA key inside an OpenPGP key, as tools take it that know no OpenPGP: cosign, openssl, admission
 * controllers. RSA signs SHA-256 with PKCS #1 v1.5, ECDSA signs SHA-256, Ed25519 signs the bytes themselves; that is what
 * cosign does with a key of each sort.
 */
final class KeyMaterial {
    private KeyMaterial() {}

    /** The public half: SubjectPublicKeyInfo in DER (RFC 5280, 4.1); empty for a sort of key that such tools don't know. */
    static Optional<byte[]> of(PGPPublicKey key) {
        if (!known(key.getAlgorithm())) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(new BcPGPKeyConverter().getPublicKey(key))
                            .getEncoded());
        } catch (PGPException | IOException | RuntimeException e) {
            return Optional.empty(); // a curve that has no name there
        }
    }

    private static boolean known(int algorithm) {
        return DigestSigner.supports(algorithm) && algorithm != PublicKeyAlgorithmTags.DSA;
    }

    /** A signature over these bytes; the numbers that ECDSA needs come from key and content (RFC 6979). */
    static byte[] sign(PGPPrivateKey key, byte[] bytes) {
        try {
            AsymmetricKeyParameter secret = new BcPGPKeyConverter().getPrivateKey(key);
            Signer signer = signer(key.getPublicKeyPacket().getAlgorithm());
            signer.init(true, secret);
            signer.update(bytes, 0, bytes.length);
            return signer.generateSignature();
        } catch (PGPException | CryptoException e) {
            throw new IllegalStateException("The key can't be used for signing.", e);
        }
    }

    private static Signer signer(int algorithm) {
        if (DigestSigner.isEd25519(algorithm)) {
            return new Ed25519Signer();
        }
        return algorithm == PublicKeyAlgorithmTags.ECDSA
                ? new DSADigestSigner(new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest())), new SHA256Digest())
                : new RSADigestSigner(new SHA256Digest(), NISTObjectIdentifiers.id_sha256);
    }

    /** Whether the holder of this public half signed these bytes; false for what can't be checked at all. */
    static boolean verifies(byte[] material, int algorithm, byte[] bytes, byte[] signature) {
        boolean ed25519 = DigestSigner.isEd25519(algorithm);
        boolean ecdsa = algorithm == PublicKeyAlgorithmTags.ECDSA;
        try {
            PublicKey key = KeyFactory.getInstance(ed25519 ? "Ed25519" : ecdsa ? "EC" : "RSA")
                    .generatePublic(new X509EncodedKeySpec(material));
            Signature check = Signature.getInstance(ed25519 ? "Ed25519" : ecdsa ? "SHA256withECDSA" : "SHA256withRSA");
            check.initVerify(key);
            check.update(bytes);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
