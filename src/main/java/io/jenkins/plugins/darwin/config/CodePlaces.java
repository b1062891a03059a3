package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.edit.Glob;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VersionFile;
import java.util.ArrayList;
import java.util.List;

/** Versions that stand in a file of their own or in source code: VERSION, {@code __version__}, constants, Gradle, .NET. */
final class CodePlaces {
    static final String GRADLE = "^(?:version|VERSION_NAME|projectVersion)\\s*[=:]\\s*(\\S+)";
    static final String WHOLE_LINE = "\\A\\s*(\\S+)\\s*\\z";

    private static final String NUMBER = "[\"'](v?[0-9]+\\.[0-9]+\\.[0-9]+[^\"']*)[\"']";
    /** {@code const Version = "1.2.0"}, {@code VERSION: str = '1.2.0'}, {@code #define SHOP_VERSION "1.2.0"}. */
    private static final String CONSTANT =
            "\\b[A-Za-z_]*(?:version|Version|VERSION)_*\\s*(?::?\\s*[A-Za-z]+\\s*)?[=:]?\\s*" + NUMBER;

    private static final String CODE =
            "(?i)(?:.*/)?[^/]*version[^/]*\\.(?:go|py|rb|js|mjs|ts|java|kt|cs|rs|php|h|hpp|swift|ex)";

    private final Found found;
    private final Moving moving;
    private final List<VersionFile> files = new ArrayList<>();
    private final List<VersionFile> others = new ArrayList<>();

    CodePlaces(Found found, Moving moving) {
        this.found = found;
        this.moving = moving;
        for (String path : found.paths()) {
            look(path, path.substring(path.lastIndexOf('/') + 1));
        }
    }

    /** Those that move. */
    List<VersionFile> versions() {
        return files;
    }

    /** Those with a version of their own. */
    List<VersionFile> others() {
        return others;
    }

    private void look(String path, String name) {
        switch (name) {
            case "VERSION", "VERSION.txt", "version.txt", ".version" -> regex(path, WHOLE_LINE, false);
            case "__init__.py", "__version__.py", "_version.py", "__about__.py", "_about.py", "about.py" ->
                regex(path, "^__version__\\s*(?::\\s*str\\s*)?=\\s*[\"']([^\"']+)[\"']", false);
            case "setup.cfg" -> regex(path, "^version\\s*=\\s*([0-9]\\S*)", false);
            case "conf.py" -> regex(path, "^release\\s*=\\s*" + NUMBER, true);
            case "gradle.properties" -> regex(path, GRADLE, false);
            case "build.gradle", "build.gradle.kts" -> regex(path, "^\\s*version\\s*=?\\s*[\"']([^\"'$]+)[\"']", false);
            case "Makefile" -> regex(path, "^VERSION\\s*[:?]?=\\s*(v?[0-9]+\\.[0-9]+\\.[0-9]+\\S*)", true);
            case "sonar-project.properties" -> regex(path, "^sonar\\.projectVersion\\s*=\\s*(\\S+)", true);
            case "CITATION.cff" -> place(path, PlaceKind.YAML, "version", true);
            case "pubspec.yaml" -> place(path, PlaceKind.YAML, "version", true);
            case "composer.json", "lerna.json" -> place(path, PlaceKind.JSON, "version", false);
            default -> {
                if (name.matches("Directory\\.Build\\.props|.*\\.(?:cs|fs|vb)proj")) {
                    place(path, PlaceKind.XML, "Project.PropertyGroup.Version", false);
                    place(path, PlaceKind.XML, "Project.PropertyGroup.VersionPrefix", false);
                }
            }
        }
        boolean known = files.stream().anyMatch(f -> f.files().equals(Glob.quote(path)));
        if (!known && path.matches(CODE)) {
            regex(path, CONSTANT, true);
        }
    }

    private void regex(String path, String expression, boolean guess) {
        place(path, PlaceKind.REGEX, expression, guess);
    }

    /** @param guess whether only the project's own version shows that it is one */
    private void place(String path, PlaceKind kind, String place, boolean guess) {
        VersionFile file = new VersionFile(Glob.quote(path), List.of(new Place(kind, place, Place.VERSION)), false);
        found.value(file).ifPresent(value -> {
            if (guess ? moving.isCurrent(value) : moving.moves(value)) {
                files.add(file);
            } else if (!guess) {
                others.add(file);
            }
        });
    }
}
