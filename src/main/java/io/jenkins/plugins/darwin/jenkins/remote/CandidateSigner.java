package io.jenkins.plugins.darwin.jenkins.remote;

import io.jenkins.plugins.darwin.candidate.BuildRecord;
import io.jenkins.plugins.darwin.candidate.CandidateDocuments;
import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.ContentState;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.Purpose;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.registry.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code darwinSign} may have signed: the files that the controller's record of the build names, each by the SHA-512 that
 * stands there, the documents around them, which the controller makes itself, and the one manifest that all of this gives.
 */
public final class CandidateSigner extends StepSigner {
    private final BuildRecord record;
    private final CandidateDocuments documents;
    private final Map<String, Digest> contents = new HashMap<>();
    private final Map<String, String> signatures = new HashMap<>();

    /** @param record what the controller knows of the build */
    public CandidateSigner(DetachedSigner key, BuildRecord record) {
        super(key);
        this.record = record;
        this.documents = new CandidateDocuments(record.contents());
        record.contents().files().forEach(f -> contents.put(f.name(), f.sha512()));
        documents.texts().forEach((name, text) -> contents.putIfAbsent(name, Digest.sha512(text)));
        contents.keySet().retainAll(documents.signable());
    }

    @Override
    void requireOrdered(SignedFor what) {
        if (what.purpose() != Purpose.FILE && what.purpose() != Purpose.CANDIDATE) {
            throw refused(what, "the step signs the files of a candidate and its manifest, nothing else");
        }
        if (!what.project().equals(record.contents().project())
                || !what.candidate().equals(record.candidate().toString())) {
            throw refused(
                    what,
                    "expected " + record.contents().project() + " " + record.candidate() + ", which " + record.by()
                            + " recorded");
        }
        if (what.purpose() == Purpose.FILE && !contents.containsKey(what.name())) {
            throw refused(what, record.by() + " recorded no such file");
        }
    }

    @Override
    void requireContent(SignedFor what, ContentState content) {
        if (what.purpose() != Purpose.FILE) {
            throw refused(what, "the controller reads it whole");
        }
        requireSame(what, contents.get(what.name()), content.sha512());
    }

    @Override
    void requireDocument(SignedFor what, byte[] document) {
        if (what.purpose() == Purpose.FILE) {
            requireSame(what, contents.get(what.name()), Digest.sha512(document));
            return;
        }
        Manifest expected = manifest(what);
        if (!what.name().equals(expected.digest().toString()) || !Arrays.equals(document, expected.raw())) {
            throw refused(
                    what,
                    "expected the manifest " + expected.digest() + " of what " + record.by() + " recorded, found "
                            + Digest.sha256(document));
        }
    }

    private void requireSame(SignedFor what, Digest expected, Digest found) {
        if (!expected.equals(found)) {
            throw refused(what, "expected " + expected + ", as " + record.by() + " recorded, found " + found);
        }
    }

    /** Made here, from the record and the signatures that were given out. */
    private Manifest manifest(SignedFor what) {
        List<Descriptor> own = new ArrayList<>();
        signatures.forEach((name, text) ->
                own.add(CandidateDocuments.describe(name + ".asc", text.getBytes(StandardCharsets.US_ASCII))));
        own.add(CandidateDocuments.describe(CandidateFolder.KEYS, publicKey().getBytes(StandardCharsets.US_ASCII)));
        try {
            return documents.signed(record.candidate(), own);
        } catch (ReleaseException e) {
            throw refused(what, "not all of its files are signed (" + e.getMessage() + ")");
        }
    }

    @Override
    void signed(SignedFor what, String signature) {
        if (what.purpose() == Purpose.FILE) {
            signatures.put(what.name(), signature);
        }
    }
}
