package io.jenkins.plugins.darwin.archive;

import io.jenkins.plugins.darwin.git.GitEntry;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.git.PathAttributes;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseConfig.SourceFormat;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The sources of a release as one file: what {@code git archive} packs, with the same bytes on every machine.
 *
 * <p>Kept as they are: files, executables, symbolic links that stay inside the tree. Left out, with a message: submodules
 * (as {@code git archive} does: their content is in another repository) and what {@code .gitattributes} marks
 * {@code export-ignore}. Files marked {@code export-subst} are filled in as if the release's tag were the only ref. Paths that
 * differ by case alone are packed and named: some systems can't unpack both.
 */
public final class SourceArchive {
    private SourceArchive() {}

    /** The name of a source archive, {@code darwin-1.3.0-src.tar.gz}. */
    public static String fileName(String topFolder, SourceFormat format) {
        return topFolder + "-src." + format.ending();
    }

    /**
     * Packs a commit's tree in constant memory, hashing the file as it is written.
     *
     * @param tree as Git writes it: {@link io.jenkins.plugins.darwin.git.WorkTree}
     * @param substitution fills in files that are marked {@code export-subst}
     * @param topFolder the one folder in the archive, such as {@code darwin-1.3.0}
     * @param commitTime the time of every entry
     * @param target the file; its last part is the artifact's name
     * @throws ReleaseException refused, when a link in the tree leads out of it (all of them are named); failed,
     *     when the file can't be written. No file is left then.
     */
    public static Candidate.Artifact write(
            GitTree tree,
            UnaryOperator<byte[]> substitution,
            String topFolder,
            Instant commitTime,
            SourceFormat format,
            Path target,
            Progress progress) {
        PathAttributes attributes = PathAttributes.of(tree);
        List<GitEntry> entries;
        TreeLinks links;
        try {
            List<GitEntry> all = tree.list();
            links = new TreeLinks(tree, all);
            entries = select(attributes, all, progress);
        } catch (IOException e) {
            throw ReleaseException.failed("Could not read the commit's files: " + e.getMessage() + ".", e);
        }
        refuseLinksThatLeave(entries, links);
        nameCollisions(entries, progress);
        long bytes = entries.stream().mapToLong(GitEntry::size).sum();
        String mediaType = format == SourceFormat.ZIP ? "application/zip" : "application/gzip";
        try (Progress.Task task = progress.start("pack " + target.getFileName(), bytes, Progress.Unit.BYTES)) {
            return ArtifactFile.write(target, mediaType, out -> {
                try (ArchiveWriter archive = open(format, out, commitTime)) {
                    archive.directory(topFolder);
                    for (GitEntry entry : entries) {
                        String path = topFolder + "/" + entry.path();
                        if (substituted(attributes, entry)) {
                            byte[] filled =
                                    substitution.apply(tree.read(entry.path()).orElseThrow());
                            boolean executable = entry.mode() == GitEntry.Mode.EXECUTABLE;
                            archive.file(path, executable, filled.length, new ByteArrayInputStream(filled));
                            task.advance(entry.size());
                        } else {
                            add(archive, tree, links, entry, path, task);
                        }
                    }
                }
            });
        }
    }

    private static ArchiveWriter open(SourceFormat format, OutputStream out, Instant time) throws IOException {
        return format == SourceFormat.ZIP ? new ZipWriter(out, time) : new TarGzWriter(out, time);
    }

    private static void add(
            ArchiveWriter archive, GitTree tree, TreeLinks links, GitEntry entry, String path, Progress.Task task)
            throws IOException {
        if (entry.mode() == GitEntry.Mode.SYMLINK) {
            archive.symlink(path, links.target(entry.path()));
            return;
        }
        try (InputStream content = counting(tree.open(entry), task)) {
            archive.file(path, entry.mode() == GitEntry.Mode.EXECUTABLE, entry.size(), content);
        }
    }

    private static List<GitEntry> select(PathAttributes attributes, List<GitEntry> all, Progress progress) {
        List<GitEntry> selected = new ArrayList<>();
        int ignored = 0;
        for (GitEntry entry : all) {
            if (ignored(attributes, entry.path())) {
                ignored++;
            } else if (entry.mode() == GitEntry.Mode.GITLINK) {
                progress.message("Left out of the source archive: submodule " + entry.path()
                        + " (its files are in another repository, at commit " + entry.id() + ").");
            } else {
                selected.add(entry);
            }
        }
        if (ignored > 0) {
            progress.message(
                    "Left out of the source archive: " + ignored + " paths that .gitattributes marks export-ignore.");
        }
        return selected;
    }

    /** Whether the path, or a folder that it is in, is marked {@code export-ignore}. */
    private static boolean ignored(PathAttributes attributes, String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (isSet(attributes.value("export-ignore", path.substring(0, slash), true))) {
                return true;
            }
        }
        return isSet(attributes.value("export-ignore", path));
    }

    private static boolean substituted(PathAttributes attributes, GitEntry entry) {
        return entry.isFile() && isSet(attributes.value("export-subst", entry.path()));
    }

    private static boolean isSet(Optional<String> value) {
        return value.filter(PathAttributes.SET::equals).isPresent();
    }

    /** Names files and folders that one name would be on a system that tells no case apart, or composes characters. */
    private static void nameCollisions(List<GitEntry> entries, Progress progress) {
        Map<String, String> seen = new HashMap<>();
        Set<String> collisions = new LinkedHashSet<>();
        for (GitEntry entry : entries) {
            String path = entry.path();
            for (int end = path.indexOf('/'); ; end = path.indexOf('/', end + 1)) {
                String part = end < 0 ? path : path.substring(0, end);
                String folded = Normalizer.normalize(part, Normalizer.Form.NFC)
                        .toUpperCase(Locale.ROOT)
                        .toLowerCase(Locale.ROOT);
                String other = seen.putIfAbsent(folded, part);
                if (other != null && !other.equals(part)) {
                    collisions.add(other + " and " + part);
                }
                if (end < 0) {
                    break;
                }
            }
        }
        if (!collisions.isEmpty()) {
            progress.message(
                    "WARNING: paths of the source archive that differ by case alone, which some systems can't unpack side by"
                            + " side: " + String.join("; ", collisions) + ".");
        }
    }

    private static void refuseLinksThatLeave(List<GitEntry> entries, TreeLinks links) {
        List<String> wrong = new ArrayList<>();
        for (GitEntry entry : entries) {
            if (entry.mode() == GitEntry.Mode.SYMLINK
                    && links.resolve(entry.path()).isEmpty()) {
                wrong.add("symbolic link " + entry.path() + " points out of the repository, to '"
                        + links.target(entry.path()) + "'");
            }
        }
        if (!wrong.isEmpty()) {
            throw ReleaseException.refused(
                    "Not packed, since an archive must not reach outside itself: " + String.join("; ", wrong)
                            + ". Change or remove them, or mark them export-ignore in .gitattributes.");
        }
    }

    private static InputStream counting(InputStream in, Progress.Task task) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int b = super.read();
                task.advance(b < 0 ? 0 : 1);
                return b;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                task.advance(Math.max(count, 0));
                return count;
            }
        };
    }
}
