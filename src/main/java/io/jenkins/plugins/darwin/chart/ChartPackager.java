package io.jenkins.plugins.darwin.chart;

import io.jenkins.plugins.darwin.archive.ArtifactFile;
import io.jenkins.plugins.darwin.archive.TarGzWriter;
import io.jenkins.plugins.darwin.git.GitEntry;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.RepositoryPath;
import io.jenkins.plugins.darwin.model.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** Packs a chart from a commit's tree as {@code helm package} does, with the same bytes on every machine. */
public final class ChartPackager {
    /** Helm 3.17.3 and later load no chart with a larger file (helm, chart/loader/archive), in bytes. */
    private static final long LARGEST_FILE = 5L << 20;
    /** Nor a larger chart, unpacked, in bytes. */
    private static final long LARGEST_CHART = 100L << 20;
    /** The name becomes a file's name and a part of a repository's path. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+([._-]+[a-z0-9]+)*");

    private ChartPackager() {}

    /**
     * Packs a chart and its sub-charts. The files' bytes are the commit's, Chart.yaml too (it comes first), so a reviewer finds
     * in the package what the repository has.
     *
     * @param folder of the chart in the repository, such as {@code helm/darwin}
     * @param version what Chart.yaml's version must already be; a {@code v} before it is the chart's own manner
     * @param appVersionMoves whether the configuration has the release's version in the chart's appVersion too; else it is that of
     *     another application, and stays what it is
     * @param commitTime the time of every entry and of the artifact
     * @param directory where {@code <name>-<version>.tgz} is written
     * @throws ReleaseException refused, when the chart is not one that Helm takes, has another version, needs a chart that is not
     *     in the repository, or a link in it leads out; no file is left
     */
    public static PackagedChart write(
            GitTree tree,
            String folder,
            Version version,
            boolean appVersionMoves,
            Instant commitTime,
            Path directory,
            Progress progress) {
        SortedMap<String, GitEntry> files = files(tree, folder, progress);
        GitEntry first = files.remove(ChartYaml.FILE);
        ChartYaml yaml = ChartYaml.parse(tree.read(first.path()).orElseThrow(), first.path());
        String name = checked(yaml, version, appVersionMoves);

        long bytes = files.values().stream().mapToLong(GitEntry::size).sum() + first.size();
        Path path = directory.resolve(fileName(name, yaml));
        Candidate.Artifact file;
        try (Progress.Task task = progress.start("pack " + path.getFileName(), bytes, Progress.Unit.BYTES)) {
            file = ArtifactFile.write(
                    path, "application/gzip", out -> pack(out, tree, name, first, files, commitTime, task));
        }
        byte[] config = ChartManifest.config(yaml);
        return new PackagedChart(name, file, path, config, ChartManifest.manifest(yaml, config, file, commitTime));
    }

    /**
     * Packs a chart as it is, whatever its version, so that Helm can be asked about it.
     *
     * @return the package, in the directory
     */
    public static Path asItIs(GitTree tree, String folder, Path directory, Progress progress) {
        SortedMap<String, GitEntry> files = files(tree, folder, progress);
        GitEntry first = files.remove(ChartYaml.FILE);
        ChartYaml yaml = ChartYaml.parse(tree.read(first.path()).orElseThrow(), first.path());
        String name = yaml.require("name");
        Path path = directory.resolve("chart.tgz");
        try (Progress.Task task = progress.start("pack " + name, -1, Progress.Unit.BYTES)) {
            ArtifactFile.write(
                    path, "application/gzip", out -> pack(out, tree, name, first, files, Instant.EPOCH, task));
        }
        return path;
    }

    private static void pack(
            OutputStream out,
            GitTree tree,
            String name,
            GitEntry first,
            SortedMap<String, GitEntry> files,
            Instant time,
            Progress.Task task)
            throws IOException {
        try (TarGzWriter tar = new TarGzWriter(out, time)) {
            add(tar, tree, first, name + "/" + ChartYaml.FILE, task);
            for (var each : files.entrySet()) {
                add(tar, tree, each.getValue(), name + "/" + each.getKey(), task);
            }
        }
    }

    /** Where a chart's Chart.yaml is in the repository. */
    public static String yaml(String folder) {
        return ChartFolder.join(RepositoryPath.requireFolder(folder), ChartYaml.FILE);
    }

