package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.dircache.DirCache;
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
        return remote(location, directory, false).url();
    }

    /**
     * A repository to release.
     *
     * @param url its address
     * @param user the name at the server that the address had before its host, "" when it had none
     * @param name of the remote in the clone; empty when it was named otherwise
     */
    public record Found(String url, String user, Optional<String> name) {
        private static final Pattern USER = Pattern.compile("(https?://)([^/@:]+)@(.*)", Pattern.DOTALL);

        private static Found of(String address, Optional<String> name) {
            Matcher m = USER.matcher(address);
            return m.matches() ? new Found(m.group(1) + m.group(3), m.group(2), name) : new Found(address, "", name);
        }
    }

    /**
     * The same, with what else is known of it.
     *
     * @param push whether it is for pushes, which a clone may send to another address
     */
    public static Found remote(String location, Path directory, boolean push) {
        Path folder = folder(location, directory);
        if (folder == null || !Files.isDirectory(folder)) {
            if (folder != null && !location.contains(":")) {
                throw ReleaseException.usage(
                        "There is no repository at " + location + ": expected a folder or an address.");
            }
            return Found.of(location, Optional.empty());
        }
        FileRepositoryBuilder builder = new FileRepositoryBuilder().setMustExist(true);
        if (Files.isRegularFile(folder.resolve("HEAD")) && Files.isDirectory(folder.resolve("objects"))) {
            return Found.of(folder.toString(), Optional.empty());
        }
        builder.findGitDir(folder.toFile());
        if (builder.getGitDir() == null) {
            throw ReleaseException.usage(folder + " is no Git repository: run in a clone, or name one with --repo.");
        }
        try (Repository repository = builder.build()) {
            ObjectFormat.requireSha1(repository.getDirectory().toPath());
            File top = repository.isBare() ? repository.getDirectory() : repository.getWorkTree();
            CloneRemotes remotes = new CloneRemotes(repository, top.toPath(), String.valueOf(System.getenv("PATH")));
            Optional<String> name = remotes.choose();
            if (name.isEmpty()) {
                return Found.of(repository.getDirectory().getAbsolutePath(), name);
            }
            String address = remotes.address(name.get(), push);
            Path path = folder(address, top.toPath());
            return Found.of(path != null && Files.isDirectory(path) ? path.toString() : address, name);
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
