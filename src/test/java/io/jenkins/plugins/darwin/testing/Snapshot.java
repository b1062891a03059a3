package io.jenkins.plugins.darwin.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Folders as they were at one moment, to go back to any number of times. A docker-registry reads its files anew each time. */
public final class Snapshot {
    private final Path base;
    private final Path kept;
    private final List<String> folders;

    private Snapshot(Path base, Path kept, List<String> folders) {
        this.base = base;
        this.kept = kept;
        this.folders = folders;
    }

    /** @param folders below the base; those that don't exist shall not exist afterwards either */
    public static Snapshot take(Path base, String... folders) throws IOException {
        Snapshot snapshot = new Snapshot(base, Files.createTempDirectory(base, "snapshot-"), List.of(folders));
        for (String folder : snapshot.folders) {
            copy(base.resolve(folder), snapshot.kept.resolve(folder));
        }
        return snapshot;
    }

    public void restore() throws IOException {
        for (String folder : folders) {
            Path there = base.resolve(folder);
            Path copy = kept.resolve(folder);
            Tools.run(
                    base,
                    "sh",
                    "-c",
                    "until rm -rf \"$2\" 2>/dev/null; do :; done; ! [ -e \"$1\" ] || cp -a \"$1\" \"$2\"",
                    "restore",
                    copy.toString(),
                    there.toString());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.createDirectories(to.getParent());
            Tools.run(from, "cp", "-a", from.toString(), to.toString());
        }
    }
}
