package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Which hash names the objects of a repository: JGit knows SHA-1 alone. */
final class ObjectFormat {
    private static final Pattern SHA256 = Pattern.compile("(?im)^\\s*objectformat\\s*=\\s*\"?sha256\"?\\s*$");

    private ObjectFormat() {}

    /** @throws ReleaseException refused, when a repository in a folder of this machine is one with SHA-256 names */
    static void requireSha1(Path folder) {
        for (Path config :
                new Path[] {folder.resolve("config"), folder.resolve(".git").resolve("config")}) {
            try {
                if (Files.isRegularFile(config)
                        && SHA256.matcher(Files.readString(config, StandardCharsets.ISO_8859_1))
                                .find()) {
                    throw unsupported(folder.toString());
                }
            } catch (IOException e) {
                // whoever opens it says why it can't be read
            }
        }
    }

    static ReleaseException unsupported(String repository) {
        return ReleaseException.refused("The repository " + repository
                + " names its objects by SHA-256 (object format sha256): expected one with SHA-1 names, the only ones"
                + " that this version can read; release from a repository made with 'git init --object-format=sha1'.");
    }
}
