package io.jenkins.plugins.darwin.edit;

import io.jenkins.plugins.darwin.model.ReleaseConfig;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Puts a release's values into the version files that {@code darwin-release.yaml} names. */
public final class VersionEdits {
    private VersionEdits() {}

    /**
     * Plans the edits; nothing is written.
     *
     * @param paths of all files in the tree, relative to its root
     * @param read content of one of these
     * @param placeholders values for {@code version}, {@code registry.release}, {@code registry.staging}
     * @throws io.jenkins.plugins.darwin.model.ReleaseException refused, with all problems in one message: a glob or
     *     place that matches nothing and is not optional, a file that can't be parsed, two values for one place
     */
    public static EditPlan plan(List<ReleaseConfig.VersionFile> files, List<String> paths, Function<String, byte[]> read,
            Map<String, String> placeholders) {
        throw new UnsupportedOperationException("in work");
    }
}
