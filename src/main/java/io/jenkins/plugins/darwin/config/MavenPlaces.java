package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.edit.Glob;
import io.jenkins.plugins.darwin.edit.Item;
import io.jenkins.plugins.darwin.edit.PlacePath;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VersionFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Versions of a repository's own Maven modules: where a module says it, in the order of elements that it likes, and where
 * others name it as parent, dependency or plugin, by a property too. Moved apart they would no longer build, so all of
 * them move together; a module with a version of its own keeps it, and so do those that name it.
 */
final class MavenPlaces {
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

    private final Found found;
    private final Moving moving;
    private final Map<String, Item> projects = new LinkedHashMap<>();
    private final Set<Module> moved = new LinkedHashSet<>();
    private final List<VersionFile> files = new ArrayList<>();
    private final List<VersionFile> others = new ArrayList<>();

    private record Module(String group, String artifact) {}

    MavenPlaces(Found found, Moving moving) {
        this.found = found;
        this.moving = moving;
        for (String pom : found.named("pom.xml")) {
            found.xml(pom).flatMap(x -> Found.get(x, "project")).ifPresent(p -> projects.put(pom, p));
        }
        projects.values().forEach(this::module);
        projects.forEach(this::places);
    }

    List<VersionFile> versions() {
        return files;
    }

    List<VersionFile> others() {
        return others;
    }

    private void module(Item project) {
        Optional<Item> parent = Found.get(project, "parent");
        Optional<String> group = Found.text(project, "groupId").or(() -> parent.flatMap(p -> Found.text(p, "groupId")));
        Optional<String> version =
                Found.text(project, "version").or(() -> parent.flatMap(p -> Found.text(p, "version")));
        boolean moves = version.filter(v -> v.contains("${") || moving.moves(v)).isPresent();
        if (moves && group.isPresent()) {
            Found.text(project, "artifactId").ifPresent(a -> moved.add(new Module(group.get(), a)));
        }
    }

    private void places(String pom, Item project) {
        Set<String> places = new LinkedHashSet<>();
        Found.text(project, "version").ifPresent(version -> {
            if (!version.contains("${") && !moving.moves(version)) {
                others.add(file(pom, List.of("project.version")));
            } else {
                value(version, "project.version", project, places);
            }
        });
        walk(project, "project", project, places);
        places.removeIf(p -> found.plan(file(pom, List.of(p))).isEmpty());
        if (!places.isEmpty()) {
            files.add(file(pom, List.copyOf(places)));
        }
    }

    /** Every parent, dependency, plugin, extension or the like that names a module which moves. */
    private void walk(Item item, String path, Item project, Set<String> places) {
        if (!(item instanceof Item.Mapping mapping)) {
            return;
        }
        for (Item.Entry entry : mapping.entries()) {
            Item value = entry.value();
            String below = path + "." + PlacePath.quote(entry.key());
            Optional<String> artifact = Found.text(value, "artifactId");
            String group = Found.text(value, "groupId").orElse("");
            if (artifact.isPresent() && moved.contains(new Module(group(group, project), artifact.get()))) {
                String named = below + (group.isEmpty() ? "" : "[groupId=\"" + group + "\"]") + "[artifactId=\""
                        + artifact.get() + "\"].version";
                Found.text(value, "version")
                        .ifPresent(v ->
                                value(v, entry.key().equals("parent") ? below + ".version" : named, project, places));
            }
            walk(value, below, project, places);
        }
    }

    private static String group(String written, Item project) {
        return written.equals("${project.groupId}") || written.equals("${project.parent.groupId}")
                ? Found.text(project, "groupId")
                        .or(() -> Found.get(project, "parent").flatMap(p -> Found.text(p, "groupId")))
                        .orElse(written)
                : written;
    }

    /** A version that is written out moves where it is, one by properties where these are. */
    private void value(String version, String place, Item project, Set<String> places) {
        Matcher m = PROPERTY.matcher(version);
        if (!m.find()) {
            if (moving.moves(version)) {
                places.add(place);
            }
            return;
        }
        m.reset();
        while (m.find()) {
            String name = m.group(1);
            Found.get(project, "properties")
                    .flatMap(p -> Found.text(p, name))
                    .filter(moving::moves)
                    .ifPresent(v -> places.add("project.properties." + PlacePath.quote(name)));
        }
    }

    private static VersionFile file(String pom, List<String> places) {
        return new VersionFile(
                Glob.quote(pom),
                places.stream()
                        .map(p -> new Place(PlaceKind.XML, p, Place.VERSION))
                        .toList(),
                false);
    }
}
