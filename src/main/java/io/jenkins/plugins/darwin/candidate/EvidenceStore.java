package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.attest.Attestation;
import io.jenkins.plugins.darwin.attest.Bundle;
import io.jenkins.plugins.darwin.attest.Evidence;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.MaterialVerifier;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.registry.ArtifactManifest;
import io.jenkins.plugins.darwin.registry.Manifest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Statements on a candidate, as bundles that refer to it. Anybody who may push can attach one: what no trusted key signed, or
 * what is on something else, is skipped with one warning for all, and stops nothing.
 */
public final class EvidenceStore {
    /** More on one candidate are not ours, and asking for each costs two requests. */
    private static final int MOST = 2_000;
    /** As sigstore's tools name bundles of every version. */
    private static final String FAMILY = "application/vnd.dev.sigstore.bundle";

    private static final int SHOWN = 3;

    private final CandidateStore store;
    private final StagedCandidate candidate;
    private final Optional<MaterialVerifier> verifier;
    private final Attestation attestation;
    private final Set<String> skipped = new LinkedHashSet<>();

    /** @param verifier whose signatures count; empty when there is no key to trust: then there is no evidence either */
    public EvidenceStore(CandidateStore store, StagedCandidate candidate, Optional<SignatureVerifier> verifier) {
        this.store = store;
        this.candidate = candidate;
        this.verifier = verifier.map(SignatureVerifier::material);
        this.attestation = new Attestation(
                candidate.project(),
                candidate.id(),
                candidate.digest(),
                candidate.project() + "-release:" + candidate.id());
    }

    /** How statements on this candidate are made. */
    public Attestation attestation() {
        return attestation;
    }

    /** @param manifest what holds it in the registry */
    public record Found(Evidence evidence, Manifest manifest) {}

    /** All that counts, oldest first; those that don't say when are the first. */
    public List<Found> all() {
        List<Found> found = new ArrayList<>();
        int looked = 0;
        for (Descriptor listed : listed()) {
            if (!listed.artifactType().orElse("").startsWith(FAMILY)) {
                continue;
            }
            if (++looked > MOST) {
                skipped.add("all after the first " + MOST);
                break;
            }
            try {
                found.add(read(listed));
            } catch (ReleaseException e) {
                rethrowWhenAway(e);
                skipped.add(
                        listed.digest().abbreviated() + " (" + e.getMessage().replaceAll("\\.$", "") + ")");
            } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
                skipped.add(listed.digest().abbreviated() + " (it can't be read)"); // bytes of a stranger
            }
        }
        found.sort(Comparator.comparing((Found f) -> f.evidence().made().orElse(Instant.MIN))
                .thenComparing(f -> f.manifest().digest().toString()));
        return found;
    }

    private Found read(Descriptor listed) {
        Manifest manifest = store.repository()
                .manifest(listed.digest().toString())
                .orElseThrow(() -> ReleaseException.refused("it is listed and not there"));
        if (!Attachments.refersTo(manifest, candidate.digest())) {
            throw ReleaseException.refused("it refers to something else");
        }
        List<Descriptor> layers = manifest.view().layers();
        if (layers.size() != 1) {
            throw ReleaseException.refused("expected one bundle in it, found " + layers.size());
        }
        MaterialVerifier by = verifier.orElseThrow(() -> ReleaseException.refused("there is no key to check it with"));
        byte[] bundle = StagedCandidate.read(store.repository(), layers.get(0));
        return new Found(attestation.read(bundle, manifest.digest(), by), manifest);
    }

    private List<Descriptor> listed() {
        try {
            return store.repository().referrers(candidate.digest());
        } catch (ReleaseException e) {
            rethrowWhenAway(e);
            skipped.add("the whole list of what refers to it (" + e.getMessage() + ")");
            return List.of();
        }
    }

    /** One sentence about all that was skipped. */
    public Optional<String> warning() {
        if (skipped.isEmpty()) {
            return Optional.empty();
        }
        String more = skipped.size() > SHOWN ? "; and " + (skipped.size() - SHOWN) + " more" : "";
        return Optional.of("Skipped as evidence on " + candidate.id() + " in "
                + store.repository().reference() + ": "
                + skipped.stream().limit(SHOWN).collect(Collectors.joining("; ")) + more + ".");
    }

    /** Attaches a signed statement, in the form in which cosign and others look for it. */
    public Manifest attach(Bundle bundle, String predicateType, Instant made) {
        store.push("empty", ArtifactManifest.EMPTY_CONFIG.mediaType(), ArtifactManifest.emptyBytes());
        byte[] json = bundle.toJson();
        Descriptor layer = store.push("statement.sigstore.json", Bundle.MEDIA_TYPE, json);
        Manifest manifest = ArtifactManifest.ofType(Bundle.MEDIA_TYPE)
                .subject(candidate.manifest().descriptor())
                .layer(layer)
                .annotation("dev.sigstore.bundle.content", "dsse-envelope")
                .annotation("dev.sigstore.bundle.predicateType", predicateType)
                .annotation("org.opencontainers.image.created", made.toString())
                .build();
        store.repository().attach(manifest);
        return manifest;
    }

    /** Attaches the file that a statement was made of, with its signature, for those who have gpg and nothing else. */
    public void attachFile(String name, byte[] content, DetachedSigner signer) {
        store.push("empty", ArtifactManifest.EMPTY_CONFIG.mediaType(), ArtifactManifest.emptyBytes());
        byte[] signature = DetachedSigner.signBytes(signer, attestation.signedFor(), content)
                .getBytes(StandardCharsets.US_ASCII);
        store.repository()
                .attach(ArtifactManifest.ofType(MediaType.EVIDENCE_FILE)
                        .subject(candidate.manifest().descriptor())
                        .layer(store.push(name, MediaType.ofFile(name), content))
                        .layer(store.push(name + ".asc", MediaType.ARMORED_SIGNATURE, signature))
                        .build());
    }

    /** Whether a file with this content is there, signed by a trusted key. */
    public boolean hasFile(byte[] content, SignatureVerifier trusted) {
        return new TrustedDocuments(store, candidate, Optional.of(trusted))
                .all(MediaType.EVIDENCE_FILE, attestation.signedFor()).stream()
                        .anyMatch(d -> java.util.Arrays.equals(d.content(), content));
    }

    private void rethrowWhenAway(ReleaseException e) {
        if (e.kind() == ReleaseException.Kind.FAILED) {
            store.repository().resolve(candidate.digest().toString());
        }
    }
}
