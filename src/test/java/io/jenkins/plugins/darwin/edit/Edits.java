package io.jenkins.plugins.darwin.edit;

import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Registries;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VersionFile;
import io.jenkins.plugins.darwin.model.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A tree in memory and the edits that a test wants in it. */
final class Edits {
    static final Map<String, String> VALUES = Placeholders.of(
            new Version(1, 3, 0),
            new Registries("127.0.0.1:5000/staging", "registry.example.org:5000/darwin", List.of()));

    private final Map<String, byte[]> tree = new TreeMap<>();
    private final Map<String, String> links = new TreeMap<>();
    private final List<VersionFile> files = new ArrayList<>();
    private Map<String, String> values = VALUES;

    static Edits of(String path, String content) {
        return new Edits().file(path, content);
    }

    Edits file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    Edits file(String path, byte[] content) {
        tree.put(path, content);
        return this;
    }

    Edits yaml(String glob, String... paths) {
        return places(PlaceKind.YAML, glob, false, paths);
    }

    Edits places(PlaceKind kind, String glob, boolean optional, String... paths) {
        files.add(new VersionFile(
                glob,
                Arrays.stream(paths).map(p -> new Place(kind, p, Place.VERSION)).toList(),
                optional));
        return this;
    }

    Edits place(String glob, Place place) {
        files.add(new VersionFile(glob, List.of(place), false));
        return this;
    }

    Edits version(String version) {
        values = new TreeMap<>(VALUES);
        values.put("version", version);
        return this;
    }

    /** A symbolic link. */
    Edits link(String path, String target) {
        links.put(path, target);
        return this;
    }

    EditPlan plan() {
        return VersionEdits.plan(files, List.copyOf(tree.keySet()), () -> links, tree::get, values);
    }

    /** The file's bytes after the edits, whether or not it changed. */
    byte[] bytesAfter(String path) {
        return plan().contents().getOrDefault(path, tree.get(path));
    }

    /** The file after the edits, whether or not it changed. */
    String after(String path) {
        return new String(bytesAfter(path), StandardCharsets.UTF_8);
    }
}
