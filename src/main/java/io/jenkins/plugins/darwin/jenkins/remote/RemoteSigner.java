package io.jenkins.plugins.darwin.jenkins.remote;

import io.jenkins.plugins.darwin.openpgp.ContentState;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.openpgp.SigningTrailer;
import java.io.NotSerializableException;
import java.nio.file.Path;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/**
 * A signer on the controller, used from an agent: what is sent there is a stub that calls back for the length of one remote
 * call. Digests and signatures cross the wire; the key can't, because nothing that holds it is serializable.
 */
public final class RemoteSigner implements DetachedSigner, SerializableOnlyOverRemoting {
    private static final long serialVersionUID = 1L;

    private final transient DetachedSigner signer;
    /** Only ever set in what is sent: the agent's end of the exported signer. */
    private final DetachedSigner stub;

    public RemoteSigner(DetachedSigner signer) {
        this(signer, null);
    }

    private RemoteSigner(DetachedSigner signer, DetachedSigner stub) {
        this.signer = signer;
        this.stub = stub;
    }

    private Object writeReplace() throws NotSerializableException {
        return stub != null
                ? this
                : new RemoteSigner(null, getChannelForSerialization().export(DetachedSigner.class, signer));
    }

    private DetachedSigner here() {
        return signer != null ? signer : stub;
    }

    @Override
    public SigningTrailer trailer(SignedFor what) {
        return here().trailer(what);
    }

    @Override
    public String sign(SigningTrailer trailer, byte[] digest) {
        return here().sign(trailer, digest);
    }

    /** The state of the hash goes over the wire: a digest alone would have to be believed. */
    @Override
    public String sign(SigningTrailer trailer, Path file, byte[] digest) {
        return here().sign(trailer, ContentState.of(file));
    }

    @Override
    public String sign(SigningTrailer trailer, ContentState content) {
        return here().sign(trailer, content);
    }

    @Override
    public String signDocument(SignedFor what, byte[] document) {
        return here().signDocument(what, document);
    }

    @Override
    public String fingerprint() {
        return here().fingerprint();
    }

    @Override
    public String publicKey() {
        return here().publicKey();
    }
}
