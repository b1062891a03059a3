package io.jenkins.plugins.darwin.openpgp;

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
}
