package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.model.ReleaseConfig;
import java.util.List;

/** Reads {@code darwin-release.yaml}. */
public final class ConfigReader {
    /** Name of the file at the root of the released repository. */
    public static final String FILE_NAME = "darwin-release.yaml";

    private ConfigReader() {}

    /**
     * Reads and validates the configuration; every key is optional.
     *
     * @param fileName for messages
     * @param repositoryName the project's name unless the file gives one
     * @throws io.jenkins.plugins.darwin.model.ReleaseException usage, with every problem on a line of its own:
     *     {@code file:line:column: what, expected, found}
     */
    public static ReleaseConfig read(String fileName, byte[] yaml, String repositoryName) {
        throw new UnsupportedOperationException("in work");
    }

    /** The configuration of a repository that has no such file. */
    public static ReleaseConfig defaults(String repositoryName) {
        return new ReleaseConfig(repositoryName, Defaults.TRUNK, Defaults.AUTHOR, Defaults.versionFiles(), List.of(),
                Defaults.CHARTS, Defaults.SOURCE, Defaults.registry(repositoryName), Defaults.vote());
    }
}
