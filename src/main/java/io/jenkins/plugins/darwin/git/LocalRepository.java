package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Finds out which repository a person means by a folder. */
public final class LocalRepository {
    private LocalRepository() {}

    /**
     * The address of the repository to release: an address as it is; the folder itself, of a bare repository; the origin of
     * a clone; the clone itself when it has no origin.
     *
     * @param location a folder or an address
     * @param directory what a relative folder is relative to
     * @throws ReleaseException usage, when the folder is no repository
     */
    public static String remoteUrl(String location, Path directory) {
        Path folder = folder(location, directory);
        if (folder == null || !Files.isDirectory(folder)) {
            if (folder != null && !location.contains(":")) {
                throw ReleaseException.usage(
                        "There is no repository at " + location + ": expected a folder or an address.");
            }
            return location;
        }
        FileRepositoryBuilder builder = new FileRepositoryBuilder().setMustExist(true);
        if (Files.isRegularFile(folder.resolve("HEAD")) && Files.isDirectory(folder.resolve("objects"))) {
            return folder.toString();
        }
        builder.findGitDir(folder.toFile());
        if (builder.getGitDir() == null) {
            throw ReleaseException.usage(folder + " is no Git repository: run in a clone, or name one with --repo.");
        }
        try (Repository repository = builder.build()) {
            String origin = repository
                    .getConfig()
                    .getString(ConfigConstants.CONFIG_REMOTE_SECTION, "origin", ConfigConstants.CONFIG_KEY_URL);
            File top = repository.isBare() ? repository.getDirectory() : repository.getWorkTree();
            if (origin == null) {
                return repository.getDirectory().getAbsolutePath();
            }
            Path path = folder(origin, top.toPath());
            return path != null && Files.isDirectory(path) ? path.toString() : origin;
        } catch (IOException e) {
            throw ReleaseException.usage(folder + " is no Git repository that can be read: " + e.getMessage() + ".", e);
        }
    }

    /**
     * The top folder of the clone that a folder is in.
     *
     * @throws ReleaseException usage, when it is in none
     */
    public static Path workTree(String location, Path directory) {
        Path folder = folder(location, directory);
        FileRepositoryBuilder builder = new FileRepositoryBuilder();
        if (folder != null && Files.isDirectory(folder)) {
            builder.findGitDir(folder.toFile());
        }
        if (builder.getGitDir() == null) {
            throw ReleaseException.usage(
                    location + " is in no clone of a Git repository: run in one, or name one with --repo.");
        }
        try (Repository repository = builder.build()) {
            if (repository.isBare()) {
                throw ReleaseException.usage(location + " is a bare repository: expected a clone with files.");
            }
            return repository.getWorkTree().toPath();
        } catch (IOException e) {
            throw ReleaseException.usage(
                    location + " is no Git repository that can be read: " + e.getMessage() + ".", e);
        }
    }

    /** The last part of a repository's address, without {@code .git}: what people call it. */
    public static String name(String url) {
        String bare = url.replaceAll("/+$", "").replaceAll("/\\.git$", "").replaceAll("\\.git$", "");
        return bare.substring(Math.max(bare.lastIndexOf('/'), bare.lastIndexOf(':')) + 1);
    }

    /** The default branch of a clone's origin as of the clone, else the branch that is checked out, unless it is detached. */
    public static Optional<String> defaultBranch(Path top) {
        try (Repository repository = new FileRepositoryBuilder()
                .setWorkTree(top.toFile())
                .setMustExist(true)
                .build()) {
            Ref origin = repository.exactRef(Constants.R_REMOTES + "origin/" + Constants.HEAD);
            if (origin != null && origin.isSymbolic()) {
                return Optional.of(origin.getTarget().getName().substring((Constants.R_REMOTES + "origin/").length()));
            }
            return Optional.ofNullable(repository.getFullBranch())
                    .filter(name -> name.startsWith(Constants.R_HEADS))
                    .map(name -> name.substring(Constants.R_HEADS.length()));
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to read the branches of " + top + " but failed because: " + e.getMessage() + ".", e);
        }
    }

    /** The names of a clone's tags. */
    public static List<String> tags(Path top) {
        try (Repository repository = new FileRepositoryBuilder()
                .setWorkTree(top.toFile())
                .setMustExist(true)
                .build()) {
            return repository.getRefDatabase().getRefsByPrefix(Constants.R_TAGS).stream()
                    .map(r -> r.getName().substring(Constants.R_TAGS.length()))
                    .toList();
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to read the tags of " + top + " but failed because: " + e.getMessage() + ".", e);
        }
    }

    /** The files of a work tree that Git tracks, sorted, without submodules. */
    public static List<String> trackedFiles(Path top) {
        try (Repository repository = new FileRepositoryBuilder()
                .setWorkTree(top.toFile())
                .setMustExist(true)
                .build()) {
            DirCache index = repository.readDirCache();
            List<String> paths = new ArrayList<>();
            for (int i = 0; i < index.getEntryCount(); i++) {
                if (index.getEntry(i).getFileMode() != FileMode.GITLINK) {
                    paths.add(index.getEntry(i).getPathString());
                }
            }
            return paths;
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to read the index of " + top + " but failed because: " + e.getMessage() + ".", e);
        }
    }

    private static Path folder(String location, Path directory) {
        try {
            return directory.resolve(location).toAbsolutePath().normalize();
        } catch (java.nio.file.InvalidPathException e) {
            return null;
        }
    }
}
