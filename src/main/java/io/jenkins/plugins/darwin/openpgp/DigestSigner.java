package io.jenkins.plugins.darwin.openpgp;

import java.io.OutputStream;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.signers.Ed25519Signer;
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
        return algorithm == PublicKeyAlgorithmTags.RSA_GENERAL
                || algorithm == PublicKeyAlgorithmTags.RSA_SIGN
                || algorithm == PublicKeyAlgorithmTags.EDDSA_LEGACY;
    }

    @Override
    public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public byte[] getSignature() {
        try {
            AsymmetricKeyParameter secret = new BcPGPKeyConverter().getPrivateKey(key);
            return algorithm == PublicKeyAlgorithmTags.EDDSA_LEGACY ? ed25519(secret) : rsa(secret);
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
