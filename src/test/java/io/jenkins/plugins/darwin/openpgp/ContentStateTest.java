package io.jenkins.plugins.darwin.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the JDK's SHA-512, which knows nothing of such states. */
class ContentStateTest {
    private static final SigningTrailer TRAILER = new SigningTrailer(
            new SignedFor(Purpose.FILE, "demo", "1.3.0-RC1", "demo.tgz"), Instant.EPOCH, "a trailer".getBytes());

    @TempDir
    Path temp;

    private Path file(int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return Files.write(temp.resolve("content"), bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 111, 112, 127, 128, 129, 255, 256, 65_535, 65_536, 65_537, 131_072, 1_000_003})
    void endsAndGoesOnAsTheWholeContentWould(int length) throws IOException {
        Path file = file(length);
        byte[] bytes = Files.readAllBytes(file);
        ContentState state = ContentState.of(file);
        assertThat(state.length()).isEqualTo(length);
        assertThat(state.sha512()).isEqualTo(Digest.sha512(bytes));
        assertThat(state.signable(TRAILER)).isEqualTo(TRAILER.digest(bytes));
        assertThat(state.sha512()).as("a second time").isEqualTo(Digest.sha512(bytes));
    }

    @Test
    void anotherTailOrLengthIsAnotherContent() throws IOException {
        Path file = file(1000);
        ContentState state = ContentState.of(file);
        byte[] tail = state.tail();
        tail[0] ^= 1;
        assertThat(new ContentState(state.chain(), 1000, tail).sha512()).isNotEqualTo(state.sha512());
        assertThat(new ContentState(state.chain(), 1000 + 128, state.tail()).sha512())
                .isNotEqualTo(state.sha512());
    }

    @Test
    void refusesWhatIsNoState() {
        for (int[] sizes : new int[][] {{63, 0, 0}, {65, 0, 0}, {64, 128, 128}, {64, 5, 6}, {64, 100, 6}}) {
            assertThatThrownBy(() -> new ContentState(new byte[sizes[0]], sizes[1], new byte[sizes[2]]))
                    .as(Arrays.toString(sizes))
                    .isInstanceOf(ReleaseException.class);
        }
    }
}
