package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.chart.ChartImages;
import io.jenkins.plugins.darwin.edit.EditPlan;
import io.jenkins.plugins.darwin.edit.Glob;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseConfig.ImageSource;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VersionFile;
import io.jenkins.plugins.darwin.model.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes a first {@code darwin-release.yaml} for a repository. */
public final class ConfigWriter {
    private static final String HISTORIES =
            "(?i)(?:.*/)?(?:changelog|changes|history|news|release[-_]notes|upgrading)(?:\\.(?:md|rst|txt|adoc))?";

    private final Found found;
    private final Optional<Version> released;
    private final StringBuilder out = new StringBuilder();

    private ConfigWriter(Found found, Optional<Version> released) {
        this.found = found;
        this.released = released;
    }

    /**
     * A commented configuration of what is found in the repository; {@link ConfigReader} reads it back without a
     * problem, and every place that it names exists.
     *
     * @param read content of a file, empty when there is none
     * @param paths of all files in the repository
     * @param trunk the repository's default branch, if it has one
     * @param released the last released version: what has it moves with the next
     */
    public static String starter(
            Function<String, Optional<byte[]>> read,
            List<String> paths,
            String repositoryName,
            Optional<String> trunk,
            Optional<Version> released) {
        String written = new ConfigWriter(new Found(read, paths), released)
                .write(Defaults.project(repositoryName), trunk.orElse(Defaults.TRUNK));
        ConfigReader.read(ConfigReader.FILE_NAME, written.getBytes(StandardCharsets.UTF_8), repositoryName);
        return written;
    }

    private String write(String project, String trunk) {
        ReleaseConfig defaults = ConfigReader.defaults(project);
        ImageFinder images = new ImageFinder(found, project);
        ChartPlaces charts = new ChartPlaces(found, project);
        List<String> all = charts.charts();
        // A chart called like the project is the product; the others are usually tools beside it.
        List<String> main = all.stream()
                .filter(c -> c.equals(project) || c.endsWith("/" + project))
                .limit(1)
                .toList();
        List<String> packaged = main.isEmpty() ? all : main;

        line(
                "# How this repository is released by Darwin Release. Every key is optional; delete what says nothing new.");
        line(
                "# Editors complete this file with the schema that 'darwin init --schema > darwin-release.schema.json' writes:");
        line("# yaml-language-server: $schema=darwin-release.schema.json");
        line("project: " + quoted(project));
        line("trunk: " + quoted(trunk));
        line("git:");
        line("  author: " + quoted(defaults.author().toString()) + "   # of the version bump, the tag and the merge");
        line("");
        versionFiles(charts, packaged, main, images);
        leave();
        images(images);
        line("# Helm charts that are packaged; sub-charts travel inside them.");
        charts(packaged, images);
        all.stream().filter(c -> !packaged.contains(c)).forEach(c -> comment("not listed: " + c));
        line("");
        line("source: [tar.gz, zip]");
        line("");
        line(
                "# Candidates are staged in one place and get their public names in the other: host[:port]/path, or oci-layout:FOLDER.");
        line("registry:");
        line("  staging: " + quoted(defaults.registry().staging()));
        line("  release: " + quoted(defaults.registry().release()));
        line("");
        line("# How a release comes back to trunk (push, pull-request, none), and when the name latest moves to it.");
        line("merge: push");
        line("latest: higher-only   # true: with every release; false: never, for registries whose tags don't move");
        line("");
        line("# A candidate passes with this many binding +1s and no -1 (which needs a reason).");
        line("vote:");
        line("  quorum: " + defaults.vote().quorum());
        line("  hours: " + defaults.vote().hours());
        line("  # voters: [alice, bob, carol]   # whose votes bind; at least as many as the quorum");
        line("  checklist: " + flow(defaults.vote().checklist()));
        return out.toString();
    }

    private void charts(List<String> packaged, ImageFinder images) {
        List<String> own = images.images().stream().map(ImageSource::name).toList();
        Map<String, Set<String>> others = new LinkedHashMap<>();
        for (String chart : packaged) {
            Map<String, byte[]> files = new LinkedHashMap<>();
            found.paths().stream()
                    .filter(p -> p.startsWith(chart.equals(".") ? "" : chart + "/"))
                    .filter(p -> p.endsWith("/values.yaml") || p.equals("values.yaml") || p.contains("templates/"))
                    .forEach(p -> found.text(p)
                            .ifPresent(text -> files.put(p, text.text().getBytes(StandardCharsets.UTF_8))));
            others.put(chart, ChartImages.ofOthers(files, own));
        }
        if (others.values().stream().allMatch(Set::isEmpty)) {
            line("charts: " + flow(packaged));
            return;
        }
        line(
                "# allow: images of others that a chart may ask for, each with its reason; any that is not here is refused.");
        line("charts:");
        others.forEach((chart, names) -> {
            line("  - path: " + quoted(chart));
            if (!names.isEmpty()) {
                line("    allow:");
                names.forEach(name ->
                        line("      - { image: " + quoted(name) + ", reason: asked for when this file was written }"));
            }
        });
    }

