package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The manifests of one kind that really refer to a manifest: read, digest verified, with this subject and this type. What is
 * listed and is not there, is no manifest, or refers to something else is left out with a warning; a registry that does not
 * answer is still a failure, since nobody knows then what is there.
 */
public record Attached(List<Manifest> manifests, List<String> warnings) {
    /** So many are read for one question; each costs a request, and anybody who may push can list more. */
    static final int MOST = 10_000;

    public Attached {
        manifests = List.copyOf(manifests);
        warnings = List.copyOf(warnings);
    }

    /**
     * Whether a failure to read tells of what is there (damaged, exchanged, gone, no manifest), rather than of a registry that
     * does not answer.
     */
    public static boolean isAboutContent(ReleaseException failure) {
        return Reasons.isAboutContent(failure);
    }

    /**
     * Looks them up.
     *
     * @param artifactType the only one that is read; entries that name another one are passed over without a word
     */
    public static Attached of(Repository repository, Digest subject, String artifactType) {
        Referrers listed = repository.lookUpReferrers(subject);
        List<String> warnings = new ArrayList<>(listed.warnings());
        List<Manifest> manifests = new ArrayList<>();
        int asked = 0;
        for (Descriptor entry : listed.found()) {
            // An entry without a type may be of any: OCI distribution 1.1 lets old registries leave it out.
            if (!entry.artifactType().orElse(artifactType).equals(artifactType)) {
                continue;
            }
            if (++asked > MOST) {
                warnings.add("More than " + MOST + " manifests of type " + artifactType + " are listed for " + subject
                        + " in " + repository.reference() + "; the others are left out.");
                break;
            }
            read(repository, subject, artifactType, entry, warnings).ifPresent(manifests::add);
        }
        return new Attached(manifests, warnings);
    }

    private static Optional<Manifest> read(
            Repository repository, Digest subject, String type, Descriptor entry, List<String> warnings) {
        String name = entry.digest() + " in " + repository.reference();
        Optional<Manifest> manifest;
        try {
            manifest = repository.manifest(entry.digest().toString());
        } catch (ReleaseException e) {
            if (!Reasons.isAboutContent(e)) {
                throw e;
            }
            warnings.add("Left out what is listed for " + subject + ": " + e.getMessage());
            return Optional.empty();
        }
        if (manifest.isEmpty()) {
            warnings.add("Left out " + name + ", which is listed for " + subject + ": it is not there.");
            return Optional.empty();
        }
        ManifestView view = manifest.get().view();
        if (!view.subject().map(Descriptor::digest).equals(Optional.of(subject))) {
            warnings.add("Left out " + name + ", which is listed for " + subject + ": it refers to "
                    + view.subject().map(each -> each.digest().toString()).orElse("nothing") + ".");
            return Optional.empty();
        }
        return manifest.filter(each -> view.artifactType().equals(Optional.of(type)));
    }
}
