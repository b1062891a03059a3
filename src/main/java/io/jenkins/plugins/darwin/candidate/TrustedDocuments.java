package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.SignatureCheck;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.Repository;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What refers to a candidate and was signed by a trusted key for just that. Whoever may push to the registry can attach
 * anything: what is not signed, dangles, is cut off, or was signed for something else is skipped before it is parsed, with
 * one warning for all, and stops nothing.
 */
public final class TrustedDocuments {
    /** More of one kind on one candidate are not ours, and asking for each costs two requests. */
    private static final int MOST = 5_000;
    /** An armored signature is far smaller, in bytes. */
    private static final int LARGEST_SIGNATURE = 64 * 1024;

    private static final int SHOWN = 3;

    /**
     * @param source the attachment, for people
     * @param check by whom it is signed; acceptable
     * @param attachment what refers to the candidate; empty for a copy that was kept elsewhere
     */
    public record Document(
            byte[] content, String signature, SignatureCheck check, String source, Optional<Manifest> attachment) {}

    private final Repository repository;
    private final StagedCandidate candidate;
    private final Optional<SignatureVerifier> verifier;
    private final Set<String> skipped = new LinkedHashSet<>();
    private SignatureCheck best;

    /** @param verifier empty when there is no key that could be trusted: then there is no trusted document either */
    public TrustedDocuments(CandidateStore store, StagedCandidate candidate, Optional<SignatureVerifier> verifier) {
        this.repository = store.repository();
        this.candidate = candidate;
        this.verifier = verifier;
    }

    /** The documents of one kind, in no order that means anything. */
    public List<Document> all(String artifactType, SignedFor expected) {
        return find(artifactType, expected, Optional.empty());
    }

    /**
     * Those signatures over the candidate's own manifest that count.
     *
     * @see #reason()
     */
    public Optional<SignatureCheck> manifestSignature() {
        return manifestSignatures().stream().map(Document::check).findFirst();
    }

    /** All of them, each with the manifest as its content. */
    public List<Document> manifestSignatures() {
        SignedFor expected = SignedFor.candidate(candidate.project(), candidate.id(), candidate.digest());
        return find(
                MediaType.SIGNATURE, expected, Optional.of(candidate.manifest().raw()));
    }

    /** Why the last signature that was looked at did not count. */
    public Optional<String> reason() {
        return Optional.ofNullable(best)
                .map(SignatureCheck::detail)
                .or(() -> skipped.stream().reduce((a, b) -> b));
    }

    /** One sentence about all that was skipped. */
    public Optional<String> warning() {
        if (skipped.isEmpty()) {
            return Optional.empty();
        }
        String more = skipped.size() > SHOWN ? "; and " + (skipped.size() - SHOWN) + " more" : "";
        return Optional.of("Skipped in " + repository.reference() + ", because no trusted key signed it for "
                + candidate.id() + ": " + skipped.stream().limit(SHOWN).collect(Collectors.joining("; ")) + more
                + ".");
    }

    private List<Document> find(String artifactType, SignedFor expected, Optional<byte[]> content) {
        List<Document> found = new ArrayList<>();
        int looked = 0;
        for (Descriptor listed : listed()) {
            if (!listed.artifactType().equals(Optional.of(artifactType))) {
                continue;
            }
            if (++looked > MOST) {
                skipped.add("all after the first " + MOST + " of type " + artifactType);
                break;
            }
            String source = repository.reference() + "@" + listed.digest();
            try {
                Manifest manifest = repository
                        .manifest(listed.digest().toString())
                        .orElseThrow(() -> ReleaseException.refused("it is listed and not there"));
                found.add(judge(manifest, artifactType, expected, content, source));
            } catch (ReleaseException e) {
                rethrowWhenAway(e);
                skipped.add(listed.digest().abbreviated() + " (" + e.getMessage() + ")");
            } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
                skipped.add(listed.digest().abbreviated() + " (it can't be read)"); // bytes of a stranger
            }
        }
        return found;
    }

    private List<Descriptor> listed() {
        try {
            return repository.referrers(candidate.digest());
        } catch (ReleaseException e) {
            rethrowWhenAway(e);
            skipped.add("the whole list of what refers to it (" + e.getMessage() + ")");
            return List.of();
        }
    }

    private Document judge(
            Manifest manifest, String artifactType, SignedFor expected, Optional<byte[]> content, String source) {
        if (!manifest.view().artifactType().equals(Optional.of(artifactType))
                || !Attachments.refersTo(manifest, candidate.digest())) {
            throw ReleaseException.refused("it is something else than the list says");
        }
        Descriptor asc = layer(manifest, true);
        if (asc.size() > LARGEST_SIGNATURE) {
            throw ReleaseException.refused("what should be its signature has " + asc.size() + " bytes");
        }
        String signature = new String(StagedCandidate.read(repository, asc), StandardCharsets.US_ASCII);
        byte[] document = content.orElseGet(() -> {
            if (!SignatureVerifier.claim(signature).equals(Optional.of(expected))) {
                throw ReleaseException.refused("its signature is not one on " + expected.phrase());
            }
            return StagedCandidate.read(repository, layer(manifest, false));
        });
        SignatureCheck check = check(signature, expected, document);
        if (!check.acceptable()) {
            best = check;
            throw ReleaseException.refused(check.detail());
        }
        return new Document(document, signature, check, source, Optional.of(manifest));
    }

    private SignatureCheck check(String signature, SignedFor expected, byte[] document) {
        return verifier.orElseThrow(() -> ReleaseException.refused("there is no key to check it with"))
                .verify(signature, expected, document);
    }

    /** A copy of a document that was kept elsewhere, if its signature counts. */
    public Optional<Document> kept(Optional<RecordNotes.Signed> copy, SignedFor expected, String source) {
        try {
            return copy.flatMap(c -> {
                SignatureCheck check = check(c.signature(), expected, c.content());
                if (!check.acceptable()) {
                    skipped.add(source + " (" + check.detail() + ")");
                    return Optional.empty();
                }
                return Optional.of(new Document(c.content(), c.signature(), check, source, Optional.empty()));
            });
        } catch (ReleaseException e) {
            skipped.add(source + " (" + e.getMessage() + ")");
            return Optional.empty();
        }
    }

    void skip(String what) {
        skipped.add(what);
    }

    private static Descriptor layer(Manifest manifest, boolean signature) {
        return manifest.view().layers().stream()
                .filter(l -> l.title().orElse("").endsWith(".asc") == signature)
                .findFirst()
                .orElseThrow(() -> ReleaseException.refused("it has no " + (signature ? "signature" : "document")));
    }

    /** One thing that can't be read is skipped; a registry that does not answer at all is not taken for an empty one. */
    private void rethrowWhenAway(ReleaseException e) {
        if (e.kind() == ReleaseException.Kind.FAILED) {
            repository.resolve(candidate.digest().toString());
        }
    }
}
