package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.edit.Glob;
import io.jenkins.plugins.darwin.edit.Item;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VersionFile;
import java.util.ArrayList;
import java.util.List;

/** Versions of the packages in a repository, beside its charts: those that move with a release, and those that don't. */
final class PackagePlaces {
    private final Found found;
    private final Moving moving;
    private final List<VersionFile> files = new ArrayList<>();
    private final List<VersionFile> others = new ArrayList<>();

    PackagePlaces(Found found, Moving moving) {
        this.found = found;
        this.moving = moving;
        each("setup.py", PlaceKind.REGEX, Defaults.SETUP_PY);
        each(".bumpversion.cfg", PlaceKind.REGEX, "^current_version\\s*=\\s*(\\S+)");
        each("pyproject.toml", PlaceKind.TOML, "project.version");
        each("pyproject.toml", PlaceKind.TOML, "tool.poetry.version");
        each("pyproject.toml", PlaceKind.TOML, "tool.commitizen.version");
        each("pyproject.toml", PlaceKind.TOML, "tool.bumpversion.current_version");
        NodePlaces node = new NodePlaces(found, moving);
        files.addAll(node.versions());
        others.addAll(node.others());
        MavenPlaces maven = new MavenPlaces(found, moving);
        files.addAll(maven.versions());
        others.addAll(maven.others());
        CargoPlaces cargo = new CargoPlaces(found, moving);
        files.addAll(cargo.versions());
        others.addAll(cargo.others());
        CodePlaces code = new CodePlaces(found, moving);
        files.addAll(code.versions());
        others.addAll(code.others());
        List.of("kustomization.yaml", "kustomization.yml", "Kustomization")
                .forEach(name -> found.named(name).forEach(this::kustomization));
    }

    List<VersionFile> versions() {
        return files;
    }

    /** Each the one place of a package with a version of its own. */
    List<VersionFile> others() {
        return others;
    }

    private void each(String name, PlaceKind kind, String place) {
        for (String path : found.named(name)) {
            VersionFile file = new VersionFile(Glob.quote(path), List.of(new Place(kind, place, Place.VERSION)), false);
            // Two matches of a regex are a guess, and left out.
            found.value(file).ifPresent(value -> (moving.moves(value) ? files : others).add(file));
        }
    }

    private void kustomization(String path) {
        List<Place> places = new ArrayList<>();
        for (Item image : found.yaml(path).map(y -> Found.list(y, "images")).orElse(List.of())) {
            String name = Found.text(image, "name").orElse("");
            if (name.matches("[\\w./:@-]+")
                    && Found.text(image, "newTag").filter(moving::isCurrent).isPresent()) {
                places.add(new Place(PlaceKind.YAML, "images[name=" + name + "].newTag", Place.VERSION));
            }
        }
        VersionFile file = new VersionFile(Glob.quote(path), places, false);
        if (!places.isEmpty() && found.plan(file).isPresent()) {
            files.add(file);
        }
    }
}
