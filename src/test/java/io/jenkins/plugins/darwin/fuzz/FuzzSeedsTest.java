package io.jenkins.plugins.darwin.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every seed, what bin/fuzz found once, and some hundred changes of each: cut off, bits changed, parts doubled or taken from
 * one another. Long runs are bin/fuzz's.
 */
class FuzzSeedsTest {
    private static final int CHANGES = 150;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @ParameterizedTest
    @EnumSource(Target.class)
    void endsWithAValueOrASentence(Target target) throws Exception {
        List<byte[]> seeds = seeds(target);
        assertThat(seeds).as("seeds of " + target).isNotEmpty();
        Random random = new Random(20261125);
        List<byte[]> inputs = new ArrayList<>(seeds);
        inputs.add(new byte[0]);
        for (String nested : List.of("[", "{\"a\":", "(", "- ", "<a>", "a=[")) {
            inputs.add(nested.repeat(20_000).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        for (byte[] seed : seeds) {
            for (int i = 0; i < CHANGES; i++) {
                inputs.add(changed(seed, seeds.get(random.nextInt(seeds.size())), random));
            }
        }
        assertTimeoutPreemptively(LIMIT, () -> {
            for (byte[] input : inputs) {
                read(target, input);
            }
        });
    }

    private static void read(Target target, byte[] input) {
        try {
            target.read(input);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError(
                    target + " of "
                            + java.util.Base64.getEncoder()
                                    .encodeToString(Arrays.copyOf(input, Math.min(input.length, 2000))),
                    e);
        }
    }

    private static byte[] changed(byte[] seed, byte[] other, Random random) {
        if (seed.length == 0) {
            return other;
        }
        byte[] bytes = seed.clone();
        switch (random.nextInt(4)) {
            case 0 -> {
                return Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            case 1 -> {
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                return bytes;
            }
            case 2 -> {
                int from = random.nextInt(bytes.length);
                int to = from + random.nextInt(bytes.length - from);
                byte[] longer = Arrays.copyOf(bytes, bytes.length + to - from);
                System.arraycopy(bytes, from, longer, to, bytes.length - from);
                return longer;
            }
            default -> {
                int from = random.nextInt(other.length + 1);
                byte[] tail = Arrays.copyOfRange(other, from, other.length);
                int at = random.nextInt(bytes.length);
                byte[] joined = Arrays.copyOf(bytes, at + tail.length);
                System.arraycopy(tail, 0, joined, at, tail.length);
                return joined;
            }
        }
    }

    private static List<byte[]> seeds(Target target) throws IOException, URISyntaxException {
        URL folder = FuzzSeedsTest.class.getResource("/fuzz/" + target.name().toLowerCase(Locale.ROOT) + "/");
        List<byte[]> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            for (Path file : files.sorted().toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    seeds.add(in.readAllBytes());
                }
            }
        }
        return seeds;
    }
}
