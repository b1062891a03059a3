package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What belongs to an image beside its own manifest: signatures, attestations and SBOMs under cosign's tags
 * ({@code sha256-<hex>.sig}, {@code .att}, {@code .sbom}), referrers of any type, and BuildKit's attestation manifests
 * inside an index. They name the image by digest, so a copy of the image without them is a copy that nobody can check.
 *
 * <p>They are copied, not believed: that one is there proves nothing until its reader has checked it.
 */
public final class Companions {
    /** So many levels of things that refer to things that refer to an image; more is a chain that somebody made to hurt. */
    private static final int MOST_LEVELS = 3;

    private static final int MOST = 1_000;

    private static final Map<String, Kind> COSIGN =
            Map.of("sig", Kind.SIGNATURE, "att", Kind.ATTESTATION, "sbom", Kind.SBOM);
    /** How BuildKit marks a child of an index that is no platform of it. */
    private static final String BUILDKIT_TYPE = "vnd.docker.reference.type";

    /** What a companion is, as far as its place says. */
    public enum Kind {
        /** Under cosign's tag {@code .sig}. */
        SIGNATURE,
        /** Under cosign's tag {@code .att}, or a BuildKit attestation inside an index. */
        ATTESTATION,
        /** Under cosign's tag {@code .sbom}. */
        SBOM,
        /** A manifest with a subject; its artifact type says more. */
        REFERRER
    }

    /** How a companion stands in another repository. */
    public enum State {
        /** Not there. */
        ABSENT,
        /** There, and found by whoever looks for it. */
        DONE,
        /** Its tag is there and names something else, such as a signature that was made there. It is left as it is. */
        DIFFERENT
    }

    /**
     * One companion.
     *
     * @param subject what it belongs to: the image, a child of its index, or another companion
     * @param tag by which it is found; empty for a referrer, and for what is inside the index
     * @param inside whether it is a child of the image's index, and so travels with the image itself
     */
    public record Companion(
            Kind kind,
            Digest subject,
            Digest digest,
            Optional<String> tag,
            Optional<String> artifactType,
            boolean inside) {
        /** For a plan: {@code signature sha256-….sig}, or {@code referrer application/spdx+json}. */
        public String label() {
            String name = kind.name().toLowerCase(java.util.Locale.ROOT);
            return name
                    + tag.or(() -> artifactType)
                            .map(more -> " " + Json.printable(more))
                            .orElse("");
        }
    }

    /**
     * What was found.
     *
     * @param all each before what belongs to it
     * @param warnings what was left out, and why
     */
    public record Found(List<Companion> all, List<String> warnings) {
        public Found {
            all = List.copyOf(all);
            warnings = List.copyOf(warnings);
        }
    }

    private final Repository repository;
    private final Set<String> tags;
    private final List<Companion> found = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Set<Digest> seen = new HashSet<>();
    private boolean tooMany;

    private Companions(Repository repository) {
        this.repository = repository;
        this.tags = Set.copyOf(repository.tags());
    }

    /** Looks for everything that belongs to an image or index; changes nothing. */
    public static Found of(Repository repository, Digest image) {
        Companions companions = new Companions(repository);
        companions.look(image, 1);
        repository
                .manifest(image.toString())
                .ifPresent(manifest -> manifest.view().manifests().forEach(child -> companions.child(image, child)));
        return new Found(companions.found, companions.warnings);
    }

    private void child(Digest index, Descriptor child) {
        if (child.annotations().containsKey(BUILDKIT_TYPE)) {
            add(new Companion(Kind.ATTESTATION, index, child.digest(), Optional.empty(), child.artifactType(), true));
        } else {
            look(child.digest(), 1);
        }
    }

    private void look(Digest subject, int level) {
        if (!seen.add(subject) || level > MOST_LEVELS) {
            return;
        }
        COSIGN.forEach((ending, kind) -> tagged(subject, ReferrersTag.tag(subject) + "." + ending, kind, level));
        Referrers referrers = repository.lookUpReferrers(subject);
        warnings.addAll(referrers.warnings());
        for (Descriptor each : referrers.found()) {
            Companion companion =
                    new Companion(Kind.REFERRER, subject, each.digest(), Optional.empty(), each.artifactType(), false);
            if (refers(companion) && add(companion)) {
                look(each.digest(), level + 1);
            }
        }
    }

    private void tagged(Digest subject, String tag, Kind kind, int level) {
        if (tags.contains(tag)) {
            repository.resolve(tag).ifPresent(at -> {
                if (add(new Companion(kind, subject, at.digest(), Optional.of(tag), at.artifactType(), false))) {
                    look(at.digest(), level + 1);
                }
            });
        }
    }

    /** Whether it is there and names the subject: a list that anybody may write can hold anything. */
    private boolean refers(Companion listed) {
        String name = listed.digest() + " in " + repository.reference();
        try {
            Optional<Manifest> manifest = repository.manifest(listed.digest().toString());
            if (manifest.isEmpty()) {
                warnings.add("Left out " + name + ", which is listed for " + listed.subject() + ": it is not there.");
            } else if (manifest.get().view().subject().map(Descriptor::digest).equals(Optional.of(listed.subject()))) {
                return true;
            } else {
                warnings.add("Left out " + name + ", which is listed for " + listed.subject()
                        + ": it does not refer to it.");
            }
        } catch (io.jenkins.plugins.darwin.model.ReleaseException e) {
            if (!Reasons.isAboutContent(e)) {
                throw e;
            }
            warnings.add("Left out what is listed for " + listed.subject() + ": " + e.getMessage());
        }
        return false;
    }

    private boolean add(Companion companion) {
        if (found.size() >= MOST) {
            if (!tooMany) {
                tooMany = true;
                warnings.add("More than " + MOST + " signatures, attestations and referrers of one image in "
                        + repository.reference() + "; the others are left out.");
            }
            return false;
        }
        found.add(companion);
        return true;
    }

    /** How it stands in another repository; for what is inside an index, whether the index's copy brought it. */
    public static State state(Companion companion, Repository to) {
        if (companion.tag().isPresent()) {
            return to.resolve(companion.tag().get())
                    .map(at -> at.digest().equals(companion.digest()) ? State.DONE : State.DIFFERENT)
                    .orElse(State.ABSENT);
        }
        boolean there = companion.inside()
                ? to.resolve(companion.digest().toString()).isPresent()
                : to.lookUpReferrers(companion.subject()).lists(companion.digest());
        return there ? State.DONE : State.ABSENT;
    }

    /**
     * Copies one so that it is found there as it is found here. A tag that names something else there is left alone, and so
     * is what is inside an index: its image's copy brings it.
     *
     * @return what was true before
     */
    public static State copy(Companion companion, Repository from, Repository to, ImageCopier copier) {
        State state = state(companion, to);
        if (state != State.ABSENT || companion.inside()) {
            return state;
        }
        copier.copy(from, companion.digest(), to);
        Manifest manifest = from.manifest(companion.digest().toString())
                .orElseThrow(() -> Reasons.failure(
                        "copy " + companion.label() + " of " + companion.subject() + " to " + to.reference(),
                        from.reference() + "@" + companion.digest() + " is not there any more",
                        null));
        if (companion.tag().isPresent()) {
            to.tag(manifest, companion.tag().get());
        } else {
            to.attach(manifest);
        }
        return state;
    }

    /** Copies all of an image's companions that are not there yet. @return what was found */
    public static Found copyAll(Repository from, Digest image, Repository to, ImageCopier copier) {
        Found found = of(from, image);
        found.all().forEach(each -> copy(each, from, to, copier));
        return found;
    }
}
