package io.jenkins.plugins.darwin.chart;

import io.jenkins.plugins.darwin.archive.TreeLinks;
import io.jenkins.plugins.darwin.git.GitEntry;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What Helm sees of a chart's folder: every file that {@code .helmignore} leaves in, symbolic links replaced by what they
 * point to (a package holds no links).
 */
final class ChartFolder {
    private final GitTree tree;
    private final TreeLinks links;

    ChartFolder(GitTree tree) {
        this.tree = tree;
        try {
            this.links = new TreeLinks(tree, tree.list());
        } catch (IOException e) {
            throw ReleaseException.failed("Could not read the commit's links: " + e.getMessage() + ".", e);
        }
    }

    /** A path in a folder of the repository, whose root is {@code .}. */
    static String join(String folder, String path) {
        return folder.equals(".") ? path : folder + "/" + path;
    }

    /** The folder in the repository that a relative path leads to from another; empty when it leads out. */
    Optional<String> locate(String from, String path) {
        return links.resolve(join(from, path)).map(each -> each.isEmpty() ? "." : each);
    }

    /**
     * The files of a chart, by their paths in the chart.
     *
     * @param folder of the chart in the repository
     * @throws ReleaseException refused, when there is no chart, a link leads out of the repository or nowhere, or there is a submodule
     */
    SortedMap<String, GitEntry> files(String folder) {
        String manifest = join(folder, ChartYaml.FILE);
        if (tree.find(manifest).isEmpty()) {
            throw ReleaseException.refused("Not packed, since there is no chart at '" + folder + "': expected the file "
                    + manifest + " in commit " + tree.commit().abbreviated() + ". Check the path under 'charts'.");
        }
        String rules = join(folder, HelmIgnore.FILE);
        HelmIgnore ignore = new HelmIgnore(tree.read(rules), rules);
        SortedMap<String, GitEntry> files = new TreeMap<>();
        add(folder, folder, "", ignore, files, new ArrayDeque<>());
        return files;
    }

    /**
     * @param actual a folder in the repository
     * @param shown where its files are in the chart: empty, or ending with a slash
     * @param open folders that links led us into, to see a loop
     */
    private void add(
            String chart,
            String actual,
            String shown,
            HelmIgnore ignore,
            SortedMap<String, GitEntry> files,
            Deque<String> open) {
        for (GitEntry entry : below(actual)) {
            String path = shown + entry.path().substring(join(actual, "").length());
            if (ignore.ignores(path)) {
                continue;
            }
            if (entry.isFile()) {
                files.put(path, entry);
            } else if (entry.mode() == GitEntry.Mode.GITLINK) {
                throw ReleaseException.refused("Not packed, since " + entry.path() + " in chart " + chart
                        + " is a submodule: its files are not in this repository. Copy them in, or name it in "
                        + HelmIgnore.FILE + ".");
            } else {
                follow(chart, entry, path, ignore, files, open);
            }
        }
    }

    private void follow(
            String chart,
            GitEntry link,
            String path,
            HelmIgnore ignore,
            SortedMap<String, GitEntry> files,
            Deque<String> open) {
        String what = "symbolic link " + link.path() + " (to '" + links.target(link.path()) + "')";
        // Within the repository Helm follows a link wherever it leads: charts share files that way.
        String target = links.resolve(link.path())
                .orElseThrow(() -> ReleaseException.refused("Not packed, since " + what + " in chart " + chart
                        + " leads out of the repository. Put the file there, or name the link in " + HelmIgnore.FILE
                        + "."));
        Optional<GitEntry> file = tree.find(target).filter(GitEntry::isFile);
        if (file.isPresent()) {
            files.put(path, file.get());
            return;
        }
        if (target.isEmpty() || link.path().startsWith(target + "/") || open.contains(target)) {
            throw ReleaseException.refused("Not packed, since " + what + " leads into itself. Remove it.");
        }
        if (below(target).isEmpty()) {
            throw ReleaseException.refused("Not packed, since " + what + " leads to nothing. Mend or remove it.");
        }
        open.push(target);
        add(chart, target, path + "/", ignore, files, open);
        open.pop();
    }

    private List<GitEntry> below(String folder) {
        return folder.equals(".")
                ? tree.list()
                : tree.list(folder).stream()
                        .filter(each -> each.path().startsWith(folder + "/"))
                        .toList();
    }
}
