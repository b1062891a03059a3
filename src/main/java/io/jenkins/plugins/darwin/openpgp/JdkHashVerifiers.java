package io.jenkins.plugins.darwin.openpgp;

import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.DSASigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.operator.PGPContentVerifier;
import org.bouncycastle.openpgp.operator.PGPContentVerifierBuilder;
import org.bouncycastle.openpgp.operator.PGPContentVerifierBuilderProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyConverter;

/** Hashes with the JDK, more than twice as fast as Bouncy Castle; keys that we don't sign with take Bouncy Castle's way. */
final class JdkHashVerifiers implements PGPContentVerifierBuilderProvider {
    @Override
    public PGPContentVerifierBuilder get(int keyAlgorithm, int hashAlgorithm) throws PGPException {
        if (!DigestSigner.supports(keyAlgorithm)) {
            return new BcPGPContentVerifierBuilderProvider().get(keyAlgorithm, hashAlgorithm);
        }
        return key -> new Verifier(key, keyAlgorithm, hashAlgorithm);
    }

    private static final class Verifier implements PGPContentVerifier {
        private final PGPPublicKey key;
        private final int keyAlgorithm;
        private final int hashAlgorithm;
        private final MessageDigest hash;

        Verifier(PGPPublicKey key, int keyAlgorithm, int hashAlgorithm) throws PGPException {
            this.key = key;
            this.keyAlgorithm = keyAlgorithm;
            this.hashAlgorithm = hashAlgorithm;
            try {
                this.hash = MessageDigest.getInstance(jdkName(hashAlgorithm));
            } catch (NoSuchAlgorithmException e) {
                throw new PGPException("unknown hash " + hashAlgorithm, e);
            }
        }

        @Override
        public OutputStream getOutputStream() {
            return new DigestOutputStream(OutputStream.nullOutputStream(), hash);
        }

        @Override
        public boolean verify(byte[] expected) {
            byte[] digest = hash.digest();
            try {
                AsymmetricKeyParameter open = new BcPGPKeyConverter().getPublicKey(key);
                if (DigestSigner.isEd25519(keyAlgorithm)) {
                    Ed25519Signer ed25519 = new Ed25519Signer();
                    ed25519.init(false, open);
                    ed25519.update(digest, 0, digest.length);
                    return ed25519.verifySignature(expected);
                }
                if (keyAlgorithm == PublicKeyAlgorithmTags.ECDSA || keyAlgorithm == PublicKeyAlgorithmTags.DSA) {
                    DSADigestSigner dsa = new DSADigestSigner(
                            keyAlgorithm == PublicKeyAlgorithmTags.ECDSA ? new ECDSASigner() : new DSASigner(),
                            new ReadyDigest(digest));
                    dsa.init(false, open);
                    return dsa.verifySignature(expected);
                }
                RSADigestSigner rsa = new RSADigestSigner(new ReadyDigest(digest), oid(hashAlgorithm));
                rsa.init(false, open);
                return rsa.verifySignature(expected);
            } catch (PGPException e) {
                return false;
            }
        }

        @Override
        public int getHashAlgorithm() {
            return hashAlgorithm;
        }

        @Override
        public int getKeyAlgorithm() {
            return keyAlgorithm;
        }

        @Override
        public long getKeyID() {
            return key.getKeyID();
        }
    }

    private static String jdkName(int hash) throws NoSuchAlgorithmException {
        return switch (hash) {
            case HashAlgorithmTags.SHA224 -> "SHA-224";
            case HashAlgorithmTags.SHA256 -> "SHA-256";
            case HashAlgorithmTags.SHA384 -> "SHA-384";
            case HashAlgorithmTags.SHA512 -> "SHA-512";
            default -> throw new NoSuchAlgorithmException("hash " + hash);
        };
    }

    private static ASN1ObjectIdentifier oid(int hash) throws PGPException {
        return switch (hash) {
            case HashAlgorithmTags.SHA224 -> NISTObjectIdentifiers.id_sha224;
            case HashAlgorithmTags.SHA256 -> NISTObjectIdentifiers.id_sha256;
            case HashAlgorithmTags.SHA384 -> NISTObjectIdentifiers.id_sha384;
            case HashAlgorithmTags.SHA512 -> NISTObjectIdentifiers.id_sha512;
            default -> throw new PGPException("unknown hash " + hash);
        };
    }
}
