package io.jenkins.plugins.darwin.openpgp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A gpg with a home of its own; its path is short because the agent's socket lives there. */
final class Gpg implements AutoCloseable {
    /** What the tests sign, unless they say otherwise. */
    static final SignedFor FILE = new SignedFor(Purpose.FILE, "darwin", "1.3.0-RC1", "darwin-1.3.0.tgz");

    private final Path home;

    Gpg() throws IOException {
        home = Files.createTempDirectory("g");
        Files.writeString(home.resolve("gpg-agent.conf"), "s2k-count 65536\n"); // else each passphrase costs a second
        Files.writeString(home.resolve("gpg.conf"), "s2k-count 65536\n");
    }

    /** What a program said. */
    record Said(int exit, byte[] out, String err) {
        String text() {
            return new String(out, StandardCharsets.UTF_8);
        }

        String all() {
            return text() + err;
        }
    }

    Said run(byte[] in, String... args) {
        List<String> command = new ArrayList<>(List.of("gpg", "--batch", "--no-tty", "--pinentry-mode", "loopback"));
        command.addAll(List.of(args));
        return run(command, in, Path.of("."));
    }

    /** Runs gpg with answers to its questions; keys without a passphrase only. */
    Said interactive(String answers, String... args) {
        List<String> command = new ArrayList<>(
                List.of("gpg", "--no-tty", "--pinentry-mode", "loopback", "--passphrase", "", "--command-fd", "0"));
        command.addAll(List.of(args));
        return run(command, answers.getBytes(StandardCharsets.UTF_8), Path.of("."));
    }

    /** Runs gpg and insists that it succeeds. */
    Said ok(byte[] in, String... args) {
        Said said = run(in, args);
        if (said.exit() != 0) {
            throw new AssertionError("gpg " + List.of(args) + ": " + said.err());
        }
        return said;
    }

    Said ok(String... args) {
        return ok(new byte[0], args);
    }

    /** Makes an unprotected key unless a passphrase is given, and returns its fingerprint. */
    String generate(String userId, String algorithm, String usage, String expire, String passphrase) {
        ok("--passphrase", passphrase, "--quick-generate-key", userId, algorithm, usage, expire);
        return fingerprint(userId);
    }

    String fingerprint(String userId) {
        return colons(userId).stream()
                .filter(l -> l.startsWith("fpr:"))
                .findFirst()
                .orElseThrow()
                .split(":")[9];
    }

    List<String> colons(String userId) {
        return ok("--with-colons", "--list-keys", userId).text().lines().toList();
    }

    byte[] secret(String fingerprint, String passphrase) {
        return ok("--passphrase", passphrase, "--armor", "--export-secret-keys", fingerprint)
                .out();
    }

    byte[] publicKey(String fingerprint) {
        return ok("--armor", "--export", fingerprint).out();
    }

    /** The certificate that gpg puts aside with every new key; a colon keeps it from being imported by mistake. */
    byte[] revocation(String fingerprint) {
        try {
            return Files.readString(home.resolve("openpgp-revocs.d").resolve(fingerprint + ".rev"))
                    .replace(":-----BEGIN", "-----BEGIN")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs another program that calls gpg, in this home. */
    Said run(List<String> command, byte[] in, Path directory) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "GNUPGHOME",
                            home.toString(),
                            "LC_ALL",
                            "C.UTF-8",
                            "GIT_CONFIG_GLOBAL",
                            "/dev/null",
                            "GIT_CONFIG_NOSYSTEM",
                            "1"));
            Path err = Files.createTempFile(home, "err", "");
            Process process = builder.redirectError(err.toFile()).start();
            Thread feeder = new Thread(() -> {
                try (var stdin = process.getOutputStream()) {
                    stdin.write(in);
                } catch (IOException e) {
                    // it ended without reading everything
                }
            });
            feeder.start();
            byte[] out = process.getInputStream().readAllBytes();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("did not end: " + command);
            }
            return new Said(process.exitValue(), out, Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends this home's own agent, then removes the home. */
    @Override
    public void close() throws IOException {
        run(List.of("gpgconf", "--kill", "gpg-agent"), new byte[0], Path.of("."));
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
