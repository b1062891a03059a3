package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.edit.Glob;
import io.jenkins.plugins.darwin.edit.Item;
import io.jenkins.plugins.darwin.edit.PlacePath;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VersionFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Crates: their versions, the workspace's, where crates name each other, and Cargo.lock. */
final class CargoPlaces {
    private static final List<String> SECTIONS = List.of("dependencies", "dev-dependencies", "build-dependencies");

    private final Found found;
    private final Moving moving;
    private final Set<String> moved = new LinkedHashSet<>();
    private final List<VersionFile> files = new ArrayList<>();
    private final List<VersionFile> others = new ArrayList<>();

    CargoPlaces(Found found, Moving moving) {
        this.found = found;
        this.moving = moving;
        List<String> manifests = found.named("Cargo.toml");
        manifests.forEach(this::crate);
        manifests.forEach(this::manifest);
        found.named("Cargo.lock").forEach(this::lock);
    }

    List<VersionFile> versions() {
        return files;
    }

    List<VersionFile> others() {
        return others;
    }

    private void crate(String path) {
        Optional<Item> manifest = found.toml(path);
        Optional<Item> crate = manifest.flatMap(m -> Found.get(m, "package"));
        Optional<String> name = crate.flatMap(c -> Found.text(c, "name"));
        boolean inherits = crate.flatMap(c -> Found.get(c, "version"))
                .filter(Item.Mapping.class::isInstance)
                .isPresent();
        Optional<String> version = crate.flatMap(c -> Found.text(c, "version"));
        if (name.isPresent() && (inherits || version.filter(moving::moves).isPresent())) {
            moved.add(name.get());
        } else if (version.isPresent()) {
            others.add(file(path, List.of("package.version")));
        }
    }

    private void manifest(String path) {
        List<String> places = new ArrayList<>();
        Optional<Item> manifest = found.toml(path);
        manifest.flatMap(m -> Found.get(m, "package"))
                .flatMap(p -> Found.text(p, "version"))
                .filter(moving::moves)
                .ifPresent(v -> places.add("package.version"));
        Optional<Item> workspace = manifest.flatMap(m -> Found.get(m, "workspace"));
        workspace
                .flatMap(w -> Found.get(w, "package"))
                .flatMap(p -> Found.text(p, "version"))
                .filter(moving::moves)
                .ifPresent(v -> places.add("workspace.package.version"));
        workspace.ifPresent(w -> dependencies(w, "dependencies", "workspace.", places));
        manifest.ifPresent(m -> SECTIONS.forEach(s -> dependencies(m, s, "", places)));
        add(path, places);
    }

    private void dependencies(Item of, String section, String before, List<String> places) {
        Item all = Found.get(of, section).orElse(null);
        if (!(all instanceof Item.Mapping mapping)) {
            return;
        }
        for (Item.Entry entry : mapping.entries()) {
            String crate = Found.text(entry.value(), "package").orElse(entry.key());
            String at = before + section + "." + PlacePath.quote(entry.key());
            if (moved.contains(crate)) {
                Found.text(entry.value(), "version")
                        .filter(moving::isCurrent)
                        .ifPresent(v -> places.add(at + ".version"));
                Found.text(all, entry.key()).filter(moving::isCurrent).ifPresent(v -> places.add(at));
            }
        }
    }

    /** Only crates of this repository: those from elsewhere have a source. */
    private void lock(String path) {
        List<String> places = new ArrayList<>();
        List<Item> all = found.toml(path).map(t -> Found.list(t, "package")).orElse(List.of());
        for (Item locked : all) {
            String name = Found.text(locked, "name").orElse("");
            String place = "package[name=\"" + name + "\"].version";
            if (moved.contains(name)
                    && Found.get(locked, "source").isEmpty()
                    && Found.text(locked, "version").filter(moving::moves).isPresent()
                    && all.stream()
                                    .filter(o ->
                                            Found.text(o, "name").orElse("").equals(name))
                                    .count()
                            == 1) {
                places.add(place);
            }
        }
        add(path, places);
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
                        .map(p -> new Place(PlaceKind.TOML, p, Place.VERSION))
                        .toList(),
                false);
    }
}
