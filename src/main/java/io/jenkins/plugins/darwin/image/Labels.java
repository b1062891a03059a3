package io.jenkins.plugins.darwin.image;

import java.util.SortedMap;
import java.util.TreeMap;

/** The labels that every image of a release carries (image-spec, annotations.md). */
final class Labels {
    private static final String OCI = "org.opencontainers.image.";

    private Labels() {}

    static SortedMap<String, String> of(BuildContext context) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put(OCI + "version", context.version().toString());
        labels.put(OCI + "revision", context.commit().sha());
        context.sourceUrl().ifPresent(url -> labels.put(OCI + "source", url));
        return labels;
    }
}
