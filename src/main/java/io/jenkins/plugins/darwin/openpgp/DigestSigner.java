package io.jenkins.plugins.darwin.openpgp;

import java.io.OutputStream;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.DSASigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.operator.PGPContentSigner;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyConverter;

/** Signs a SHA-512 that somebody else made: what the generator writes to it is not hashed again. */
final class DigestSigner implements PGPContentSigner {
    private final PGPPrivateKey key;
    private final int algorithm;
    private final int type;
    private final byte[] digest;

    DigestSigner(PGPPrivateKey key, int type, byte[] digest) {
        this.key = key;
        this.algorithm = key.getPublicKeyPacket().getAlgorithm();
        this.type = type;
        this.digest = digest.clone();
    }

    static boolean supports(int algorithm) {
        return switch (algorithm) {
            case PublicKeyAlgorithmTags.RSA_GENERAL,
                    PublicKeyAlgorithmTags.RSA_SIGN,
                    PublicKeyAlgorithmTags.EDDSA_LEGACY,
                    PublicKeyAlgorithmTags.Ed25519,
                    PublicKeyAlgorithmTags.ECDSA,
                    PublicKeyAlgorithmTags.DSA -> true;
            default -> false;
        };
    }

    static boolean isEd25519(int algorithm) {
        return algorithm == PublicKeyAlgorithmTags.EDDSA_LEGACY || algorithm == PublicKeyAlgorithmTags.Ed25519;
    }

    @Override
    public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public byte[] getSignature() {
        try {
            AsymmetricKeyParameter secret = new BcPGPKeyConverter().getPrivateKey(key);
            return switch (algorithm) {
                case PublicKeyAlgorithmTags.EDDSA_LEGACY, PublicKeyAlgorithmTags.Ed25519 -> ed25519(secret);
                case PublicKeyAlgorithmTags.ECDSA, PublicKeyAlgorithmTags.DSA -> dsa(secret);
                default -> rsa(secret);
            };
        } catch (PGPException | CryptoException e) {
            throw new IllegalStateException("The key can't be used for signing.", e);
        }
    }

    /** RFC 8017, 8.2 (RSASSA-PKCS1-v1_5). */
    private byte[] rsa(AsymmetricKeyParameter secret) throws CryptoException {
        RSADigestSigner rsa = new RSADigestSigner(new ReadyDigest(digest), NISTObjectIdentifiers.id_sha512);
        rsa.init(true, secret);
        return rsa.generateSignature();
    }

    /** RFC 9580, 5.2.3.4: the digest is the message that Ed25519 signs. */
    private byte[] ed25519(AsymmetricKeyParameter secret) {
        Ed25519Signer ed25519 = new Ed25519Signer();
        ed25519.init(true, secret);
        ed25519.update(digest, 0, digest.length);
        return ed25519.generateSignature();
    }

    /**
     * DSA and ECDSA of the digest's leftmost bits (FIPS 186-5, 6.4.1), as DER, from which the generator takes r and s. The
     * number that has to be new each time comes from key and digest (RFC 6979): no bad random source can give the key away.
     */
    private byte[] dsa(AsymmetricKeyParameter secret) throws CryptoException {
        HMacDSAKCalculator numbers = new HMacDSAKCalculator(new SHA512Digest());
        DSADigestSigner signer = new DSADigestSigner(
                algorithm == PublicKeyAlgorithmTags.ECDSA ? new ECDSASigner(numbers) : new DSASigner(numbers),
                new ReadyDigest(digest));
        signer.init(true, secret);
        return signer.generateSignature();
    }

    @Override
    public byte[] getDigest() {
        return digest.clone();
    }

    @Override
    public int getType() {
        return type;
    }

    @Override
    public int getHashAlgorithm() {
        return HashAlgorithmTags.SHA512;
    }

    @Override
    public int getKeyAlgorithm() {
        return algorithm;
    }

    @Override
    public long getKeyID() {
        return key.getKeyID();
    }
}
