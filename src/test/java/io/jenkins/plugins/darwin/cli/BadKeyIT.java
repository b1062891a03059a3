package io.jenkins.plugins.darwin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.testing.Cli;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.TestKey;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that can't sign, made by gpg: told before anything is signed or staged. */
class BadKeyIT {
    @TempDir
    static Path temp;

    private static ReleaseFixture release;
    private static Path home;

    @BeforeAll
    static void make() throws IOException {
        home = Files.createTempDirectory("gpg");
        release = ReleaseFixture.layouts(temp);
        release.cut();
        release.build();
    }

    @AfterAll
    static void remove() throws IOException {
        gpg("gpgconf", "--kill", "all");
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static String gpg(String... command) {
        String[] all = Stream.concat(Stream.of("env", "GNUPGHOME=" + home), Stream.of(command))
                .toArray(String[]::new);
        return Tools.run(temp, all);
    }

    private static Path key(String mail, String time, String life) throws IOException {
        gpg(
                "gpg",
                "--batch",
                "--quiet",
                "--faked-system-time",
                time,
                "--passphrase",
                "",
                "--quick-generate-key",
                "X <" + mail + ">",
                "ed25519",
                "sign",
                life);
        return temp.resolve(mail + ".asc");
    }

    private static Path export(String mail, String what) {
        Path file = temp.resolve(mail + ".asc");
        gpg(
                "gpg",
                "--batch",
                "--quiet",
                "--yes",
                "--armor",
                "--passphrase",
                "",
                "--output",
                file.toString(),
                what,
                mail);
        return file;
    }

    private static String fails(int code, Path key, String passphrase) {
        SortedMap<String, String> before = release.state(temp.resolve("registry"));
        Map<String, String> environment = new HashMap<>(Map.of(
                "DARWIN_CACHE",
                temp.resolve("cache").toString(),
                "DARWIN_SIGNING_KEY",
                key.toString(),
                "DARWIN_SIGNING_PASSPHRASE",
                passphrase));
        Cli run = Cli.run(
                temp,
                environment,
                "--repo",
                release.origin().toString(),
                "--config",
                release.configFile().toString(),
                "sign",
                "1.3.0");
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
        assertThat(release.state(temp.resolve("registry"))).isEqualTo(before);
        assertThat(release.dist("1.3.0-RC1")).isDirectoryNotContaining("glob:**.asc");
        assertThat(run.out() + run.err()).doesNotContain("wrong horse", TestKey.PASSPHRASE);
        assertThat(run.complaint()).endsWith(".");
        return run.complaint();
    }

    @Test
    void expired() throws IOException {
        key("expired@example.org", "20200101T000000", "1d");
        assertThat(fails(3, export("expired@example.org", "--export-secret-keys"), ""))
                .contains("expired", "2020-01-02");
    }

    @Test
    void revoked() throws IOException {
        key("revoked@example.org", "20250101T000000", "0");
        String fingerprint = gpg("gpg", "--batch", "--with-colons", "--list-keys", "revoked@example.org")
                .lines()
                .filter(l -> l.startsWith("fpr:"))
                .findFirst()
                .orElseThrow()
                .split(":")[9];
        Path certificate = home.resolve("openpgp-revocs.d/" + fingerprint + ".rev");
        Path ready = Files.writeString(
                temp.resolve("revocation"), Files.readString(certificate).replace(":-----BEGIN", "-----BEGIN"));
        gpg("gpg", "--batch", "--quiet", "--import", ready.toString());
        assertThat(fails(3, export("revoked@example.org", "--export-secret-keys"), ""))
                .contains("revoked");
    }

    @Test
    void publicOnly() throws IOException {
        key("public@example.org", "20250101T000000", "0");
        assertThat(fails(2, export("public@example.org", "--export"), "")).contains("public");
    }

    @Test
    void wrongPassphrase() throws IOException {
        Path file = Files.writeString(
                temp.resolve("locked.asc"), ReleaseFixture.key().secret());
        assertThat(fails(2, file, "wrong horse")).contains("passphrase");
        assertThat(fails(2, file, "")).contains("passphrase");
    }

    @Test
    void notAKey() throws IOException {
        assertThat(fails(2, Files.writeString(temp.resolve("text"), "hello\n"), ""))
                .contains("key");
        assertThat(fails(2, Files.write(temp.resolve("nothing"), new byte[0]), ""))
                .contains("key");
        assertThat(fails(2, temp.resolve("missing"), "")).contains("DARWIN_SIGNING_KEY", "missing");
        String secret = ReleaseFixture.key().secret();
        assertThat(fails(
                        2,
                        Files.writeString(temp.resolve("cut"), secret.substring(0, secret.length() / 2)),
                        TestKey.PASSPHRASE))
                .contains("key");
    }
}
