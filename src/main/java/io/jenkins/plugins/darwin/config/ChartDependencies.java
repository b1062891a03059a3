package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.edit.Glob;
import io.jenkins.plugins.darwin.edit.Item;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VersionFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where charts of one repository name each other as dependencies: such a version moves with the chart that it names. */
final class ChartDependencies {
    private static final String LOCAL = "file://";

    private final Found found;
    private final List<String> moved;
    private final String version;

    /** @param moved files of the charts that move, from one version to another */
    ChartDependencies(Found found, List<String> moved, String version) {
        this.found = found;
        this.moved = moved;
        this.version = version;
    }

    private record Dependency(String name, String version, String repository) {
        boolean isLocal() {
            return repository.startsWith(LOCAL);
        }
    }

    /** Whether every dependency on a folder leads to a chart that moves. */
    boolean allLocalMove() {
        return moved.stream()
                .allMatch(f -> read(f).stream().filter(Dependency::isLocal).allMatch(d -> moves(f, d)));
    }

    /** A file's dependencies on charts that move. */
    Optional<VersionFile> all(String file) {
        return places(file, read(file).stream().filter(d -> moves(file, d)).toList());
    }

    /** Those of them that name a repository, although the chart lies in this one's {@code charts} folder. */
    Optional<VersionFile> others(String file) {
        return places(
                file,
                read(file).stream().filter(d -> !d.isLocal() && moves(file, d)).toList());
    }

    private List<Dependency> read(String file) {
        List<Dependency> all = new ArrayList<>();
        for (Item item :
                found.yaml(file).map(y -> Found.list(y, "dependencies")).orElse(List.of())) {
            all.add(new Dependency(
                    Found.text(item, "name").orElse(""),
                    Found.text(item, "version").orElse(""),
                    Found.text(item, "repository").orElse("")));
        }
        return all;
    }

    private boolean moves(String file, Dependency dependency) {
        String folder = Found.folder(file);
        if (!dependency.isLocal()) {
            return Moving.base(dependency.version()).isPresent()
                    && Moving.base(dependency.version()).equals(Moving.base(version))
                    && moved.contains(Found.in(folder, "charts/" + dependency.name() + "/Chart.yaml"));
        }
        String path = dependency.repository().substring(LOCAL.length());
        String chart =
                Path.of("/" + folder).resolve(path + "/Chart.yaml").normalize().toString();
        return moved.contains(chart.substring(1));
    }

    private Optional<VersionFile> places(String file, List<Dependency> dependencies) {
        VersionFile places = new VersionFile(
                Glob.quote(file),
                dependencies.stream()
                        .map(Dependency::name)
                        .filter(n -> n.matches("[\\w.-]+"))
                        .distinct()
                        .map(n -> new Place(PlaceKind.YAML, "dependencies[name=" + n + "].version", Place.VERSION))
                        .toList(),
                false);
        return places.places().isEmpty() || found.plan(places).isEmpty() ? Optional.empty() : Optional.of(places);
    }
}
