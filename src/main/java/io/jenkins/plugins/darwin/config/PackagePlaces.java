package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.edit.EditPlan;
import io.jenkins.plugins.darwin.edit.Glob;
import io.jenkins.plugins.darwin.edit.SourceText;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VersionFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of the packages in a repository: Python, Node and Maven. */
final class PackagePlaces {
    /** An artifact's own version stands right after its name; a parent's is inside {@code <parent>}. */
    private static final Pattern OWN = Pattern.compile("<artifactId>([A-Za-z0-9._-]+)</artifactId>\\s*<version>[^<$]+</version>");
    private static final Pattern OTHERS = Pattern.compile("(?s)<(parent|dependencies|dependencyManagement|build|profiles|reporting)>.*</\\1>");

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
        maven(files);
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

    /** A module's version, and the {@code <parent>} of its own modules that repeats it. */
    private void maven(List<VersionFile> files) {
        List<String> poms = found.named("pom.xml");
        Set<String> artifacts = new TreeSet<>();
        for (String pom : poms) {
            String own = OTHERS.matcher(found.text(pom).map(SourceText::text).orElse("")).replaceAll("");
            Matcher m = OWN.matcher(own);
            if (m.find()) {
                artifacts.add(m.group(1));
            }
        }
        for (String artifact : artifacts) {
            String expression = "<artifactId>" + artifact.replace(".", "\\.") + "</artifactId>\\s*<version>([^<$]+)</version>";
            poms.forEach(pom -> single(pom, PlaceKind.REGEX, expression).ifPresent(files::add));
        }
    }
}
