package io.jenkins.plugins.darwin.edit;

import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VersionFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A tree in memory and the edits that a test wants in it. */
final class Edits {
    static final Map<String, String> VALUES = Map.of(
            "version",
            "1.3.0",
            "registry.release",
            "registry.example.org:5000/darwin",
            "registry.staging",
            "127.0.0.1:5000/staging");

    private final Map<String, byte[]> tree = new TreeMap<>();
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

    EditPlan plan() {
        return VersionEdits.plan(files, List.copyOf(tree.keySet()), tree::get, values);
    }

    /** The file after the edits, whether or not it changed. */
    String after(String path) {
        return new String(plan().contents().getOrDefault(path, tree.get(path)), StandardCharsets.UTF_8);
    }
}
