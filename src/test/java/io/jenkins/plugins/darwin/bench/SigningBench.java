package io.jenkins.plugins.darwin.bench;

import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.openpgp.FileHasher;
import io.jenkins.plugins.darwin.openpgp.HashedFile;
import io.jenkins.plugins.darwin.openpgp.KeyGenerator;
import io.jenkins.plugins.darwin.openpgp.KeyGenerator.GeneratedKey;
import io.jenkins.plugins.darwin.openpgp.SecretKeySigner;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.openpgp.SigningTrailer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checksums and signatures of 8 files of 512 MB: ours in one pass on two threads, beside the shell loop of the process
 * document ({@code sha512sum}, then {@code gpg --detach-sign}, file by file) and beside {@code openssl dgst -sha512} on both
 * cores, which is the limit. All three read the same files from a warm cache; what we sign, gpg verifies.
 *
 * <p>Arguments: a folder with 4 GB of room, and optionally the megabytes a file. Run it with {@code -Xmx256m}. The last line
 * on stdout is JSON.
 */
public final class SigningBench {
    private static final int FILES = 8;
    private static final char[] PASSPHRASE = "bench".toCharArray();

    private final Path dir;
    private final Path home;
    private final long size;

    private SigningBench(Path dir, Path home, long size) {
        this.dir = dir;
        this.home = home;
        this.size = size;
    }

    public static void main(String[] args) throws Exception {
        Path dir = Files.createDirectories(Path.of(args[0]));
        long size = (args.length > 1 ? Long.parseLong(args[1]) : 512L) << 20;
        Path home = Files.createTempDirectory("g");
        try {
            new SigningBench(dir, home, size).run();
        } finally {
            new ProcessBuilder("gpgconf", "--homedir", home.toString(), "--kill", "gpg-agent")
                    .start()
                    .waitFor();
            try (Stream<Path> all = Files.walk(home)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    private void run() throws Exception {
        List<Path> files = files();
        GeneratedKey key = new KeyGenerator(new SecureRandom(), Clock.systemUTC())
                .generate(KeyGenerator.KeyType.RSA_4096, Person.parse("Bench <bench@example.org>"), PASSPHRASE);
        Path secret = Files.writeString(home.resolve("key.asc"), key.secretKey());
        Path passphrase = Files.writeString(home.resolve("passphrase"), new String(PASSPHRASE));
        String gpg = "gpg --homedir " + home + " --batch -q --pinentry-mode loopback --passphrase-file " + passphrase;
        shell(gpg + " --import " + secret);
        shell("cat " + pattern() + " > /dev/null"); // everybody reads from a warm cache

        double limit = Double.MAX_VALUE;
        double ours = Double.MAX_VALUE;
        for (int round = 0; round < 2; round++) { // the better of two: a noisy neighbour only ever makes it slower
            limit = Math.min(limit, shell("ls " + pattern() + " | xargs -P 2 -n 1 openssl dgst -sha512 > /dev/null"));
            ours = Math.min(ours, ours(files, key));
        }
        for (Path file : files) {
            shell(gpg + " --verify " + file + ".asc " + file);
        }
        shell("cd " + dir + " && sha512sum --quiet -c checksums.sha512");
        double peer = shell("cd " + dir + " && for f in bench-" + (size >> 20)
                + "-*.bin; do sha512sum $f > $f.sha512 && " + gpg + " --yes --armor --detach-sign $f; done");
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        System.err.printf(
                Locale.ROOT,
                "checksum + sign %d x %d MB: %.2f s, shell loop %.2f s (%.1fx), openssl on two cores %.2f s (%.0f%%), heap %d MB%n",
                FILES,
                size >> 20,
                ours,
                peer,
                peer / ours,
                limit,
                100 * limit / ours,
                heap);
        System.out.printf(
                Locale.ROOT,
                "[{\"name\": \"checksum + sign\", \"seconds\": %.3f, \"peer\": \"sha512sum + gpg loop\", \"peerSeconds\": %.3f, "
                        + "\"ratio\": %.2f, \"unit\": \"MB/s\", \"value\": %.1f}, {\"name\": \"checksum + sign, limit\", \"seconds\": %.3f, "
                        + "\"peer\": \"openssl dgst -sha512 on two cores\", \"peerSeconds\": %.3f, \"ratio\": %.2f, \"unit\": \"MB of heap at most\", "
                        + "\"value\": %d}]%n",
                ours,
                peer,
                peer / ours,
                FILES * (size >> 20) / ours,
                ours,
                limit,
                limit / ours,
                heap);
    }

    /** One whole run as {@code darwin sign} does it: unlock the key, read each file once, write checksums and signatures. */
    private double ours(List<Path> files, GeneratedKey key) throws Exception {
        long start = System.nanoTime();
        SecretKeySigner signer = SecretKeySigner.open(
                key.secretKey().getBytes(StandardCharsets.US_ASCII), PASSPHRASE, Clock.systemUTC());
        Map<String, SigningTrailer> trailers = files.stream()
                .map(file -> file.getFileName().toString())
                .collect(Collectors.toMap(
                        name -> name,
                        name -> signer.trailer(SignedFor.file("bench", CandidateId.parse("1.0.0-RC1"), name))));
        StringBuilder sums = new StringBuilder();
        for (HashedFile file :
                new FileHasher(2, false, Progress.silent()).hash(files, name -> Optional.of(trailers.get(name)))) {
            Files.writeString(
                    dir.resolve(file.name() + ".asc"),
                    signer.sign(trailers.get(file.name()), file.signable().orElseThrow()));
            Files.writeString(dir.resolve(file.name() + ".sha512"), file.checksumLine());
            sums.append(file.checksumLine());
        }
        Files.writeString(dir.resolve("checksums.sha512"), sums);
        return seconds(start);
    }

    /** Files that no file system can keep small; made once and used again. */
    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        byte[] block = new byte[1 << 20];
        Random random = new Random(42);
        for (int i = 0; i < FILES; i++) {
            Path file = dir.resolve("bench-" + (size >> 20) + "-" + i + ".bin");
            files.add(file);
            if (Files.exists(file) && Files.size(file) == size) {
                continue;
            }
            try (OutputStream out = Files.newOutputStream(file)) {
                for (long written = 0; written < size; written += block.length) {
                    random.nextBytes(block);
                    out.write(block);
                }
            }
        }
        return files;
    }

    private String pattern() {
        return dir.toAbsolutePath() + "/bench-" + (size >> 20) + "-*.bin";
    }

    private double shell(String command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Path log = home.resolve("log");
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + Files.readString(log));
        }
        return seconds(start);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
