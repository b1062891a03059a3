package io.jenkins.plugins.darwin.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseConfig.SourceFormat;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.testing.MemoryTree;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a small one, mounted for the test (which only root may do). */
class FullDiskIT {
    @TempDir
    Path temp;

    @Test
    void isToldAndLeavesWhatWasThere() throws IOException, InterruptedException {
        Path disk = Files.createDirectories(temp.resolve("disk"));
        assumeTrue(
                new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=256k", "none", disk.toString())
                                .start()
                                .waitFor()
                        == 0,
                "mounting a small disk needs root");
        try {
            Path target = disk.resolve("darwin-1.3.0-src.zip");
            SourceArchive.write(
                    new MemoryTree().file("a", "a"),
                    content -> content,
                    "darwin-1.3.0",
                    Instant.EPOCH,
                    SourceFormat.ZIP,
                    target,
                    Progress.silent());
            byte[] before = Files.readAllBytes(target);
            byte[] noise = new byte[1 << 20];
            new Random(1).nextBytes(noise);
            MemoryTree large = new MemoryTree().file("noise", noise);
            assertThatExceptionOfType(ReleaseException.class)
                    .isThrownBy(() -> SourceArchive.write(
                            large,
                            content -> content,
                            "darwin-1.3.0",
                            Instant.EPOCH,
                            SourceFormat.ZIP,
                            target,
                            Progress.silent()))
                    .withMessageContaining("No space left on device")
                    .withMessageContaining(target.toString());
            assertThat(target).hasBinaryContent(before);
            assertThat(disk.toFile().list()).containsExactly("darwin-1.3.0-src.zip");
        } finally {
            Tools.run(temp, "umount", disk.toString());
        }
    }
}
