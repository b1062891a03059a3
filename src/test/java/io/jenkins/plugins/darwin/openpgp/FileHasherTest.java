package io.jenkins.plugins.darwin.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHasherTest {
    private static final SigningTrailer TRAILER = new SigningTrailer(
            new SignedFor(Purpose.FILE, "darwin", "1.3.0-RC1", "a"), Instant.EPOCH, new byte[] {4, 0, 22, 10, 0, 0});

    @TempDir
    Path dir;

    @Test
    void oneReadGivesChecksumsAndWhatIsToBeSigned() throws Exception {
        List<Path> files = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        Random random = new Random(7);
        for (int size : new int[] {0, 1, 128 * 1024, 128 * 1024 + 1, 3_000_000}) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            contents.add(content);
            files.add(Files.write(dir.resolve("f" + size), content));
        }
        List<HashedFile> hashed = new FileHasher(3, true, Progress.silent()).hash(files, name -> Optional.of(TRAILER));
        for (int i = 0; i < files.size(); i++) {
            HashedFile one = hashed.get(i);
            assertThat(one.name()).isEqualTo(files.get(i).getFileName().toString());
            assertThat(one.size()).isEqualTo(contents.get(i).length);
            assertThat(one.sha512()).isEqualTo(Digest.of("sha512", digest(contents.get(i))));
            assertThat(one.sha256()).contains(Digest.sha256(contents.get(i)));
            MessageDigest both = digest(contents.get(i));
            both.update(TRAILER.bytes());
            assertThat(one.signable().get()).isEqualTo(both.digest()).isEqualTo(TRAILER.digest(contents.get(i)));
        }
    }

    @Test
    void whatWasNotAskedForIsAbsent() throws Exception {
        Path file = Files.writeString(dir.resolve("a"), "a");
        HashedFile hashed = new FileHasher(1, false, Progress.silent())
                .hash(List.of(file), name -> Optional.empty())
                .get(0);
        assertThat(hashed.sha256()).isEmpty();
        assertThat(hashed.signable()).isEmpty();
        assertThat(new FileHasher(1, false, Progress.silent()).hash(List.of(), name -> Optional.empty()))
                .isEmpty();
    }

    @Test
    void progressCountsBytes() throws Exception {
        List<Path> files =
                List.of(Files.write(dir.resolve("a"), new byte[700_000]), Files.write(dir.resolve("b"), new byte[5]));
        AtomicLong total = new AtomicLong();
        AtomicLong done = new AtomicLong();
        new FileHasher(2, false, progress(total, n -> done.addAndGet(n))).hash(files, name -> Optional.empty());
        assertThat(total).hasValue(700_005);
        assertThat(done).hasValue(700_005);
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws Exception {
        Path there = Files.writeString(dir.resolve("there"), "x");
        FileHasher hasher = new FileHasher(2, false, Progress.silent());
        assertThatThrownBy(() -> hasher.hash(List.of(there, dir.resolve("gone")), name -> Optional.empty()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("gone")
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> hasher.hash(List.of(dir), name -> Optional.empty()))
                .hasMessageContaining("found a folder");
    }

    @Test
    void anInterruptEndsEveryReader() throws Exception {
        Path big = dir.resolve("big");
        try (RandomAccessFile file = new RandomAccessFile(big.toFile(), "rw")) {
            file.setLength(64L << 30); // sparse: minutes of hashing, no space
        }
        CountDownLatch begun = new CountDownLatch(1);
        AtomicLong done = new AtomicLong();
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                new FileHasher(2, false, progress(new AtomicLong(), n -> {
                            done.addAndGet(n);
                            begun.countDown();
                        }))
                        .hash(List.of(big), name -> Optional.empty());
            } catch (Throwable e) {
                end.set(e);
            }
        });
        caller.start();
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();
        caller.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(caller.isAlive()).isFalse();
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        long atReturn = done.get();
        Thread.sleep(200);
        assertThat(done).as("nobody reads on").hasValue(atReturn);
    }

    @Test
    void theChecksumLineIsThatOfSha512sum() throws Exception {
        Path file = Files.writeString(dir.resolve("two words.tgz"), "content");
        HashedFile hashed = new FileHasher(1, false, Progress.silent())
                .hash(List.of(file), name -> Optional.empty())
                .get(0);
        Process tool = new ProcessBuilder("sha512sum", "two words.tgz")
                .directory(dir.toFile())
                .start();
        assertThat(hashed.checksumLine())
                .isEqualTo(new String(tool.getInputStream().readAllBytes()));
        Path odd = Files.writeString(dir.resolve("a\\b\nc"), "content");
        HashedFile strange = new FileHasher(1, false, Progress.silent())
                .hash(List.of(odd), name -> Optional.empty())
                .get(0);
        assertThatThrownBy(strange::checksumLine)
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("a\\b?c");
    }

    @Test
    void resultsAndTrailersTravel() throws Exception {
        Path file = Files.writeString(dir.resolve("a"), "a");
        HashedFile hashed = new FileHasher(1, true, Progress.silent())
                .hash(List.of(file), name -> Optional.of(TRAILER))
                .get(0);
        HashedFile arrived = (HashedFile) travel(hashed);
        assertThat(arrived.sha256()).isEqualTo(hashed.sha256());
        assertThat(arrived.signable().get()).isEqualTo(hashed.signable().get());
        SigningTrailer trailer = (SigningTrailer) travel(TRAILER);
        assertThat(trailer.bytes()).isEqualTo(TRAILER.bytes());
        assertThat(trailer.created()).isEqualTo(TRAILER.created());
        assertThat(trailer.signedFor()).isEqualTo(TRAILER.signedFor());
    }

    private static Object travel(Object value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ObjectOutputStream(out).writeObject(value);
        return new ObjectInputStream(new ByteArrayInputStream(out.toByteArray())).readObject();
    }

    private static MessageDigest digest(byte[] content) {
        MessageDigest digest = Digest.messageDigest("sha512");
        digest.update(content);
        return digest;
    }

    private interface Listener {
        void advanced(long bytes);
    }

    private static Progress progress(AtomicLong total, Listener listener) {
        return new Progress() {
            @Override
            public void message(String line) {
                // not tested here
            }

            @Override
            public Task start(String label, long expected, Unit unit) {
                total.set(expected);
                return new Task() {
                    @Override
                    public void advance(long amount) {
                        listener.advanced(amount);
                    }

                    @Override
                    public void close() {
                        // nothing to end
                    }
                };
            }
        };
    }
}
