package io.jenkins.plugins.darwin.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Writes a first {@code darwin-release.yaml} for a repository. */
public final class ConfigWriter {
    private ConfigWriter() {}

    /**
     * A commented configuration of what is found in the repository; {@link ConfigReader} reads it back without a
     * problem, and every place that it names exists.
     *
     * @param read content of a file, empty when there is none
     * @param paths of all files in the repository
     */
    public static String starter(Function<String, Optional<byte[]>> read, List<String> paths, String repositoryName) {
        throw new UnsupportedOperationException("in work");
    }
}
