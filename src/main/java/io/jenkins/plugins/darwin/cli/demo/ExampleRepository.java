package io.jenkins.plugins.darwin.cli.demo;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * The Git repository of {@code examples/darwin}: a bare one, made from the files and {@code history.yaml} that the jar
 * carries. Always the same commits, with the same ids; no Git executable is needed.
 */
public final class ExampleRepository {
    /** The branch that everything is on. */
    public static final String TRUNK = "main";

    private static final String REF = "refs/heads/" + TRUNK;
    private static final String RESOURCES = "/examples/darwin/";

    /** Begins the names of folders that a repository is made in. */
    private static final String MAKING = ".making-";

    private ExampleRepository() {}

    /** Folders that runs that were killed left behind. */
    private static List<Path> leftovers(Path parent) throws IOException {
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(ExampleRepository::isLeftover).toList();
        }
    }

    /** Whether this is one of {@link #create}, of a run that was killed. */
    static boolean isLeftover(Path path) {
        return path.getFileName().toString().startsWith(MAKING);
    }

    /**
     * Makes the repository, with trunk where 1.3.0 is cut from and the annotated tag {@code v1.2.0}. One that is there
     * already is left as it is.
     *
     * @param bareRepo appears whole or not at all
     * @return the head of trunk
     * @throws ReleaseException refused, when something else is at that place; failed, when it can't be written
     */
    public static CommitId create(Path bareRepo) {
        try {
            if (Files.exists(bareRepo)) {
                return existing(bareRepo);
            }
            Path parent = Files.createDirectories(bareRepo.toAbsolutePath().getParent());
            for (Path left : leftovers(parent)) {
                delete(left);
            }
            Path making = Files.createTempDirectory(parent, MAKING);
            try {
                CommitId head;
                try (Repository repository = init(making);
                        HistoryWriter writer = new HistoryWriter(repository, REF)) {
                    for (History.Commit commit : history().commits()) {
                        writer.commit(commit, ExampleRepository::resource);
                    }
                    head = new CommitId(writer.finish().name());
                }
                move(making, bareRepo);
                return head;
            } finally {
                delete(making);
            }
        } catch (IOException | GitAPIException e) {
            throw ReleaseException.failed(
                    "The example's repository could not be made in " + bareRepo + ": " + e.getMessage() + ".", e);
        }
    }

    /**
     * Goes on with trunk as people do during a vote: a feature that is not for this release, then the fix for what the
     * voters of the first candidate found. Does nothing when the fix is there.
     *
     * @return the commit of the fix
     * @throws ReleaseException failed, when the repository can't be read or written
     */
    public static CommitId fixOnMain(Path bareRepo) {
        try (Repository repository = open(bareRepo)) {
            List<History.Commit> later = history().later();
            String fix = later.get(later.size() - 1).message();
            ObjectId head = repository.resolve(REF);
            if (head == null) {
                throw ReleaseException.failed(
                        "No branch " + TRUNK + " in " + bareRepo + ": expected the example's repository.");
            }
            try (RevWalk walk = new RevWalk(repository)) {
                walk.markStart(walk.parseCommit(head));
                for (RevCommit commit : walk) {
                    // A cherry-pick has a line more, so this is the commit itself.
                    if (commit.getFullMessage().equals(fix)) {
                        return new CommitId(commit.name());
                    }
                }
            }
            try (HistoryWriter writer = new HistoryWriter(repository, REF)) {
                for (History.Commit commit : later) {
                    writer.commit(commit, ExampleRepository::resource);
                }
                return new CommitId(writer.finish().name());
            }
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "The fix could not be committed in " + bareRepo + ": " + e.getMessage() + ".", e);
        }
    }

    /** The files and history as the jar has them; a test compares them with the folder. */
    static History history() throws IOException {
        return History.parse(new String(resource("history.yaml"), StandardCharsets.UTF_8));
    }

    private static byte[] resource(String path) throws IOException {
        try (InputStream in = ExampleRepository.class.getResourceAsStream(RESOURCES + path)) {
            if (in == null) {
                throw new IOException("the example lacks " + path);
            }
            return in.readAllBytes();
        }
    }

    private static CommitId existing(Path bareRepo) throws IOException {
        try (Repository repository = open(bareRepo)) {
            ObjectId head = repository.resolve(REF);
            if (head != null && repository.resolve("refs/tags/v1.2.0") != null) {
                return new CommitId(head.name());
            }
        } catch (RepositoryNotFoundException e) {
            // refused below
        }
        throw ReleaseException.refused(
                "Something else is at " + bareRepo + ": expected nothing, or the example's repository, found "
                        + (Files.isDirectory(bareRepo) ? "another folder" : "a file") + "; give another directory.");
    }

    private static Repository init(Path directory) throws GitAPIException {
        return Git.init()
                .setBare(true)
                .setInitialBranch(TRUNK)
                .setGitDir(directory.toFile())
                .call()
                .getRepository();
    }

    private static Repository open(Path bareRepo) throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(bareRepo.toFile())
                .setBare()
                .setMustExist(true)
                .build();
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
