package io.jenkins.plugins.darwin.image;

import io.jenkins.plugins.darwin.git.GitEntry;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Commands of the project that regenerate files after the version was bumped: lock files, manifests, READMEs. They run in a
 * checkout that has the new version, with the environment of builds; what they changed is read back.
 *
 * @param environment of this process; the commands get a few harmless variables of it only
 * @param log the whole log of all commands
 * @param temp folder for the checkout, which is deleted
 */
public record CheckoutCommands(
        GitTree tree,
        Map<String, byte[]> edits,
        Version version,
        Instant time,
        Map<String, String> environment,
        Path log,
        Path temp,
        Progress progress) {
    private static final int MOST_NAMES = 8;
    private static final int LARGEST_FILE = 64 << 20;

    /**
     * Runs them, one after the other.
     *
     * @param adds which of the files that were not there before belong to the commit
     * @return the content of each file that they changed, by path
     * @throws ReleaseException failed, when one of them does, with the end of its log; refused, when they delete or replace a file
     *     of the commit
     */
    public Map<String, byte[]> run(List<String> commands, Predicate<String> adds) {
        try (WorkFolder work = WorkFolder.in(temp, progress)) {
            Path checkout = work.path().resolve("checkout");
            tree.checkout(checkout, progress);
            for (Map.Entry<String, byte[]> edit : edits.entrySet()) {
                Files.write(checkout.resolve(edit.getKey()), edit.getValue());
            }
            ChildProcess child = new ChildProcess(
                    "The version bump", "afterBump", log, ChildEnvironment.plain(environment, version, time), progress);
            for (String command : commands) {
                progress.message("afterBump | $ " + ForeignText.line(command));
                child.run(checkout, List.of("bash", "-e", "-c", command));
            }
            return changed(checkout, adds);
        } catch (IOException e) {
            throw ReleaseException.failed("The commands of 'afterBump' could not be run (" + e.getMessage() + ").", e);
        }
    }

    private Map<String, byte[]> changed(Path checkout, Predicate<String> adds) throws IOException {
        Map<String, byte[]> changed = new TreeMap<>();
        List<String> gone = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (GitEntry entry : tree.list()) {
            known.add(entry.path());
            if (entry.mode() != GitEntry.Mode.REGULAR && entry.mode() != GitEntry.Mode.EXECUTABLE) {
                continue;
            }
            Path file = checkout.resolve(entry.path());
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                gone.add(entry.path());
            } else if (!same(file, entry)) {
                changed.put(entry.path(), content(file, entry.path()));
            }
        }
        if (!gone.isEmpty()) {
            throw ReleaseException.refused("The commands of 'afterBump' took away " + some(gone)
                    + ": expected them to change files only. Delete files on trunk, before a cut.");
        }
        List<String> left = new ArrayList<>();
        for (String path : files(checkout)) {
            if (known.contains(path)) {
                continue;
            }
            if (adds.test(path)) {
                changed.put(path, content(checkout.resolve(path), path));
            } else {
                left.add(path);
            }
        }
        if (!left.isEmpty()) {
            progress.message("Not in the commit, as they are new: " + some(left)
                    + ". Files that belong to it are named by 'adds' in darwin-release.yaml.");
        }
        return changed;
    }

    private boolean same(Path file, GitEntry entry) throws IOException {
        byte[] edited = edits.get(entry.path());
        if (edited != null) {
            return Files.size(file) == edited.length && java.util.Arrays.equals(Files.readAllBytes(file), edited);
        }
        if (Files.size(file) != entry.size()) {
            return false;
        }
        try (InputStream ours = tree.open(entry);
                InputStream theirs = Files.newInputStream(file)) {
            byte[] a = new byte[1 << 16];
            byte[] b = new byte[1 << 16];
            int count;
            do {
                count = ours.readNBytes(a, 0, a.length);
                if (theirs.readNBytes(b, 0, b.length) != count || !java.util.Arrays.equals(a, 0, count, b, 0, count)) {
                    return false;
                }
            } while (count > 0);
            return true;
        }
    }

    private static byte[] content(Path file, String path) throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw ReleaseException.refused("The commands of 'afterBump' made " + ForeignText.shown(path)
                    + " larger than " + LARGEST_FILE + " bytes: expected a file that people can read.");
        }
        return Files.readAllBytes(file);
    }

    private static List<String> files(Path checkout) throws IOException {
        List<String> all = new ArrayList<>();
        Files.walkFileTree(checkout, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    all.add(checkout.relativize(file).toString().replace('\\', '/'));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.getFileName().toString().equals(".git")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }
        });
        all.sort(null);
        return all;
    }

    private static String some(List<String> paths) {
        return String.join(
                        ", ",
                        paths.stream().limit(MOST_NAMES).map(ForeignText::shown).toList())
                + (paths.size() > MOST_NAMES ? " and " + (paths.size() - MOST_NAMES) + " more" : "");
    }
}
