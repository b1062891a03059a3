package io.jenkins.plugins.darwin.chart;

import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
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
     * An image that a chart asks for.
     *
     * @param where a file, or how the chart was rendered
     */
    public record Asked(ImageReference image, String where) {
        @Override
        public String toString() {
            return image + " (" + where + ")";
        }
    }

    /**
     * Everything that a rendered chart asks for.
     *
     * @param images names of the project's own
     */
    public static List<Asked> inRendered(String objects, Collection<String> images, String where) {
        return asked(new ChartReferences(images).inRendered(objects), where);
    }

    /** What the files of a chart in a commit ask for, as far as it is written out in them. */
    public static List<Asked> askedInTree(GitTree tree, String folder, Collection<String> images) {
        List<Asked> found = new ArrayList<>();
        new ChartAssembly(tree, Progress.silent()).assemble(folder).forEach((path, entry) -> {
            if (entry.size() <= LARGEST_FILE && isRead(path)) {
                found.addAll(written(path, entry.path(), tree.read(entry.path()).orElseThrow(), images));
            }
        });
        return found;
    }

    /** The same of a packed chart. @param tgz read to its end; not closed */
    public static List<Asked> askedInPackage(InputStream tgz, Collection<String> images) throws IOException {
        List<Asked> found = new ArrayList<>();
        eachRead(tgz, (path, content) -> found.addAll(written(path, path, content, images)));
        return found;
    }

    /**
     * The images of others that a chart's files name, without tags: for a first configuration.
     *
     * @param content of a file, by its path in the repository
     * @param images names of the project's own
     */
    public static Set<String> ofOthers(Map<String, byte[]> content, Collection<String> images) {
        Set<String> others = new TreeSet<>();
        content.forEach((path, bytes) -> {
            if (isRead(path) && bytes.length <= LARGEST_FILE) {
                String text = new String(bytes, StandardCharsets.UTF_8);
                ChartReferences references = new ChartReferences(images);
                (isValues(path) ? references.inRendered(text) : references.inTemplate(text))
                        .stream()
                                .filter(image -> images.stream().noneMatch(image::isCalled))
                                .forEach(image -> others.add(image.name()));
            }
        });
        return others;
    }

    private static List<Asked> written(String path, String shown, byte[] content, Collection<String> images) {
        String text = new String(content, StandardCharsets.UTF_8);
        ChartReferences references = new ChartReferences(images);
        return asked(isValues(path) ? references.inValues(text) : references.inTemplate(text), shown);
    }

    private static List<Asked> asked(Collection<ImageReference> references, String where) {
        return ChartReferences.sorted(references).stream()
                .map(each -> new Asked(each, where))
                .toList();
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
        eachRead(tgz, (path, content) -> found.addAll(scan(path, path, content, registry)));
        return found;
    }

    private static void eachRead(InputStream tgz, BiConsumer<String, byte[]> reader) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(tgz));
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (tar.getBytesRead() > LARGEST_CHART) {
                throw new IOException("expected at most " + LARGEST_CHART + " bytes in it, found more");
            }
            String path = entry.getName().substring(entry.getName().indexOf('/') + 1);
            if (entry.isFile() && entry.getSize() <= LARGEST_FILE && isRead(path)) {
                reader.accept(path, tar.readNBytes(LARGEST_FILE));
            }
        }
        tgz.transferTo(java.io.OutputStream.nullOutputStream());
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
