package io.jenkins.plugins.darwin.image;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a script pushes to.
 *
 * @param repository {@code host[:port]/path}
 */
record Produced(String repository, String tag) {
    /** A host has a dot or a port, or is localhost; else Docker takes the name for one of Docker Hub. */
    private static final Pattern FORM = Pattern.compile(
            "((?:localhost|[a-zA-Z0-9-]+(?:\\.[a-zA-Z0-9-]+)+|[a-zA-Z0-9.-]+(?=:\\d))(?::\\d{1,5})?(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+)"
                    + "(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?");

    /**
     * @param text may hold {@code ${version}} and {@code ${commit}} in its tag
     * @throws ReleaseException usage, when it is not {@code host[:port]/path[:tag]}
     */
    static Produced parse(String image, String text, Version version, CommitId commit) {
        String reference = text.replace("${version}", version.toString()).replace("${commit}", commit.sha());
        Matcher m = FORM.matcher(reference);
        if (!m.matches()) {
            throw ReleaseException.usage(
                    "Not a place that a build can push image " + image + " to: expected host[:port]/path:tag, "
                            + "for example localhost:5000/" + image + ":latest, found '"
                            + ForeignText.shown(reference)
                            + "'. Check 'produces' of the image.");
        }
        return new Produced(m.group(1), m.group(2) == null ? "latest" : m.group(2));
    }
}
