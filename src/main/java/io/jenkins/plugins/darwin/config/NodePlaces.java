package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.edit.Glob;
import io.jenkins.plugins.darwin.edit.Item;
import io.jenkins.plugins.darwin.edit.PlacePath;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VersionFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Node packages: their versions, where packages of one workspace name each other, and npm's lock files. */
final class NodePlaces {
    private static final List<String> SECTIONS =
            List.of("dependencies", "devDependencies", "peerDependencies", "optionalDependencies");

    private final Found found;
    private final Moving moving;
    /** Names by the folder of the package, of those that move. */
    private final Map<String, String> moved = new TreeMap<>();

    private final List<VersionFile> files = new ArrayList<>();
    private final List<VersionFile> others = new ArrayList<>();

    NodePlaces(Found found, Moving moving) {
        this.found = found;
        this.moving = moving;
        List<String> packages = found.named("package.json");
        for (String path : packages) {
            VersionFile version = file(path, List.of("version"));
            found.value(version).ifPresent(value -> {
                if (moving.moves(value)) {
                    moved.put(
                            Found.folder(path),
                            found.json(path).flatMap(j -> Found.text(j, "name")).orElse(""));
                } else {
                    others.add(version);
                }
            });
        }
        packages.forEach(this::manifest);
        found.named("package-lock.json").forEach(this::lock);
        found.named("npm-shrinkwrap.json").forEach(this::lock);
    }

    List<VersionFile> versions() {
        return files;
    }

    List<VersionFile> others() {
        return others;
    }

    private void manifest(String path) {
        List<String> places = new ArrayList<>();
        if (moved.containsKey(Found.folder(path))) {
            places.add("version");
        }
        found.json(path).ifPresent(json -> dependencies(json, "", places));
        add(path, places);
    }

    private void lock(String path) {
        String folder = Found.folder(path);
        List<String> places = new ArrayList<>();
        if (moved.containsKey(folder)) {
            places.add("version");
        }
        found.json(path).flatMap(j -> Found.get(j, "packages")).ifPresent(all -> {
            if (all instanceof Item.Mapping mapping) {
                for (Item.Entry entry : mapping.entries()) {
                    String at = "packages.\"" + entry.key() + "\"";
                    if (entry.key().contains("\"") || entry.key().contains("node_modules/")) {
                        continue;
                    }
                    if (moved.containsKey(Found.in(folder, entry.key().isEmpty() ? "." : entry.key()))
                            || entry.key().isEmpty() && moved.containsKey(folder)) {
                        Found.text(entry.value(), "version").ifPresent(v -> places.add(at + ".version"));
                    }
                    dependencies(entry.value(), at + ".", places);
                }
            }
        });
        if (found.plan(file(path, places)).isEmpty()) {
            places.removeIf(p -> found.plan(file(path, List.of(p))).isEmpty());
        }
        add(path, places);
    }

    /** Where a package names another one of those that move, at their version. */
    private void dependencies(Item manifest, String before, List<String> places) {
        for (String section : SECTIONS) {
            for (String name : moved.values()) {
                Found.get(manifest, section)
                        .flatMap(s -> Found.text(s, name))
                        .filter(moving::isCurrent)
                        .ifPresent(v -> places.add(before + section + "." + PlacePath.quote(name)));
            }
        }
    }

    private void add(String path, List<String> places) {
        if (!places.isEmpty() && found.plan(file(path, places)).isPresent()) {
            files.add(file(path, places));
        }
    }

    private static VersionFile file(String path, List<String> places) {
        return new VersionFile(
                Glob.quote(path),
                places.stream()
                        .distinct()
                        .map(p -> new Place(PlaceKind.JSON, p, Place.VERSION))
                        .toList(),
                false);
    }
}