    /**
     * Looks whether a chart can be packed, and writes nothing.
     *
     * @throws ReleaseException refused, as {@link #write} would
     */
    public static void require(
            GitTree tree, String folder, Version version, boolean appVersionMoves, Progress progress) {
        GitEntry first = files(tree, folder, progress).get(ChartYaml.FILE);
        checked(ChartYaml.parse(tree.read(first.path()).orElseThrow(), first.path()), version, appVersionMoves);
    }

    private static SortedMap<String, GitEntry> files(GitTree tree, String folder, Progress progress) {
        String chart = RepositoryPath.requireFolder(folder);
        SortedMap<String, GitEntry> files = new ChartAssembly(tree, progress).assemble(chart);
        refuseWhatHelmDoesNotLoad(chart, files);
        return files;
    }

    /**
     * The name of a chart's file, by its Chart.yaml, wherever its folder is.
     *
     * @throws ReleaseException refused, when there is no chart in the folder, or its name can't name a file
     */
    static String fileName(GitTree tree, String folder) {
        String chart = RepositoryPath.requireFolder(folder);
        GitEntry entry = new ChartFolder(tree).files(chart).get(ChartYaml.FILE);
        if (entry == null) {
            throw ReleaseException.refused("Not packed, since " + HelmIgnore.FILE + " of chart " + chart + " names "
                    + ChartYaml.FILE + ", which Helm insists on.");
        }
        ChartYaml yaml = ChartYaml.parse(tree.read(entry.path()).orElseThrow(), entry.path());
        return fileName(checkedName(yaml), yaml);
    }

    private static String fileName(String name, ChartYaml yaml) {
        return name + "-" + yaml.require("version") + ".tgz";
    }

    private static void add(TarGzWriter tar, GitTree tree, GitEntry entry, String path, Progress.Task task)
            throws java.io.IOException {
        try (InputStream content = tree.open(entry)) {
            tar.file(path, false, entry.size(), content); // helm package drops the executable bit, too
        }
        task.advance(entry.size());
    }

    private static String checkedName(ChartYaml yaml) {
        String name = yaml.require("name");
        if (!NAME.matcher(name).matches()) {
            throw ReleaseException.refused(
                    "Not packed, since the name in " + yaml.where() + " can't name a file and a repository: "
                            + "expected lower-case letters, digits and single . _ - between them, found '"
                            + ForeignText.shown(name) + "'.");
        }
        return name;
    }

    private static String checked(ChartYaml yaml, Version version, boolean appVersionMoves) {
        String name = checkedName(yaml);
        List<String> wrong = new ArrayList<>();
        differs("version", Optional.of(yaml.require("version")), version).ifPresent(wrong::add);
        if (appVersionMoves) {
            differs("appVersion", yaml.text("appVersion"), version).ifPresent(wrong::add);
        }
        if (!wrong.isEmpty()) {
            throw ReleaseException.refused("Not packed, since " + yaml.where() + " is not of release " + version + ": "
                    + String.join(", ", wrong)
                    + ". Name these places under versionFiles, and bump them on the branch.");
        }
        return name;
    }

    private static Optional<String> differs(String key, Optional<String> found, Version version) {
        return found.filter(text -> !text.equals(version.toString()) && !text.equals("v" + version))
                .map(text -> key + " is '" + text + "'");
    }

    private static void refuseWhatHelmDoesNotLoad(String chart, SortedMap<String, GitEntry> files) {
        List<String> large = files.entrySet().stream()
                .filter(each -> each.getValue().size() > LARGEST_FILE)
                .map(each -> each.getKey() + " (" + each.getValue().size() + " bytes)")
                .toList();
        if (!large.isEmpty()) {
            throw ReleaseException.refused("Not packed, since Helm loads no chart with a file above " + LARGEST_FILE
                    + " bytes, and chart " + chart + " has " + String.join(", ", large) + ". Name them in "
                    + HelmIgnore.FILE + ".");
        }
        long bytes = files.values().stream().mapToLong(GitEntry::size).sum();
        if (bytes > LARGEST_CHART) {
            throw ReleaseException.refused(
                    "Not packed, since Helm loads no chart above " + LARGEST_CHART + " bytes, and chart " + chart
                            + " has " + bytes + ". Name what is not needed in " + HelmIgnore.FILE + ".");
        }
    }
}
