package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.internal.storage.file.FileRepository;

/** What changed between two commits: which files, and a fingerprint of what happened in them. */
public final class CommitChanges {
    /** In bytes; a larger file counts as a whole, as one with bytes that are no text does. */
    private static final int LARGEST_TEXT = 4 << 20;

    private final GitMirror git;

    public CommitChanges(GitMirror git) {
        this.git = git;
    }

    /**
     * Paths of the files that differ, also of those that were removed.
     *
     * @param before empty for nothing at all, before a first commit
     */
    public SortedSet<String> files(Optional<CommitId> before, CommitId after) {
        return git.with("reading", repository -> {
            SortedSet<String> paths = new TreeSet<>();
            try (DiffFormatter diff = formatter(repository, new ByteArrayOutputStream())) {
                for (DiffEntry entry : scan(diff, before, after)) {
                    Stream.of(entry.getOldPath(), entry.getNewPath())
                            .filter(path -> !path.equals(DiffEntry.DEV_NULL))
                            .forEach(paths::add);
                }
            }
            return paths;
        });
    }

    /**
     * The same for the same change, wherever in its files it stands: what {@code git patch-id} is for, except that white space
     * counts, as it does in Python and YAML.
     */
    public String fingerprint(Optional<CommitId> before, CommitId after) {
        return git.with("reading", repository -> {
            MessageDigest digest = sha256();
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            try (DiffFormatter diff = formatter(repository, text)) {
                List<DiffEntry> entries = scan(diff, before, after).stream()
                        .sorted(Comparator.comparing(DiffEntry::getOldPath).thenComparing(DiffEntry::getNewPath))
                        .toList();
                for (DiffEntry entry : entries) {
                    text.reset();
                    diff.format(entry);
                    diff.flush();
                    take(digest, entry, text.toString(StandardCharsets.ISO_8859_1)); // every byte is a character
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        });
    }

    /** All but where it stands: lines of content begin with a blank, + or -, those of the head do not. */
    private static void take(MessageDigest digest, DiffEntry entry, String text) {
        for (String line : text.split("\n", -1)) {
            if (line.equals("Binary files differ")) {
                digest.update((entry.getOldId().name() + entry.getNewId().name()).getBytes(StandardCharsets.US_ASCII));
            } else if (!line.startsWith("index ") && !line.startsWith("@@ ")) {
                digest.update((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static List<DiffEntry> scan(DiffFormatter diff, Optional<CommitId> before, CommitId after)
            throws IOException {
        return diff.scan(before.map(Ids::of).orElse(null), Ids.of(after));
    }

    private static DiffFormatter formatter(FileRepository repository, ByteArrayOutputStream out) {
        DiffFormatter diff = new DiffFormatter(out);
        diff.setRepository(repository);
        diff.setDetectRenames(false);
        diff.setBinaryFileThreshold(LARGEST_TEXT);
        return diff;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
