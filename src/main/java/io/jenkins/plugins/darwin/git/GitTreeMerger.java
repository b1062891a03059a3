package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.RepositoryPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * The merge that {@code git merge} and {@code git cherry-pick} make, by {@code git merge-tree --write-tree} (git 2.38):
 * renames of files and folders, and the attributes of our side.
 *
 * <p>It reads attributes from a work tree only, so that gets a folder with the {@code .gitattributes} files alone. A base
 * can be named since git 2.40 only, so three trees become three commits that belong to nothing.
 */
final class GitTreeMerger implements TreeMerger {
    private static final PersonIdent NOBODY = new PersonIdent("nobody", "nobody", Instant.EPOCH, ZoneOffset.UTC);
    private static final String ATTRIBUTES = ".gitattributes";

    private final GitProgram git;
    private final String release;

    GitTreeMerger(GitProgram git, String release) {
        this.git = git;
        this.release = release;
    }

    @Override
    public String name() {
        return "git " + release;
    }

    @Override
    public Outcome merge(Repository repository, RevCommit ours, RevCommit theirs) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return run(repository, walk.parseCommit(ours).getTree(), ours, theirs);
        }
    }

    @Override
    public Outcome merge(Repository repository, ObjectId base, ObjectId ours, ObjectId theirs) throws IOException {
        ObjectId left;
        ObjectId right;
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId root = commit(inserter, base);
            left = commit(inserter, ours, root);
            right = commit(inserter, theirs, root);
            inserter.flush();
        }
        return run(repository, ours, left, right);
    }

    /** One that is never seen: it belongs to nothing. */
    static ObjectId commit(ObjectInserter inserter, ObjectId tree, ObjectId... parents) throws IOException {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(parents);
        commit.setAuthor(NOBODY);
        commit.setCommitter(NOBODY);
        commit.setMessage("");
        return inserter.insert(Constants.OBJ_COMMIT, commit.build());
    }

    private Outcome run(Repository repository, ObjectId ourTree, ObjectId ours, ObjectId theirs) throws IOException {
        Path folder = Files.createTempDirectory("darwin-merge");
        try {
            writeAttributes(repository, ourTree, folder);
            GitProgram.Answer answer = git.alone(
                    repository.getDirectory().toPath().toAbsolutePath(),
                    folder,
                    "merge-tree",
                    "--write-tree",
                    "--name-only",
                    "--no-messages",
                    "-z",
                    ours.name(),
                    theirs.name());
            return outcome(answer);
        } finally {
            MirrorStore.deleteQuietly(folder);
        }
    }

    private static Outcome outcome(GitProgram.Answer answer) throws IOException {
        List<String> parts = Arrays.asList(answer.text().split("\0"));
        if (answer.exit() != 0 && answer.exit() != 1
                || !ObjectId.isId(parts.get(0).strip())) {
            throw new IOException("'git merge-tree' ended with " + answer.exit() + ": "
                    + GitNames.printable(answer.complaint().strip(), 400));
        }
        return answer.exit() == 0
                ? new Outcome(ObjectId.fromString(parts.get(0).strip()), List.of())
                : new Outcome(
                        null,
                        List.copyOf(new TreeSet<>(parts.subList(1, parts.size()).stream()
                                .filter(p -> !p.isBlank())
                                .toList())));
    }

    private static void writeAttributes(Repository repository, ObjectId tree, Path folder) throws IOException {
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(tree);
            walk.setRecursive(true);
            while (walk.next()) {
                if (!walk.getNameString().equals(ATTRIBUTES)
                        || !(walk.getFileMode().getBits() == FileMode.REGULAR_FILE.getBits()
                                || walk.getFileMode().getBits() == FileMode.EXECUTABLE_FILE.getBits())) {
                    continue; // git, too, follows no link here
                }
                byte[] raw = walk.getRawPath();
                Path file =
                        folder.resolve(RepositoryPath.require(new String(raw, 0, raw.length, StandardCharsets.UTF_8)));
                Files.createDirectories(file.getParent());
                Files.write(
                        file,
                        walk.getObjectReader()
                                .open(walk.getObjectId(0), Constants.OBJ_BLOB)
                                .getBytes());
            }
        }
    }
}
