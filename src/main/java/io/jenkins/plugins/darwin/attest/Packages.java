package io.jenkins.plugins.darwin.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The packages that a CycloneDX bill of materials names, by what they are called without their version.
 *
 * @param versions by name; a name that stands there with several versions has all of them
 */
public record Packages(SortedMap<String, SortedSet<String>> versions) {
    /** A package whose versions differ. @param from empty where it is new; several are joined by commas */
    public record Change(String name, Optional<String> from, Optional<String> to) {}

    /** @param bom a CycloneDX document */
    public static Packages of(ObjectNode bom) {
        SortedMap<String, SortedSet<String>> versions = new TreeMap<>();
        add(bom.path("components"), versions, 0);
        return new Packages(versions);
    }

    /** Components may hold components. */
    private static void add(JsonNode components, Map<String, SortedSet<String>> versions, int level) {
        if (level > 20) {
            return;
        }
        for (JsonNode component : components) {
            versions.computeIfAbsent(name(component), n -> new TreeSet<>())
                    .add(ForeignText.shown(Documents.text(component, "version").orElse("without a version")));
            add(component.path("components"), versions, level + 1);
        }
    }

    /** The package URL up to its version where there is one, since a name alone is one of many systems'. */
    private static String name(JsonNode component) {
        Optional<String> url = Documents.text(component, "purl").map(p -> p.replaceFirst("[@?#].*", ""));
        String own = Documents.text(component, "group").map(g -> g + "/").orElse("")
                + Documents.text(component, "name").orElse("without a name");
        // npm's scopes begin with @, which package URLs write as %40.
        return ForeignText.shown(
                url.filter(u -> u.startsWith("pkg:") && !u.endsWith("/")).orElse(own));
    }

    /** What is new, gone, or of another version; sorted by name. */
    public static List<Change> changes(Packages from, Packages to) {
        SortedSet<String> names = new TreeSet<>(from.versions.keySet());
        names.addAll(to.versions.keySet());
        List<Change> changes = new ArrayList<>();
        for (String name : names) {
            Optional<String> before =
                    Optional.ofNullable(from.versions.get(name)).map(v -> String.join(", ", v));
            Optional<String> after = Optional.ofNullable(to.versions.get(name)).map(v -> String.join(", ", v));
            if (!before.equals(after)) {
                changes.add(new Change(name, before, after));
            }
        }
        return changes;
    }
}
