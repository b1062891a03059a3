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
import java.util.stream.Collectors;

/** The charts of a repository, and the places in them that move with a release. */
final class ChartPlaces {
    private static final String CHART = "Chart.yaml";
    private static final String REGISTRY = "${registry.release}";

    private final Found found;
    private final String project;

    ChartPlaces(Found found, String project) {
        this.found = found;
        this.project = project;
    }

    /** Folders of charts that are in no other chart's folder. */
    List<String> charts() {
        List<String> all = found.named(CHART).stream()
                .filter(p ->
                        found.yaml(p).flatMap(y -> Found.text(y, "version")).isPresent())
                .map(Found::folder)
                .toList();
        return all.stream()
                .filter(c -> all.stream().noneMatch(o -> !o.equals(c) && (o.equals(".") || c.startsWith(o + "/"))))
                .toList();
    }

    /**
     * Versions of the chart, and of its sub-charts that have the same; one pattern when that is all, else a file at a time.
     *
     * @param ownApp whether the chart deploys what this repository builds, so that its appVersion is the release's
     */
    List<VersionFile> versions(String chart, Moving moving, boolean ownApp) {
        String pattern = chart.equals(".") ? "**/" + CHART : Glob.quote(chart) + "/**/" + CHART;
        List<String> files =
                found.named(CHART).stream().filter(Glob.parse(pattern)::matches).toList();
        String main = version(Found.in(chart, CHART)).orElse("");
        List<String> moved = files.stream()
                .filter(f -> version(f).filter(v -> same(v, main)).isPresent())
                .toList();
        ChartDependencies dependencies = new ChartDependencies(found, moved, main);
        List<VersionFile> result = new ArrayList<>();
        List<Place> places = new ArrayList<>(List.of(place("version", Place.VERSION, false)));
        Place own = place(Defaults.OWN_DEPENDENCIES, Place.VERSION, false);
        if (found.plan(new VersionFile(pattern, List.of(own), false)).isPresent()) {
            places.add(own);
        }
        VersionFile together = new VersionFile(pattern, places, false);
        if (moved.equals(files)
                && dependencies.allLocalMove()
                && found.plan(together).isPresent()) {
            result.add(together);
            moved.forEach(f -> dependencies.others(f).ifPresent(result::add));
        } else {
            result.addAll(oneByOne(moved, List.of(place("version", Place.VERSION, false))));
            moved.forEach(f -> dependencies.all(f).ifPresent(result::add));
        }
        moved.forEach(f ->
                dependencies.all(Found.in(Found.folder(f), "requirements.yaml")).ifPresent(result::add));
        // A sub-chart with another appVersion tells what it wraps: MySQL 8.0 stays 8.0. So does a chart of somebody
        // else's application.
        Optional<String> app = appVersion(Found.in(chart, CHART))
                .filter(a -> ownApp || same(a, main) || moving.isCurrent(a) || Moving.isPlaceholder(a));
        List<String> sameApp = files.stream()
                .filter(f -> app.isPresent() && appVersion(f).equals(app))
                .toList();
        result.addAll(oneByOne(sameApp, List.of(place("appVersion", Place.VERSION, false))));
        return result;
    }

    private Optional<String> version(String file) {
        return found.yaml(file).flatMap(y -> Found.text(y, "version"));
    }

    private static boolean same(String version, String other) {
        return Moving.base(version).isPresent()
                ? Moving.base(version).equals(Moving.base(other))
                : version.equals(other);
    }

    private Optional<String> appVersion(String file) {
        return found.yaml(file).flatMap(y -> Found.text(y, "appVersion"));
    }

    private List<VersionFile> oneByOne(List<String> files, List<Place> places) {
        return files.stream()
                .map(f -> new VersionFile(
                        Glob.quote(f),
                        places.stream()
                                .filter(p -> found.plan(new VersionFile(Glob.quote(f), List.of(p), false))
                                        .isPresent())
                                .toList(),
                        false))
                .filter(v -> !v.places().isEmpty())
                .toList();
    }