    private void versionFiles(ChartPlaces charts, List<String> packaged, List<String> main, ImageFinder images) {
        Moving moving = new Moving(released, Moving.roots(found, packaged));
        Set<String> names = images.images().stream().map(ImageSource::name).collect(Collectors.toSet());
        List<VersionFile> files = new ArrayList<>();
        packaged.forEach(c -> files.addAll(charts.versions(c, moving, main.contains(c) && !names.isEmpty())));
        packaged.forEach(c -> files.addAll(charts.images(c, names, moving)));
        PackagePlaces packages = new PackagePlaces(found, moving);
        files.addAll(packages.versions());
        line("# Where the version stands; a bump changes these values and nothing else in the files.");
        images.duplicates().forEach(this::comment);
        if (files.isEmpty()) {
            line("versionFiles: []   # none found");
        } else {
            line("versionFiles:");
            files.forEach(this::versionFile);
        }
        packages.others()
                .forEach(o -> comment("not listed: " + o.files() + " ("
                        + Version.printable(found.value(o).orElse("")) + ", a version of its own)"));
        line("");
    }

    private void leave() {
        List<String> histories = found.paths().stream()
                .filter(p -> p.matches(HISTORIES))
                .map(Glob::quote)
                .toList();
        line("# Where an old version may stay: after a bump, cut and preflight list every other line that keeps one.");
        line("leave: " + flow(histories));
        line("");
    }

    private void versionFile(VersionFile file) {
        String now = found.plan(file).map(EditPlan::places).orElse(List.of()).stream()
                .map(EditPlan.EditedPlace::oldValue)
                .distinct()
                .limit(4)
                .collect(Collectors.joining(", "));
        line("  - files: " + quoted(file.files()) + "   # now " + Version.printable(now));
        Map<PlaceKind, List<Place>> kinds = new LinkedHashMap<>();
        file.places()
                .forEach(p ->
                        kinds.computeIfAbsent(p.kind(), k -> new ArrayList<>()).add(p));
        kinds.forEach((kind, places) -> {
            String key = "    " + kind.name().toLowerCase(Locale.ROOT) + ":";
            if (places.size() == 1) {
                line(key + " " + place(places.get(0)));
            } else if (places.stream().allMatch(ConfigWriter::plain)) {
                line(key + " [" + places.stream().map(ConfigWriter::place).collect(Collectors.joining(", ")) + "]");
            } else {
                line(key);
                places.forEach(p -> line("      - " + place(p)));
            }
        });
    }

    private static boolean plain(Place place) {
        return place.value().equals(Place.VERSION) && !place.optional();
    }

    private static String place(Place place) {
        return plain(place)
                ? quoted(place.path())
                : "{ " + (place.kind() == PlaceKind.REGEX ? "pattern: " : "path: ") + quoted(place.path())
                        + (place.value().equals(Place.VERSION) ? "" : ", value: " + quoted(place.value()))
                        + (place.optional() ? ", optional: true" : "") + " }";
    }

    private void images(ImageFinder finder) {
        line(
                "# All images of a release; one that is not here is not in it. Each is made by files, dockerfile or command.");
        if (finder.images().stream().anyMatch(ImageSource.Command.class::isInstance)) {
            line("# produces: where the command pushes to, as this machine reaches that registry.");
        }
        if (finder.images().isEmpty()) {
            line("images: []   # none found");
        } else {
            line("images:");
            finder.images().forEach(i -> line("  - { name: " + quoted(i.name()) + ", " + source(i) + " }"));
        }
        finder.unbuilt()
                .forEach(name -> comment(
                        "not listed: " + name + " (services.yaml names it, nothing here shows how it is built)"));
        finder.aside().stream()
                .limit(20)
                .forEach(path -> comment("not listed: " + path + " (documentation, tests or development)"));
        line("");
    }

    private static String source(ImageSource image) {
        if (image instanceof ImageSource.Files files) {
            return "files: " + quoted(files.files());
        }
        if (image instanceof ImageSource.Dockerfile file) {
            return "dockerfile: " + quoted(file.dockerfile()) + ", context: " + quoted(file.context())
                    + file.options()
                            .stage()
                            .map(stage -> ", target: " + quoted(stage))
                            .orElse("");
        }
        ImageSource.Command command = (ImageSource.Command) image;
        return "command: " + quoted(command.command()) + ", produces: " + quoted(command.produces());
    }

    private static String flow(List<String> values) {
        return values.stream().map(ConfigWriter::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Bare only where no YAML parser could take it for anything but this text. */
    private static String quoted(String value) {
        boolean bare = value.matches("[A-Za-z./][A-Za-z0-9 ./_*-]*[A-Za-z0-9]")
                && !value.matches("(?i)true|false|null|yes|no|on|off|\\..*");
        return bare ? value : "'" + value.replace("'", "''") + "'";
    }

    private void comment(String text) {
        line("# " + ForeignText.line(text));
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
