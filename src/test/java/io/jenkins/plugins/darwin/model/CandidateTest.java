package io.jenkins.plugins.darwin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A {@code candidate.json} comes from anybody: what is wrong in it is told when it is read, before anything uses its names. */
class CandidateTest {
    private static final Digest DIGEST = Digest.sha256(new byte[] {1});
    private static final Candidate GOOD = new Candidate(
            1,
            "darwin",
            Version.parse("1.3.0"),
            new CommitId("a".repeat(40)),
            "release/1.3.0",
            Instant.parse("2026-01-02T03:04:05Z"),
            Optional.of("v1.2.0"),
            List.of(new Candidate.Image("compute", "application/vnd.oci.image.manifest.v1+json", DIGEST, 7)),
            List.of(new Candidate.Chart("umbrella", "umbrella-1.3.0.tgz", DIGEST)),
            List.of(new Candidate.Artifact(
                    "umbrella-1.3.0.tgz",
                    Optional.of("chart"),
                    "application/gzip",
                    1,
                    DIGEST,
                    Digest.sha512(new byte[] {1}))));
    private static final String JSON = new String(Json.write(GOOD), StandardCharsets.UTF_8);

    private static Candidate read(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), Candidate.class, "candidate.json");
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(read(JSON)).isEqualTo(GOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../../.ssh/authorized_keys",
                "/etc/passwd",
                "C:evil",
                "a\\b",
                "a b",
                "a\\nb",
                "a\\u0000",
                "a\\u009bb",
                "a\\u202eb",
                "a\\u200bb",
                "a\\ufeff",
                "\\u115f",
                "-rf",
                "--help",
                "a;rm",
                "$(id)",
                "a<b",
                ""
            })
    void noNameThatIsMoreThanAName(String evil) {
        for (String name : List.of("darwin", "compute", "umbrella-1.3.0.tgz", "release/1.3.0", "v1.2.0", "chart")) {
            String json = JSON.replace("\"" + name + "\"", "\"" + evil + "\"");
            assertThat(json).isNotEqualTo(JSON);
            assertThatThrownBy(() -> read(json))
                    .as(name + " as " + evil)
                    .isInstanceOf(ReleaseException.class)
                    .message()
                    .doesNotContain("\u009b", "\u202e", "\n", "\u200b", "\u115f");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "umbrella-1.3.0.tgz, KEYS",
        "umbrella-1.3.0.tgz, candidate.json",
        "umbrella-1.3.0.tgz, checksums.sha512",
        "umbrella-1.3.0.tgz, install.sh.asc",
        "umbrella-1.3.0.tgz, install.sh.sha512",
        "release/1.3.0, release/../main",
        "release/1.3.0, release//main",
        "release/1.3.0, release/",
        "release/1.3.0, a@{1}",
        "compute, Compute",
        "application/gzip, gzip"
    })
    void noNameThatMeansSomethingElse(String name, String other) {
        assertThatThrownBy(() -> read(JSON.replace("\"" + name + "\"", "\"" + other + "\"")))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("Not a");
    }

    @Test
    void nothingTwiceAndNothingMissing() {
        assertThatThrownBy(() -> read(JSON.replaceFirst("\"charts\"", "\"other\": [], \"images\"")))
                .isInstanceOf(ReleaseException.class);
        assertThatThrownBy(() -> read(JSON.replaceFirst("\"umbrella-1.3.0.tgz\"", "\"other-1.3.0.tgz\"")))
                .isInstanceOf(ReleaseException.class);
        for (String member : List.of("project", "version", "commit", "branch", "created", "digest", "sha512")) {
            assertThatThrownBy(() -> read(JSON.replaceFirst("\"" + member + "\"", "\"not-" + member + "\"")))
                    .as(member)
                    .isInstanceOf(ReleaseException.class);
        }
        Candidate.Image image = GOOD.images().get(0);
        assertThatThrownBy(() -> new Candidate(
                        1,
                        "darwin",
                        GOOD.version(),
                        GOOD.commit(),
                        GOOD.branch(),
                        GOOD.created(),
                        Optional.empty(),
                        List.of(image, image),
                        List.of(),
                        List.of()))
                .hasMessageContaining("lists image compute twice");
        assertThatThrownBy(() -> read(JSON.replace("\"schemaVersion\": 1", "\"schemaVersion\": 2")))
                .hasMessageContaining("newer version of this tool");
        assertThatThrownBy(() -> read(JSON.replace("\"size\": 1", "\"size\": -1")))
                .hasMessageContaining("no size");
    }

    @Test
    void branchesOfAnyScript() {
        assertThat(read(JSON.replace("release/1.3.0", "hotfix/1.3.0-größe")).branch())
                .isEqualTo("hotfix/1.3.0-größe");
    }
}
