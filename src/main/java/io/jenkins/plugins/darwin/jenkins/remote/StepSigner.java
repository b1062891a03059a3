package io.jenkins.plugins.darwin.jenkins.remote;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.ContentState;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.openpgp.SigningTrailer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * What a step lends to its agent, and what stays on the controller: the key, and the judgement of what is signed with it. An agent
 * may be anybody's, so each request is compared with what the controller knows; a digest that stands for nothing is never signed,
 * and nothing is signed twice.
 */
abstract class StepSigner implements DetachedSigner {
    private final DetachedSigner key;
    private final Set<SignedFor> made = new HashSet<>();

    StepSigner(DetachedSigner key) {
        this.key = key;
    }

    /** @throws ReleaseException refused, when this step signs nothing of the kind */
    abstract void requireOrdered(SignedFor what);

    /** @throws ReleaseException refused, when the content is not the one that has this name */
    abstract void requireContent(SignedFor what, ContentState content);

    /** @throws ReleaseException refused, when the document is not what it should be */
    abstract void requireDocument(SignedFor what, byte[] document);

    /** A signature was made. */
    void signed(SignedFor what, String signature) {}

    @Override
    public final SigningTrailer trailer(SignedFor what) {
        requireOrdered(what);
        return key.trailer(what);
    }

    @Override
    public final String sign(SigningTrailer trailer, byte[] digest) {
        throw refused(trailer.signedFor(), "a digest alone does not say what it stands for");
    }

    @Override
    public final String sign(SigningTrailer trailer, Path file, byte[] digest) {
        return sign(trailer, digest);
    }

    @Override
    public final synchronized String sign(SigningTrailer trailer, ContentState content) {
        SignedFor what = trailer.signedFor();
        requireOrdered(what);
        requireContent(what, content);
        requireFirst(what);
        return done(what, key.sign(trailer, content));
    }

    @Override
    public final synchronized String signDocument(SignedFor what, byte[] document) {
        byte[] own = document.clone();
        requireOrdered(what);
        requireDocument(what, own);
        requireFirst(what);
        return done(what, key.signDocument(what, own));
    }

    private void requireFirst(SignedFor what) {
        if (!made.add(what)) {
            throw refused(what, "it was signed once already in this step");
        }
    }

    private String done(SignedFor what, String signature) {
        signed(what, signature);
        return signature;
    }

    static ReleaseException refused(SignedFor what, String why) {
        return ReleaseException.refused("The controller does not sign " + what.phrase() + " named " + what.name()
                + " for this step: " + why + ".");
    }

    @Override
    public final String fingerprint() {
        return key.fingerprint();
    }

    @Override
    public final String publicKey() {
        return key.publicKey();
    }
}
