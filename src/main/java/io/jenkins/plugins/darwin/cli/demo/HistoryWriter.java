package io.jenkins.plugins.darwin.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Puts commits on a branch of a bare repository, without a work tree. The branch moves once, at the end. */
final class HistoryWriter implements AutoCloseable {
    /** Where the content of a file of the example comes from. */
    interface Source {
        byte[] read(String path) throws IOException;
    }

    private record File(FileMode mode, ObjectId blob) {}

    private final Repository repository;
    private final ObjectInserter inserter;
    private final String ref;
    private final ObjectId start;
    private final Map<String, File> tree = new TreeMap<>();
    private final Map<String, ObjectId> tags = new TreeMap<>();
    private ObjectId head;

    HistoryWriter(Repository repository, String ref) throws IOException {
        this.repository = repository;
        this.ref = ref;
        this.inserter = repository.newObjectInserter();
        this.start = repository.resolve(ref);
        this.head = start;
        if (start != null) {
            try (RevWalk walk = new RevWalk(repository);
                    TreeWalk files = new TreeWalk(repository)) {
                files.addTree(walk.parseCommit(start).getTree());
                files.setRecursive(true);
                while (files.next()) {
                    tree.put(files.getPathString(), new File(files.getFileMode(), files.getObjectId(0)));
                }
            }
        }
    }

    /** Adds one commit on top of those before. */
    void commit(History.Commit commit, Source source) throws IOException {
        for (String path : commit.add()) {
            put(path, source.read(path));
        }
        for (History.NewFile file : commit.writes()) {
            put(file.file(), file.text().getBytes(StandardCharsets.UTF_8));
        }
        for (History.Edit edit : commit.edits()) {
            put(edit.file(), edited(edit).getBytes(StandardCharsets.UTF_8));
        }
        CommitBuilder builder = new CommitBuilder();
        builder.setTreeId(writeTree());
        if (head != null) {
            builder.setParentId(head);
        }
        PersonIdent person =
                new PersonIdent(commit.author().name(), commit.author().email(), commit.date(), ZoneOffset.UTC);
        builder.setAuthor(person);
        builder.setCommitter(person);
        builder.setMessage(commit.message());
        head = inserter.insert(builder);
        if (commit.tag().isPresent()) {
            TagBuilder tag = new TagBuilder();
            tag.setTag(commit.tag().get());
            tag.setObjectId(head, Constants.OBJ_COMMIT);
            tag.setTagger(person);
            tag.setMessage("Darwin " + commit.tag().get() + "\n");
            tags.put(commit.tag().get(), inserter.insert(tag));
        }
    }

    /** Makes the commits visible: tags first, then the branch. */
    ObjectId finish() throws IOException {
        inserter.flush();
        for (Map.Entry<String, ObjectId> tag : tags.entrySet()) {
            update("refs/tags/" + tag.getKey(), tag.getValue(), null);
        }
        update(ref, head, start);
        return head;
    }

    private void put(String path, byte[] content) throws IOException {
        boolean script = content.length > 2 && content[0] == '#' && content[1] == '!';
        tree.put(
                path,
                new File(
                        script ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE,
                        inserter.insert(Constants.OBJ_BLOB, content)));
    }

    private String edited(History.Edit edit) throws IOException {
        File file = tree.get(edit.file());
        String text = file == null ? "" : read(file.blob());
        int at = text.indexOf(edit.find());
        if (at < 0 || text.indexOf(edit.find(), at + 1) >= 0) {
            throw new IOException(edit.file() + " has not exactly one place with '"
                    + edit.find().strip() + "'");
        }
        return text.substring(0, at)
                + edit.put()
                + text.substring(at + edit.find().length());
    }

    private String read(ObjectId blob) throws IOException {
        try (var reader = inserter.newReader()) {
            return new String(reader.open(blob, Constants.OBJ_BLOB).getBytes(), StandardCharsets.UTF_8);
        }
    }

    private ObjectId writeTree() throws IOException {
        DirCache cache = DirCache.newInCore();
        DirCacheBuilder builder = cache.builder();
        tree.forEach((path, file) -> {
            DirCacheEntry entry = new DirCacheEntry(path);
            entry.setFileMode(file.mode());
            entry.setObjectId(file.blob());
            builder.add(entry);
        });
        builder.finish();
        return cache.writeTree(inserter);
    }

    private void update(String name, ObjectId to, ObjectId from) throws IOException {
        RefUpdate update = repository.updateRef(name);
        update.setNewObjectId(to);
        update.setExpectedOldObjectId(from == null ? ObjectId.zeroId() : from);
        RefUpdate.Result result = update.update();
        if (result != RefUpdate.Result.NEW
                && result != RefUpdate.Result.FAST_FORWARD
                && result != RefUpdate.Result.NO_CHANGE) {
            throw new IOException(name + " could not be set: " + result);
        }
    }

    @Override
    public void close() {
        inserter.close();
    }
}
