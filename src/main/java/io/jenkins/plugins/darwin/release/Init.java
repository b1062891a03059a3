package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.config.ConfigWriter;
import io.jenkins.plugins.darwin.git.LocalRepository;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A first configuration for a repository, from the files that Git knows in a work tree. */
public final class Init {
    private Init() {}

    /**
     * Named after the origin, which need not be called as the folder is.
     *
     * @param top of the work tree
     */
    public static String starter(Path top) {
        List<String> paths = LocalRepository.trackedFiles(top);
        return ConfigWriter.starter(
                path -> read(top, path),
                paths,
                LocalRepository.name(LocalRepository.remoteUrl(top.toString(), top)),
                LocalRepository.defaultBranch(top),
                LocalRepository.tags(top).stream()
                        .flatMap(t -> Version.ofTag(t.startsWith("v") ? t : "v" + t).stream())
                        .max(Version::compareTo));
    }

    private static Optional<byte[]> read(Path top, String path) {
        Path file = top.resolve(path);
        try {
            return Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(Files.readAllBytes(file))
                    : Optional.empty();
        } catch (IOException e) {
            throw ReleaseException.failed("Tried to read " + file + " but failed because: " + e.getMessage() + ".", e);
        }
    }
}
