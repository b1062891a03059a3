package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.model.Digest;
import java.util.Optional;

/** A signer that asks a policy first: what is lent to an agent, which must not choose what it gets signatures for. */
public final class GuardedSigner implements DetachedSigner {
    private final DetachedSigner signer;
    private final SigningPolicy policy;

    public GuardedSigner(DetachedSigner signer, SigningPolicy policy) {
        this.signer = signer;
        this.policy = policy;
    }

    @Override
    public SigningTrailer trailer(SignedFor what) {
        policy.requireAllowed(what);
        return signer.trailer(what);
    }

    @Override
    public String sign(SigningTrailer trailer, byte[] digest) {
        policy.requireAllowed(trailer.signedFor(), digest.clone());
        return signer.sign(trailer, digest);
    }

    @Override
    public String fingerprint() {
        return signer.fingerprint();
    }

    @Override
    public String publicKey() {
        return signer.publicKey();
    }

    @Override
    public Optional<byte[]> material() {
        return signer.material();
    }

    @Override
    public byte[] signStatement(SignedFor what, byte[] statement) {
        byte[] encoded = Dsse.signable(statement);
        policy.requireAllowed(what, Digest.messageDigest("sha512").digest(encoded));
        return signer.signStatement(what, statement);
    }
}
