package io.jenkins.plugins.darwin.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactFileTest {
    private static final int BLOCKS = 1 << 16;

    @TempDir
    Path dir;

    @Test
    void anInterruptedThreadStopsWritingSoonAndLeavesNothing() {
        int[] written = new int[1];
        try {
            assertThatThrownBy(() -> ArtifactFile.write(dir.resolve("big.bin"), "application/octet-stream", out -> {
                        byte[] block = new byte[1 << 12];
                        for (; written[0] < BLOCKS; written[0]++) {
                            out.write(block);
                            if (written[0] == 100) {
                                Thread.currentThread().interrupt(); // as an abort of the build does
                            }
                        }
                    }))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("big.bin: interrupted. No file was left");
            assertThat(written[0]).isBetween(100, 200);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(dir).isEmptyDirectory();
    }
}
