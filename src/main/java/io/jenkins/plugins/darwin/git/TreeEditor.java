package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.RepositoryPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.util.Paths;

/**
 * Writes a tree that differs from another in some files. Only folders on the way to an edited file are read and written,
 * so the cost goes with the edits, not with the size of the repository.
 */
final class TreeEditor {
    private final ObjectReader reader;
    private final ObjectInserter inserter;

    TreeEditor(ObjectReader reader, ObjectInserter inserter) {
        this.reader = reader;
        this.inserter = inserter;
    }

    /** @return the new tree, which is the old one when the edits change nothing */
    ObjectId edit(ObjectId tree, Map<String, byte[]> edits) throws IOException {
        SortedMap<String, byte[]> checked = new TreeMap<>();
        edits.forEach((path, content) -> checked.put(RepositoryPath.require(path), content));
        return checked.isEmpty() ? tree : edit(tree, "", checked);
    }

    private ObjectId edit(ObjectId tree, String folder, SortedMap<String, byte[]> edits) throws IOException {
        List<Entry> entries = tree == null ? new ArrayList<>() : read(tree);
        for (Map.Entry<String, SortedMap<String, byte[]>> part :
                byFirstName(folder, edits).entrySet()) {
            byte[] name = part.getKey().getBytes(StandardCharsets.UTF_8);
            Entry old = entries.stream()
                    .filter(e -> java.util.Arrays.equals(e.name, name))
                    .findFirst()
                    .orElse(null);
            String path = folder + part.getKey();
            Entry made = part.getValue().containsKey(path)
                    ? file(path, name, old, part.getValue())
                    : folder(path, name, old, part.getValue());
            entries.remove(old);
            entries.add(made);
        }
        // Git's order: by bytes, where a folder's name counts as if it ended with a slash.
        entries.sort((a, b) ->
                Paths.compare(a.name, 0, a.name.length, a.mode.getBits(), b.name, 0, b.name.length, b.mode.getBits()));
        TreeFormatter formatter = new TreeFormatter();
        entries.forEach(e -> formatter.append(e.name, e.mode, e.id));
        return inserter.insert(formatter);
    }

    private Entry file(String path, byte[] name, Entry old, SortedMap<String, byte[]> edits) throws IOException {
        boolean isFile =
                old == null || old.mode.equals(FileMode.REGULAR_FILE) || old.mode.equals(FileMode.EXECUTABLE_FILE);
        if (!isFile || edits.size() > 1) {
            throw ReleaseException.refused("Can't write the file '" + path + "': the repository has "
                    + (isFile || old.mode.equals(FileMode.TREE) ? "a folder" : "a symlink or a submodule")
                    + " of that name.");
        }
        return new Entry(
                name,
                old == null ? FileMode.REGULAR_FILE : old.mode,
                inserter.insert(Constants.OBJ_BLOB, edits.get(path)));
    }

    private Entry folder(String path, byte[] name, Entry old, SortedMap<String, byte[]> edits) throws IOException {
        if (old != null && !old.mode.equals(FileMode.TREE)) {
            throw ReleaseException.refused("Can't write the file '" + edits.firstKey() + "': '" + path
                    + "' is not a folder in the repository.");
        }
        return new Entry(name, FileMode.TREE, edit(old == null ? null : old.id, path + "/", edits));
    }

    private static Map<String, SortedMap<String, byte[]>> byFirstName(String folder, SortedMap<String, byte[]> edits) {
        Map<String, SortedMap<String, byte[]>> parts = new TreeMap<>();
        edits.forEach((path, content) -> {
            int end = path.indexOf('/', folder.length());
            String name = path.substring(folder.length(), end < 0 ? path.length() : end);
            parts.computeIfAbsent(name, n -> new TreeMap<>()).put(path, content);
        });
        return parts;
    }

    private List<Entry> read(ObjectId tree) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (CanonicalTreeParser parser = new CanonicalTreeParser(null, reader, tree); !parser.eof(); parser.next()) {
            byte[] name = new byte[parser.getNameLength()];
            parser.getName(name, 0);
            entries.add(new Entry(name, parser.getEntryFileMode(), parser.getEntryObjectId()));
        }
        return entries;
    }

    private record Entry(byte[] name, FileMode mode, ObjectId id) {}
}
