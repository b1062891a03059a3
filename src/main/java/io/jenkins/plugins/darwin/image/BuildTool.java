package io.jenkins.plugins.darwin.image;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program that builds Dockerfiles.
 *
 * @param kind which of those that we know
 * @param executable its full path
 */
record BuildTool(Kind kind, Path executable) {
    /** In the order in which they are preferred: those without a daemon first. */
    enum Kind {
        BUILDAH,
        PODMAN,
        DOCKER;

        String command() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * The first that the search path has.
     *
     * @throws ReleaseException usage, when it has none
     */
    static BuildTool find(Map<String, String> environment) {
        String path = environment.getOrDefault("PATH", "");
        for (Kind kind : Kind.values()) {
            for (String folder : path.split(File.pathSeparator)) {
                Path candidate = Path.of(folder).resolve(kind.command()).toAbsolutePath();
                if (!folder.isEmpty() && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                    return new BuildTool(kind, candidate);
                }
            }
        }
        throw ReleaseException.usage("No tool to build a Dockerfile with: looked for "
                + String.join(
                        ", ", List.of(Kind.values()).stream().map(Kind::command).toList()) + " in PATH (" + path
                + "), found none. Install one of them, for example buildah, which needs no daemon.");
    }
}
