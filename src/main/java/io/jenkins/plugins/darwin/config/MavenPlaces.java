package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.edit.Glob;
import io.jenkins.plugins.darwin.edit.SourceText;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VersionFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Versions of a repository's own Maven modules: where a module says it, and where others of them name it as parent or
 * dependency. Moved apart they would no longer build, so all of them move together.
 */
final class MavenPlaces {
    /** An artifact's own version stands right after its name. */
    private static final String VERSION = "\\s*<version>([^<$]+)</version>";

    private static final Pattern PARENT = Pattern.compile("(?s)<parent>(.*?)</parent>");
    private static final Pattern OTHERS =
            Pattern.compile("(?s)<(parent|dependencies|dependencyManagement|build|profiles|reporting)>.*</\\1>");

    private final Found found;

    MavenPlaces(Found found) {
        this.found = found;
    }

    private record Module(String group, String artifact) {}

    List<VersionFile> versions() {
        List<VersionFile> files = new ArrayList<>();
        Set<Module> modules = new LinkedHashSet<>();
        for (String pom : found.named("pom.xml")) {
            String text = found.text(pom).map(SourceText::text).orElse("");
            String own = OTHERS.matcher(text).replaceAll("");
            tag(own, "artifactId").ifPresent(artifact -> {
                Matcher parent = PARENT.matcher(text);
                tag(own, "groupId")
                        .or(() -> parent.find() ? tag(parent.group(1), "groupId") : Optional.empty())
                        .ifPresent(group -> modules.add(new Module(group, artifact)));
                entry(pom, element("artifactId", artifact) + VERSION)
                        .filter(f -> found.plan(f).orElseThrow().places().size() == 1)
                        .ifPresent(files::add);
            });
        }
        for (Module module : modules) {
            String expression =
                    element("groupId", module.group()) + "\\s*" + element("artifactId", module.artifact()) + VERSION;
            found.named("pom.xml")
                    .forEach(pom -> entry(pom, expression)
                            .filter(f -> !covered(f, files))
                            .ifPresent(files::add));
        }
        return files;
    }

    private Optional<VersionFile> entry(String pom, String expression) {
        VersionFile file =
                new VersionFile(Glob.quote(pom), List.of(new Place(PlaceKind.REGEX, expression, Place.VERSION)), false);
        return found.plan(file).map(plan -> file);
    }

    /** Whether the module's own entry has these places already. */
    private boolean covered(VersionFile file, List<VersionFile> others) {
        List<Integer> lines = lines(file);
        return others.stream().filter(o -> o.files().equals(file.files())).anyMatch(o -> lines(o).equals(lines));
    }

    private List<Integer> lines(VersionFile file) {
        return found.plan(file).orElseThrow().places().stream()
                .map(p -> p.line())
                .toList();
    }

    private static String element(String name, String value) {
        return "<" + name + ">" + value.replace(".", "\\.") + "</" + name + ">";
    }

    private static Optional<String> tag(String text, String name) {
        Matcher m = Pattern.compile("<" + name + ">\\s*([A-Za-z0-9._-]+)\\s*</" + name + ">")
                .matcher(text);
        return m.find() ? Optional.of(m.group(1)) : Optional.empty();
    }
}
