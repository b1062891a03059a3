package io.jenkins.plugins.darwin.chart;

import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The images of one registry that a chart asks for, in its values and templates and those of its sub-charts. What a template
 * puts together from other keys than {@code registry} and {@code name} or {@code repository} is not seen, nor what lies in a
 * sub-chart that is a package of its own.
 */
public final class ChartImages {
    /** Helm loads no larger file; in bytes. */
    private static final int LARGEST_FILE = 5 << 20;
    /** Nor a larger chart, unpacked; in bytes. */
    private static final long LARGEST_CHART = 100L << 20;

    private ChartImages() {}

    /**
     * Where a chart names an image.
     *
     * @param file its path in the repository, or in the package
     * @param line from 1
     * @param name path of the image below the registry
     */
    public record Reference(String file, int line, String name) {
        @Override
        public String toString() {
            return name + " (" + file + ":" + line + ")";
        }
    }

    /**
     * Of a chart in a commit, with its sub-charts from the repository.
     *
     * @param registry {@code host[:port]/path}
     * @throws ReleaseException refused, when the chart could not be packed
     */
    public static List<Reference> inTree(GitTree tree, String folder, String registry) {
        List<Reference> found = new ArrayList<>();
        new ChartAssembly(tree, Progress.silent()).assemble(folder).forEach((path, entry) -> {
            if (entry.size() <= LARGEST_FILE && isRead(path)) {
                found.addAll(scan(path, entry.path(), tree.read(entry.path()).orElseThrow(), registry));
            }
        });
        return found;
    }

    /**
     * Of a packed chart.
     *
     * @param tgz read to its end; not closed
     * @throws IOException when it is not a package
     */
    public static List<Reference> inPackage(InputStream tgz, String registry) throws IOException {
        List<Reference> found = new ArrayList<>();
        TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(tgz));
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (tar.getBytesRead() > LARGEST_CHART) {
                throw new IOException("expected at most " + LARGEST_CHART + " bytes in it, found more");
            }
            String path = entry.getName().substring(entry.getName().indexOf('/') + 1);
            if (entry.isFile() && entry.getSize() <= LARGEST_FILE && isRead(path)) {
                found.addAll(scan(path, path, tar.readNBytes(LARGEST_FILE), registry));
            }
        }
        tgz.transferTo(java.io.OutputStream.nullOutputStream());
        return found;
    }

    private static boolean isRead(String path) {
        return isValues(path) || (("/" + path).contains("/templates/") && path.matches(".*\\.(ya?ml|tpl)"));
    }

    private static boolean isValues(String path) {
        return ("/" + path).endsWith("/values.yaml");
    }

    private static List<Reference> scan(String path, String shown, byte[] content, String registry) {
        ImageNames names = new ImageNames(registry.replaceAll("/+$", ""), shown);
        return isValues(path) ? names.inValues(content) : names.inTemplate(content);
    }
}
