package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.edit.EditPlan;
import io.jenkins.plugins.darwin.edit.Glob;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VersionFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Versions of the packages in a repository: Python, Node and Maven. */
final class PackagePlaces {
    private final Found found;

    PackagePlaces(Found found) {
        this.found = found;
    }

    List<VersionFile> versions() {
        List<VersionFile> files = new ArrayList<>();
        each("setup.py", PlaceKind.REGEX, Defaults.SETUP_PY, files);
        each(".bumpversion.cfg", PlaceKind.REGEX, "^current_version\\s*=\\s*(\\S+)", files);
        each("pyproject.toml", PlaceKind.TOML, "project.version", files);
        each("pyproject.toml", PlaceKind.TOML, "tool.poetry.version", files);
        each("package.json", PlaceKind.JSON, "version", files);
        files.addAll(new MavenPlaces(found).versions());
        return files;
    }

    /** What an entry edits, for its comment. */
    Optional<EditPlan> plan(VersionFile file) {
        return found.plan(file);
    }

    private void each(String name, PlaceKind kind, String place, List<VersionFile> files) {
        found.named(name).forEach(path -> single(path, kind, place).ifPresent(files::add));
    }

    /** A file's one place; two matches of a regex are a guess, and left out. */
    private Optional<VersionFile> single(String path, PlaceKind kind, String place) {
        VersionFile file = new VersionFile(Glob.quote(path), List.of(new Place(kind, place, Place.VERSION)), false);
        return found.plan(file).filter(p -> p.places().size() == 1).map(p -> file);
    }
}
