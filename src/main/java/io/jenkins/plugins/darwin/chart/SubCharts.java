package io.jenkins.plugins.darwin.chart;

import io.jenkins.plugins.darwin.git.GitEntry;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** The charts that lie in a chart's {@code charts/} folder, as folders or as packages. */
final class SubCharts {
    static final String FOLDER = "charts/";
    private static final int LARGEST_CHART_YAML_BYTES = 1 << 20;

    private final GitTree tree;

    SubCharts(GitTree tree) {
        this.tree = tree;
    }

    /**
     * A sub-chart.
     *
     * @param path in the chart: {@code charts/x} or {@code charts/x-1.0.0.tgz}
     */
    record SubChart(String path, boolean packed, ChartYaml yaml) {
        String name() {
            return yaml.require("name");
        }

        String version() {
            return yaml.require("version");
        }
    }

    /**
     * Finds the sub-charts, and takes out of the files what Helm takes for none: names that begin with {@code _} or a dot.
     *
     * @param files of the chart, by their paths in it
     * @param where the chart's folder, for messages
     * @return by path
     * @throws ReleaseException refused, for anything in {@code charts/} that is no chart: Helm would not load the package
     */
    SortedMap<String, SubChart> find(SortedMap<String, GitEntry> files, String where) {
        SortedMap<String, SubChart> found = new TreeMap<>();
        Iterator<Map.Entry<String, GitEntry>> all =
                files.tailMap(FOLDER).entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, GitEntry> file = all.next();
            if (!file.getKey().startsWith(FOLDER)) {
                break;
            }
            String name = file.getKey().substring(FOLDER.length());
            boolean folder = name.indexOf('/') >= 0;
            name = folder ? name.substring(0, name.indexOf('/')) : name;
            if (name.startsWith("_") || name.startsWith(".")) {
                all.remove();
                continue;
            }
            String path = FOLDER + name;
            if (file.getKey().endsWith(".prov") || found.containsKey(path)) {
                continue;
            }
            if (folder) {
                GitEntry yaml = files.get(path + "/" + ChartYaml.FILE);
                if (yaml == null) {
                    throw notAChart(where, path, "no " + ChartYaml.FILE);
                }
                found.put(
                        path,
                        new SubChart(
                                path,
                                false,
                                ChartYaml.parse(tree.read(yaml.path()).orElseThrow(), yaml.path())));
            } else if (name.endsWith(".tgz")) {
                found.put(path, new SubChart(path, true, packed(file.getValue(), where, path)));
            } else {
                throw notAChart(where, path, "a plain file");
            }
        }
        return found;
    }

    private ChartYaml packed(GitEntry entry, String where, String path) {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GzipCompressorInputStream(tree.open(entry), true))) {
            for (TarArchiveEntry each = tar.getNextEntry(); each != null; each = tar.getNextEntry()) {
                String[] parts = each.getName().split("/");
                if (each.isFile() && parts.length == 2 && parts[1].equals(ChartYaml.FILE)) {
                    return ChartYaml.parse(
                            tar.readNBytes(LARGEST_CHART_YAML_BYTES), entry.path() + ":" + each.getName());
                }
            }
        } catch (IOException e) {
            throw notAChart(where, path, "not a .tar.gz (" + e.getMessage() + ")");
        }
        throw notAChart(where, path, "no " + ChartYaml.FILE + " in it");
    }

    private static ReleaseException notAChart(String where, String path, String found) {
        return ReleaseException.refused(
                "Not packed, since " + ChartFolder.join(where, path) + " is not a chart: expected a folder with a "
                        + ChartYaml.FILE + " or a .tgz package, found " + found
                        + ". Helm would not load the package; remove it, or name it in " + HelmIgnore.FILE + ".");
    }
}
