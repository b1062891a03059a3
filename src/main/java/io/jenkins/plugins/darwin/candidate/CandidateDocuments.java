package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CandidateNames;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.ArtifactManifest;
import io.jenkins.plugins.darwin.registry.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The small documents around a candidate's files, each a function of {@code candidate.json} alone: whoever knows that can make
 * them again and need not believe those that lie somewhere.
 */
public final class CandidateDocuments {
    private static final String SHA512 = ".sha512";
    private static final String ASC = ".asc";

    private final Candidate candidate;
    private final SortedMap<String, byte[]> texts = new TreeMap<>();

    public CandidateDocuments(Candidate candidate) {
        this.candidate = candidate;
        byte[] json = Json.write(candidate);
        texts.put(Candidate.FILE, json);
        SortedMap<String, String> sums = new TreeMap<>();
        candidate.files().forEach(f -> sums.put(f.name(), f.sha512().hex()));
        sums.put(Candidate.FILE, Digest.sha512(json).hex());
        StringBuilder all = new StringBuilder();
        sums.forEach((name, hex) -> {
            String line = hex + "  " + name + "\n";
            all.append(line);
            texts.put(name + SHA512, line.getBytes(StandardCharsets.UTF_8));
        });
        texts.put(CandidateFolder.CHECKSUMS, all.toString().getBytes(StandardCharsets.UTF_8));
    }

    public Candidate candidate() {
        return candidate;
    }

    /** {@code candidate.json}, {@code checksums.sha512} and one {@code .sha512} a file, as sha512sum writes and checks them. */
    public SortedMap<String, byte[]> texts() {
        return Collections.unmodifiableSortedMap(texts);
    }

    /** Every file that needs no key, sorted by name: the candidate's, and the documents. */
    public List<Descriptor> files() {
        List<Descriptor> files = new ArrayList<>(
                candidate.files().stream().map(Candidate.Artifact::descriptor).toList());
        texts.forEach((name, text) -> files.add(describe(name, text)));
        files.sort(Comparator.comparing(f -> f.title().orElseThrow()));
        return files;
    }

    /** What gets a signature, sorted: every file but those that hold one checksum. */
    public List<String> signable() {
        return files().stream()
                .map(f -> f.title().orElseThrow())
                .filter(name -> !name.endsWith(SHA512) || name.equals(CandidateFolder.CHECKSUMS))
                .toList();
    }

    public List<String> signatureNames() {
        return signable().stream().map(name -> name + ASC).toList();
    }

    /** The manifest of what is built and not signed. */
    public Manifest unsigned() {
        return manifest(ArtifactManifest.ofType(MediaType.UNSIGNED), List.of());
    }

    /**
     * The candidate's manifest, whose digest is voted on. Its number is a part of it, since a tag can be moved by whoever may
     * push to staging.
     *
     * @param own the signatures and KEYS, as they were pushed
     * @throws ReleaseException refused, when there is more or less than a signature for each file, and KEYS
     */
    public Manifest signed(CandidateId id, Collection<Descriptor> own) {
        List<String> expected = new ArrayList<>(signatureNames());
        expected.add(CandidateFolder.KEYS);
        Collections.sort(expected);
        List<String> found =
                own.stream().map(f -> f.title().orElse("")).sorted().toList();
        if (!found.equals(expected)) {
            throw ReleaseException.refused("Not the signatures of " + id + ": expected " + String.join(", ", expected)
                    + ", found " + String.join(", ", found) + ".");
        }
        return manifest(
                ArtifactManifest.ofType(Candidate.MEDIA_TYPE)
                        .annotation(
                                "org.opencontainers.image.created",
                                candidate.created().toString())
                        .annotation(
                                "org.opencontainers.image.revision",
                                candidate.commit().sha())
                        .annotation(StagedCandidate.ID_ANNOTATION, id.toString())
                        .annotation("org.opencontainers.image.title", candidate.project())
                        .annotation(
                                "org.opencontainers.image.version",
                                candidate.version().toString()),
                own);
    }

    private Manifest manifest(ArtifactManifest parts, Collection<Descriptor> own) {
        byte[] json = texts.get(Candidate.FILE);
        parts.config(Descriptor.of(Candidate.MEDIA_TYPE, Digest.sha256(json), json.length));
        List<Descriptor> layers = new ArrayList<>(files());
        layers.addAll(own);
        layers.stream()
                .sorted(Comparator.comparing(f -> f.title().orElseThrow()))
                .forEach(parts::layer);
        return parts.build();
    }

    /** A document, as a layer of the candidate. */
    public static Descriptor describe(String name, byte[] content) {
        if (!CandidateNames.isLayer(name)) {
            throw new IllegalArgumentException(name);
        }
        return Descriptor.of(MediaType.ofFile(name), Digest.sha256(content), content.length)
                .titled(name);
    }
}
