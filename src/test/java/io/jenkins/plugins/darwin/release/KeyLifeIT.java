package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.PublicKeys;
import io.jenkins.plugins.darwin.testing.Cli;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that gpg made, extended and revoked, from their first day to their last. */
class KeyLifeIT {
    private static final String MAIL = "rita@example.org";

    @TempDir
    static Path temp;

    private static Path home;
    private static String ending;
    private static byte[] endsSoon;
    private static byte[] extended;
    private static String next;
    private static byte[] both;

    @BeforeAll
    static void make() throws IOException {
        home = Files.createTempDirectory("g"); // short: the agent's socket lives there
        gpg("--quick-generate-key", "Rita <" + MAIL + ">", "ed25519", "sign", "30d");
        ending = fingerprints().get(0);
        endsSoon = export(ending);
        gpg(
                "--faked-system-time",
                "20990101T000000",
                "--quick-generate-key",
                "Rita R. <" + MAIL + ">",
                "ed25519",
                "sign",
                "0");
        next = fingerprints().stream()
                .filter(f -> !f.equals(ending))
                .findFirst()
                .orElseThrow();
        both = join(endsSoon, export(next));
        gpg("--quick-set-expire", ending, "10y");
        extended = join(endsSoon, export(ending));
    }

    @AfterAll
    static void remove() throws IOException {
        Tools.run(temp, "env", "GNUPGHOME=" + home, "gpgconf", "--kill", "all");
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static String gpg(String... args) {
        return Tools.run(
                temp,
                Stream.concat(
                                Stream.of("env", "GNUPGHOME=" + home, "gpg", "--batch", "--quiet", "--yes")
                                        .sequential(),
                                Stream.concat(Stream.of("--passphrase", ""), Stream.of(args)))
                        .toArray(String[]::new));
    }

    private static List<String> fingerprints() {
        return gpg("--with-colons", "--list-keys")
                .lines()
                .filter(l -> l.startsWith("fpr:"))
                .map(l -> l.split(":")[9])
                .toList();
    }

    private static byte[] export(String fingerprint) {
        return gpg("--armor", "--export", fingerprint).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] join(byte[] first, byte[] second) {
        return (new String(first, StandardCharsets.US_ASCII) + "\n" + new String(second, StandardCharsets.US_ASCII))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static KeyLife life(byte[] keys, Instant now, int days) {
        return new KeyLife(PublicKeys.of(keys), now, days);
    }

    @Test
    void theEndIsToldInTime() {
        Instant now = Instant.now();
        assertThat(life(endsSoon, now, 60).warning(ending).orElseThrow())
                .startsWith("The key " + ending + " (Rita <" + MAIL + ">) ends in 29 days, on ")
                .endsWith("or make the next one, and put that into KEYS on trunk.");
        assertThat(life(endsSoon, now, 20).warning(ending)).isEmpty();
        assertThat(life(endsSoon, now.plus(Duration.ofDays(12)), 20).warning(ending))
                .isPresent();
        assertThat(life(endsSoon, now.plus(Duration.ofDays(31)), 60).warning(ending))
                .as("over is no warning, it is a refusal")
                .isEmpty();
        assertThat(life(extended, now, 60).warning(ending)).as("extended below").isEmpty();
        assertThat(life(both, Instant.parse("2099-06-01T00:00:00Z"), 60).warning(next))
                .as("never ends")
                .isEmpty();
    }

    @Test
    void whatIsOverSignsNothingNewAndTheNextOneIsNamed() {
        Instant after = Instant.parse("2099-06-01T00:00:00Z");
        life(extended, Instant.now().plus(Duration.ofDays(40)), 60).requireGood(ending);
        life(both, Instant.now(), 60).requireGood(ending);
        life(both, Instant.now(), 60).requireGood("0000");
        assertThatThrownBy(() -> life(both, after, 60).requireGood(ending))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("The signing key " + ending)
                .hasMessageContaining("expired at ")
                .hasMessageContaining("; " + next + " (Rita R. <" + MAIL + ">) follows it.");
    }

    @Test
    void aRevocationInKeysCountsMoreThanTheCopyOfTheRun() throws IOException {
        String certificate = Files.readString(home.resolve("openpgp-revocs.d/" + ending + ".rev"))
                .replace(":-----BEGIN", "-----BEGIN");
        byte[] revoked = join(endsSoon, certificate.getBytes(StandardCharsets.US_ASCII));
        PublicKeys keys = PublicKeys.of(List.of(revoked, endsSoon));
        assertThatThrownBy(() -> new KeyLife(keys, Instant.now(), 60).requireGood(ending))
                .hasMessageContaining("is revoked (taken back at ");
        assertThat(new KeyLife(keys, Instant.now(), 60).warning(ending)).isEmpty();
    }

    @Test
    void theCommandShowsEachKeyAndItsCommits() throws IOException {
        Path origin = temp.resolve("origin");
        Tools.run(temp, "git", "init", "-q", "-b", "main", origin.toString());
        String first = commit(origin, endsSoon, "docs: the first key");
        commit(origin, join("no key here".getBytes(StandardCharsets.US_ASCII), endsSoon), "docs: a word on it");
        String second = commit(origin, join(endsSoon, extended), "docs: extended");
        Map<String, String> environment =
                Map.of("DARWIN_CACHE", temp.resolve("cache").toString());
        Cli json = Cli.run(temp, environment, "--json", "--repo", origin.toString(), "key", "show");
        assertThat(json.code()).as(json.err()).isZero();
        JsonNode key = new ObjectMapper().readTree(json.out()).path("keys").path(0);
        assertThat(key.path("fingerprint").asText()).isEqualTo(ending);
        assertThat(key.path("algorithm").asText()).isEqualTo("Ed25519");
        assertThat(key.path("state").asText()).isEqualTo("good");
        assertThat(key.path("since").asText()).isEqualTo(first);
        assertThat(key.path("newest").asText()).isEqualTo(second);
        assertThat(key.path("userIds").path(0).asText()).isEqualTo("Rita <" + MAIL + ">");
        Cli text = Cli.run(temp, environment, "--repo", origin.toString(), "key", "show");
        assertThat(text.out())
                .contains(ending + "  Ed25519  good", "signs until ", "in KEYS since " + first.substring(0, 7))
                .contains("as it is now since " + second.substring(0, 7))
                .doesNotContain("warning");
        commit(origin, endsSoon, "docs: as it was");
        assertThat(Cli.run(temp, environment, "--repo", origin.toString(), "key", "show")
                        .out())
                .contains("warning: The key " + ending);
    }

    private static String commit(Path origin, byte[] keys, String message) throws IOException {
        Files.write(origin.resolve("KEYS"), keys);
        Tools.run(origin, "git", "add", "KEYS");
        Tools.run(origin, "git", "-c", "user.name=R", "-c", "user.email=" + MAIL, "commit", "-q", "-m", message);
        return Tools.run(origin, "git", "rev-parse", "HEAD").strip();
    }
}
