package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;

/**
 * How a push into a folder goes: through {@code git receive-pack} where the machine has it. JGit's own, in this process,
 * runs none of the repository's hooks, moves a branch that is checked out, and takes twice the time; it serves a bare
 * repository without rules of its own on a machine without git.
 */
final class LocalRules {
    /** Anything but the plain name makes JGit start the program; {@code exec} saves a shell. */
    static final String GIT_RECEIVE_PACK = "exec git receive-pack";

    private static final List<String> HOOKS =
            List.of("pre-receive", "update", "proc-receive", "reference-transaction", "post-receive", "post-update");

    private LocalRules() {}

    /**
     * Whether to start {@code git receive-pack}.
     *
     * @param searchPath folders of programs, as in the environment's PATH
     * @throws ReleaseException failed, when git is needed and not there
     */
    static boolean useGit(GitRemote remote, String searchPath, FS fs) throws IOException {
        if (GitProgram.find(searchPath).isPresent()) {
            return true;
        }
        File folder = RepositoryCache.FileKey.resolve(remote.path().toFile(), fs);
        if (folder != null && hasRules(folder.toPath(), fs)) {
            throw ReleaseException.failed(
                    "The repository " + remote + " has hooks, rules for pushes or a work tree, and the program"
                            + " 'git', which keeps to them, is not there: install it.");
        }
        return false;
    }

    /** The program git begins a push into a folder that it may not write to, and fails only then. */
    static void requireWritable(GitRemote remote, FS fs) {
        File folder = RepositoryCache.FileKey.resolve(remote.path().toFile(), fs);
        for (String part : folder == null ? List.<String>of() : List.of("objects", "refs")) {
            if (!Files.isWritable(folder.toPath().resolve(part))) {
                throw ReleaseException.failed("No right to write "
                        + folder.toPath().resolve(part) + ": a push needs it; mend its owner or mode, and run again.");
            }
        }
    }

    private static boolean hasRules(Path folder, FS fs) throws IOException {
        FileBasedConfig config = new FileBasedConfig(folder.resolve("config").toFile(), fs);
        try {
            config.load();
        } catch (ConfigInvalidException e) {
            throw new IOException("its config file can't be read", e);
        }
        return !config.getBoolean("core", "bare", false)
                || config.getString("core", null, "hooksPath") != null
                || config.getSections().contains("receive")
                || HOOKS.stream()
                        .anyMatch(hook ->
                                Files.isExecutable(folder.resolve("hooks").resolve(hook)));
    }
}
