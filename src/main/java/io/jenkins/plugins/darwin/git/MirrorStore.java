package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/**
 * One copy on disk, {@code <sha256 of the address>.git}. A new copy is made beside it and renamed when it is whole, so a
 * killed run leaves no half copy under that name; one that is found damaged is made anew the same way.
 */
final class MirrorStore implements AutoCloseable {
    /** Where a copy's own HEAD leads: to no branch, as git makes none of this name. */
    private static final String NO_BRANCH = Constants.R_HEADS + "HEAD";

    private final GitRemote remote;
    private final Path folder;
    private final Progress progress;
    private final RemoteLink link;
    private CacheLock lock;
    private FileRepository repository;

    private MirrorStore(GitRemote remote, Path folder, Progress progress, CacheLock lock) {
        this.remote = remote;
        this.folder = folder;
        this.progress = progress;
        this.link = new RemoteLink(remote, progress);
        this.lock = lock;
    }

    /** Waits for its turn; then the copy is there, whole and up to date. */
    static MirrorStore open(GitRemote remote, Path cacheRoot, Progress progress) throws IOException {
        refuseShallow(remote);
        if (remote.transport() == GitRemote.Transport.PATH) {
            ObjectFormat.requireSha1(remote.path());
        }
        Files.createDirectories(cacheRoot);
        Path folder = cacheRoot.resolve(
                Digest.sha256(remote.url().getBytes(StandardCharsets.UTF_8)).hex() + ".git");
        MirrorStore store = new MirrorStore(remote, folder, progress, takeLock(remote, folder, progress));
        try {
            store.openOrMake();
            return store;
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** Where the content of Git LFS is kept: beside the copy, for this remote alone. */
    Path largeFiles() {
        String name = folder.getFileName().toString();
        return folder.resolveSibling(name.substring(0, name.length() - ".git".length()) + ".lfs");
    }

    private static CacheLock takeLock(GitRemote remote, Path folder, Progress progress) throws IOException {
        String name = folder.getFileName().toString();
        return CacheLock.take(
                folder.resolveSibling(name.substring(0, name.length() - ".git".length()) + ".lock"),
                remote.url(),
                progress);
    }

    /**
     * Lets others use the copy during long work that only reads from it. They may fetch and tidy up, which takes nothing
     * away that a reader needs.
     */
    void withoutLock(Runnable work) throws IOException {
        lock.close();
        try {
            work.run();
        } finally {
            lock = takeLock(remote, folder, progress);
            reopen(); // somebody may have made the copy anew
        }
    }

    private synchronized void reopen() throws IOException {
        closeRepository();
        repository = openExisting(folder);
    }

    synchronized FileRepository repository() {
        if (repository == null) {
            throw new IllegalStateException("The copy of " + remote + " is closed.");
        }
        return repository;
    }

    RemoteLink link() {
        return link;
    }

    private synchronized void openOrMake() throws IOException {
        sweepUnfinished();
        if (!Files.exists(folder)) {
            makeAnew();
            return;
        }
        try {
            removeStaleLocks();
            repository = openExisting(folder);
            requireWhole(repository);
            link.fetch(repository);
            refuseShallow(repository);
            repository.autoGC(new JGitProgress(progress));
        } catch (IOException | RuntimeException e) {
            if (GitFailures.ofRemote(remote, e).isPresent()
                    || GitFailures.ofDisk(e).isPresent()) {
                throw e;
            }
            rebuild(repository, e);
        }
    }

    /**
     * Makes a damaged copy anew; what was made in it and not pushed is lost.
     *
     * @param damaged where the damage was seen; nothing is done when another thread has replaced it since
     */
    synchronized void rebuild(FileRepository damaged, Throwable damage) throws IOException {
        if (damaged != repository) {
            return;
        }
        progress.message("The copy of " + remote + " is damaged (" + GitNames.printable(damage.getMessage())
                + "): making it anew.");
        makeAnew();
    }

    private void makeAnew() throws IOException {
        Path fresh = folder.resolveSibling(folder.getFileName() + ".new-" + UUID.randomUUID());
        try {
            progress.message("Copying " + remote + " (later runs fetch only what moved).");
            try (FileRepository made = create(fresh)) {
                link.fetch(made);
                refuseShallow(made);
                requireComplete(made);
            }
            closeRepository();
            if (Files.exists(folder)) {
                Files.move(folder, folder.resolveSibling(folder.getFileName() + ".old-" + UUID.randomUUID()));
            }
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            sweepUnfinished();
        }
        repository = openExisting(folder);
    }

    private FileRepository create(Path at) throws IOException {
        FileRepository made = new FileRepository(new FileRepositoryBuilder()
                .setBare()
                .setGitDir(at.toFile())
                .setFS(ChildProcess.fileSystem())
                .setup());
        try {
            made.create(true);
            made.updateRef(Constants.HEAD, false).link(NO_BRANCH);
            StoredConfig config = made.getConfig();
            config.setString("remote", "origin", "url", remote.url()); // for people who look
            config.setBoolean("gc", null, "autoDetach", false); // a process must not end in the middle of it
            config.save();
            return made;
        } catch (IOException | RuntimeException e) {
            made.close();
            throw e;
        }
    }

    private static FileRepository openExisting(Path at) throws IOException {
        FS fs = ChildProcess.fileSystem();
        if (!RepositoryCache.FileKey.isGitRepository(at.toFile(), fs)) {
            throw new IOException("it is not a whole repository");
        }
        return new FileRepository(new FileRepositoryBuilder()
                .setBare()
                .setGitDir(at.toFile())
                .setFS(fs)
                .setMustExist(true)
                .setup());
    }

    /** The cheap check at every opening: what the refs name is there. Deeper damage shows when it is read. */
    private static void requireWhole(FileRepository repository) throws IOException {
        if (!repository.getObjectDatabase().getShallowCommits().isEmpty()) {
            throw new IOException("its history is cut off");
        }
        try (RevWalk walk = new RevWalk(repository);
                ObjectReader reader = repository.newObjectReader()) {
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix("refs/")) {
                if (ref.getName().startsWith("refs/heads/")) {
                    walk.parseHeaders(walk.parseCommit(ref.getObjectId()).getTree());
                } else if (!reader.has(ref.getObjectId())) {
                    throw new MissingObjectException(ref.getObjectId(), "tag");
                }
            }
        }
    }

    /** What a server that is itself a shallow clone says, in version 2 of the protocol. */
    private void refuseShallow(FileRepository fetched) throws IOException {
        if (!fetched.getObjectDatabase().getShallowCommits().isEmpty()) {
            throw shallow(remote);
        }
    }

    /** Whether history goes down to its roots: older servers do not say that theirs does not. */
    private void requireComplete(FileRepository made) throws IOException {
        try (RevWalk walk = new RevWalk(made)) {
            walk.setRetainBody(false);
            for (Ref ref : made.getRefDatabase().getRefsByPrefix("refs/")) {
                RevObject object = walk.peel(walk.parseAny(ref.getObjectId()));
                if (object instanceof org.eclipse.jgit.revwalk.RevCommit commit) {
                    walk.markStart(commit);
                }
            }
            while (walk.next() != null) {
                // every parent is read on the way
            }
        } catch (MissingObjectException e) {
            throw shallow(remote);
        }
    }

    private static void refuseShallow(GitRemote remote) {
        if (remote.transport() == GitRemote.Transport.PATH
                && (Files.exists(remote.path().resolve("shallow"))
                        || Files.exists(remote.path().resolve(".git/shallow")))) {
            throw shallow(remote);
        }
    }

    private static ReleaseException shallow(GitRemote remote) {
        return ReleaseException.refused(
                "The repository " + remote + " is a shallow clone, which lacks the history that a release"
                        + " needs: run 'git fetch --unshallow' in it first.");
    }

    /** A killed run leaves its lock files behind; while we hold the copy's own lock, they are nobody's. */
    private void removeStaleLocks() throws IOException {
        for (String name : List.of("packed-refs.lock", "HEAD.lock", "config.lock")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Path refs = folder.resolve("refs");
        if (Files.isDirectory(refs)) {
            try (Stream<Path> files = Files.walk(refs)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".lock")).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Removes what a killed run was making or putting away. */
    private void sweepUnfinished() throws IOException {
        String prefix = folder.getFileName().toString();
        try (Stream<Path> files = Files.list(folder.getParent())) {
            files.filter(f -> f.getFileName().toString().startsWith(prefix + ".new-")
                            || f.getFileName().toString().startsWith(prefix + ".old-"))
                    .toList()
                    .forEach(MirrorStore::deleteQuietly);
        }
    }

    static void deleteQuietly(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // the next run tries again
        }
    }

    private void closeRepository() {
        if (repository != null) {
            repository.close();
            repository = null;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closeRepository();
        lock.close();
    }
}
