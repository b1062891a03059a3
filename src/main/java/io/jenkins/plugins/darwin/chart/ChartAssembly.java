package io.jenkins.plugins.darwin.chart;

import static io.jenkins.plugins.darwin.chart.ChartFolder.join;

import io.jenkins.plugins.darwin.chart.ChartYaml.Dependency;
import io.jenkins.plugins.darwin.chart.SubCharts.SubChart;
import io.jenkins.plugins.darwin.git.GitEntry;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Brings together the files of a package as {@code helm dependency update} followed by {@code helm package} does: the chart's
 * own, and below {@code charts/} every chart that it needs. Charts that it names by {@code file://} are taken from the repository;
 * those that a sub-chart names only when they lie in that sub-chart's own {@code charts/}, since Helm updates the dependencies of
 * the chart that it packs and of no other. Nothing is ever downloaded.
 */
final class ChartAssembly {
    private final GitTree tree;
    private final ChartFolder folders;
    private final SubCharts subCharts;
    private final Progress progress;
    private final SortedMap<String, GitEntry> files = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    ChartAssembly(GitTree tree, Progress progress) {
        this.tree = tree;
        this.progress = progress;
        this.folders = new ChartFolder(tree);
        this.subCharts = new SubCharts(tree);
    }

    /**
     * All files of the package, by their paths below the chart's name.
     *
     * @throws ReleaseException refused, with every dependency that is missing or does not fit
     */
    SortedMap<String, GitEntry> assemble(String folder) {
        add(folder, folders.files(folder), "", List.of(folder));
        if (!problems.isEmpty()) {
            throw ReleaseException.refused("Not packed, since chart " + folder + " lacks charts that it needs: "
                    + String.join("; ", problems) + ".");
        }
        return files;
    }

    /**
     * @param folder in the repository
     * @param own the chart's files, by their paths in the chart
     * @param prefix where the chart is in the package: empty, or ending with a slash
     * @param open the charts that led here, by folder
     */
    private void add(String folder, SortedMap<String, GitEntry> own, String prefix, List<String> open) {
        Map<String, SubChart> present = new LinkedHashMap<>();
        SortedMap<String, SubChart> found = subCharts.find(own, folder);
        found.values().forEach(each -> present.put(each.name(), each));
        for (Dependency needed : dependencies(folder, own)) {
            SubChart there = present.get(needed.name());
            if (open.size() > 1 || !prefix.isEmpty()) {
                nested(folder, needed, there);
                continue;
            }
            Optional<String> source = needed.isFile() ? source(folder, needed) : Optional.empty();
            if (there != null && there.packed() && source.isPresent()) {
                progress.message(join(folder, there.path()) + " is left out: " + needed.name() + " is packed from "
                        + source.get() + ".");
                own.remove(there.path());
                found.remove(there.path());
                there = null;
            }
            if (there != null) {
                check(needed, folder, there.version(), source);
                if (source.isPresent() && !source.equals(folders.locate(folder, there.path()))) {
                    problems.add("dependency " + needed.name() + " of " + folder + " is there twice, in "
                            + join(folder, there.path()) + " and in " + source.get() + "; keep one");
                }
            } else if (source.isPresent()) {
                take(needed, folder, source.get(), prefix, open, present);
            } else if (!needed.isFile()) {
                problems.add("dependency " + needed.name() + " " + needed.version() + " of " + folder + " ("
                        + (needed.repository().isEmpty() ? "no repository given" : needed.repository()) + ") is not in "
                        + join(folder, SubCharts.FOLDER) + ", and nothing is downloaded for a release: run "
                        + "helm dependency update and commit the chart");
            }
        }
        own.forEach((path, entry) -> files.put(prefix + path, entry));
        for (SubChart each : found.values()) {
            if (!each.packed()) {
                add(join(folder, each.path()), below(own, each.path() + "/"), prefix + each.path() + "/", open);
            }
        }
    }

    /** What a sub-chart asks for: Helm looks at it when it renders, and neither fetches nor refuses anything when it packs. */
    private void nested(String folder, Dependency needed, SubChart there) {
        if (there == null) {
            progress.message(
                    "Not in the package, as with helm package: " + needed.name() + " " + needed.version() + ", which "
                            + folder + " asks for ("
                            + (needed.repository().isEmpty() ? "no repository given" : needed.repository())
                            + ") and does not have in its " + SubCharts.FOLDER + "; 'helm dependency update " + folder
                            + "' would put it there.");
        } else if (!VersionRange.contains(needed.version(), there.version()).orElse(true)) {
            progress.message("WARNING: " + folder + " asks for " + needed.name() + " " + needed.version() + " and has "
                    + there.version() + " in its " + SubCharts.FOLDER
                    + ": Helm then ignores the condition, tags and alias of that dependency.");
        }
    }

    private void take(
            Dependency needed,
            String folder,
            String source,
            String prefix,
            List<String> open,
            Map<String, SubChart> present) {
        if (open.contains(source)) {
            problems.add("dependency " + needed.name() + " of " + folder + " leads back to " + source);
            return;
        }
        SortedMap<String, GitEntry> its = folders.files(source);
        ChartYaml yaml = read(its.get(ChartYaml.FILE));
        if (!yaml.require("name").equals(needed.name())) {
            problems.add("dependency " + needed.name() + " of " + folder + " leads to " + source + ", whose name is "
                    + yaml.require("name"));
            return;
        }
        check(needed, folder, yaml.require("version"), Optional.of(source));
        String path = SubCharts.FOLDER + needed.name();
        present.put(needed.name(), new SubChart(path, false, yaml));
        List<String> deeper = new ArrayList<>(open);
        deeper.add(source);
        add(source, its, prefix + path + "/", deeper);
    }

    /** The repository's folder that a {@code file://} dependency names. */
    private Optional<String> source(String folder, Dependency needed) {
        String path = needed.repository().substring("file://".length());
        Optional<String> located = path.startsWith("/") ? Optional.empty() : folders.locate(folder, path);
        if (located.isEmpty()) {
            problems.add("dependency " + needed.name() + " of " + folder + " leads out of the repository, to "
                    + needed.repository());
        } else if (tree.find(join(located.get(), ChartYaml.FILE)).isEmpty()) {
            problems.add("dependency " + needed.name() + " of " + folder + " leads to " + located.get()
                    + ", where there is no " + ChartYaml.FILE);
            return Optional.empty();
        }
        return located;
    }

    /** Helm takes a chart of another version without a word, and then ignores its condition, tags and alias. */
    private void check(Dependency needed, String folder, String version, Optional<String> source) {
        Optional<Boolean> fits = VersionRange.contains(needed.version(), version);
        if (fits.isEmpty()) {
            progress.message("Not checked: whether " + needed.name() + " " + version + " is what " + folder
                    + " asks for (" + needed.version() + ").");
        } else if (!fits.get()) {
            problems.add("dependency " + needed.name() + " of " + folder + " has to be " + needed.version() + ", found "
                    + version + source.map(each -> " in " + each).orElse("") + "; bump both on the branch");
        }
    }

    private List<Dependency> dependencies(String folder, SortedMap<String, GitEntry> own) {
        List<Dependency> all = new ArrayList<>(read(own.get(ChartYaml.FILE)).dependencies());
        Optional.ofNullable(own.get("requirements.yaml"))
                .ifPresent(entry -> all.addAll(read(entry).dependencies()));
        GitEntry lock = own.containsKey("Chart.lock") ? own.get("Chart.lock") : own.get("requirements.lock");
        if (lock != null) {
            List<String> differences = LockFile.differences(all, read(lock).dependencies());
            if (!differences.isEmpty()) {
                progress.message(lock.path() + " is out of sync with the chart: " + String.join("; ", differences)
                        + ". The chart is packed as it says itself; run helm dependency update to mend the lock.");
            }
        }
        return all;
    }

    private ChartYaml read(GitEntry entry) {
        return ChartYaml.parse(tree.read(entry.path()).orElseThrow(), entry.path());
    }

    private static SortedMap<String, GitEntry> below(SortedMap<String, GitEntry> files, String folder) {
        SortedMap<String, GitEntry> below = new TreeMap<>();
        files.tailMap(folder).forEach((path, entry) -> {
            if (path.startsWith(folder)) {
                below.put(path.substring(folder.length()), entry);
            }
        });
        return below;
    }
}