    /**
     * Tags and registries of the images that the release builds: those in a local registry, or called like an image of
     * the release or like the project. A data store's {@code mysql:8.0} keeps its own version.
     */
    List<VersionFile> images(String chart, Set<String> names, Moving moving) {
        List<VersionFile> files = new ArrayList<>();
        for (String path : found.paths()) {
            if (path.matches("(?:.*/)?values[^/]*\\.yaml") && (chart.equals(".") || path.startsWith(chart + "/"))) {
                Set<Place> places = new LinkedHashSet<>();
                found.yaml(path).ifPresent(root -> {
                    collect(root, "", names, places);
                    current(path, root, moving, places);
                });
                List<Place> sound = places.stream()
                        .filter(p -> found.plan(new VersionFile(Glob.quote(path), List.of(p), false))
                                .isPresent())
                        .toList();
                if (!sound.isEmpty()) {
                    files.add(new VersionFile(Glob.quote(path), sound, false));
                }
            }
        }
        return files;
    }

    private void collect(Item item, String path, Set<String> names, Set<Place> places) {
        if (!(item instanceof Item.Mapping mapping)) {
            return;
        }
        Map<String, Item> images = new LinkedHashMap<>();
        mapping.entries()
                .forEach(e -> Found.get(e.value(), "image")
                        .filter(i -> Found.text(i, "tag").isPresent())
                        .ifPresent(i -> images.put(e.key(), i)));
        boolean allOurs = images.size() > 1 && images.values().stream().allMatch(i -> ours(i, names));
        if (allOurs && !path.isEmpty()) {
            boolean registries = images.values().stream()
                    .anyMatch(i -> Found.text(i, "registry").isPresent());
            add(path + ".*.image", registries, places);
        }
        for (Item.Entry entry : mapping.entries()) {
            String below = (path.isEmpty() ? "" : path + ".") + PlacePath.quote(entry.key());
            if (entry.key().equals("image")
                    && path.isEmpty()
                    && ours(entry.value(), names)
                    && Found.text(entry.value(), "tag").isPresent()) {
                add("image", Found.text(entry.value(), "registry").isPresent(), places);
            }
            Item image = images.get(entry.key());
            if (image != null && !(allOurs && !path.isEmpty()) && ours(image, names)) {
                add(below + ".image", Found.text(image, "registry").isPresent(), places);
            }
            collect(entry.value(), below, names, places);
        }
    }

    /** Tags that are the last release's are ours, whatever the image is called. */
    private void current(String path, Item root, Moving moving, Set<Place> places) {
        if (!moving.knowsReleased()) {
            return;
        }
        Set<String> known = found.plan(new VersionFile(Glob.quote(path), List.copyOf(places), false))
                .map(plan -> plan.places().stream().map(p -> p.path()).collect(Collectors.toSet()))
                .orElse(Set.of());
        tags(root, "", moving, known, places);
    }

    private static void tags(Item item, String path, Moving moving, Set<String> known, Set<Place> places) {
        if (item instanceof Item.Mapping mapping) {
            for (Item.Entry entry : mapping.entries()) {
                String below = (path.isEmpty() ? "" : path + ".") + PlacePath.quote(entry.key());
                boolean tag = entry.key().matches("(?i)tag|image_?tag|version|app_?version");
                if (tag
                        && !known.contains(below)
                        && entry.value() instanceof Item.Scalar scalar
                        && moving.isCurrent(scalar.value())) {
                    places.add(place(below, Place.VERSION, false));
                }
                tags(entry.value(), below, moving, known, places);
            }
        }
    }

    private static void add(String image, boolean registry, Set<Place> places) {
        places.add(place(image + ".tag", Place.VERSION, false));
        if (registry) {
            places.add(place(image + ".registry", REGISTRY, false));
        }
    }

    private boolean ours(Item image, Set<String> names) {
        boolean local = Found.text(image, "registry")
                .filter(r -> r.matches("(?:localhost|127\\.0\\.0\\.1)(?:[:/].*)?"))
                .isPresent();
        String name = Found.text(image, "name")
                .or(() -> Found.text(image, "repository"))
                .orElse("");
        return local || name.startsWith(project + "-") || names.contains(name.substring(name.lastIndexOf('/') + 1));
    }

    private static Place place(String path, String value, boolean optional) {
        return new Place(PlaceKind.YAML, path, value, optional);
    }
}
