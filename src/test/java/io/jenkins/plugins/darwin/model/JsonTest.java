package io.jenkins.plugins.darwin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
    private final Digest digest = Digest.sha256(new byte[] {1});
    private final Candidate candidate = new Candidate(
            1,
            "darwin",
            Version.parse("1.3.0"),
            new CommitId("a".repeat(40)),
            "release/1.3.0",
            Instant.parse("2026-01-02T03:04:05Z"),
            Optional.of("v1.2.0"),
            List.of(new Candidate.Image("darwin-compute", "application/vnd.oci.image.manifest.v1+json", digest, 7)),
            List.of(new Candidate.Chart("darwin", "darwin-1.3.0.tgz", digest)),
            List.of(new Candidate.Artifact(
                    "darwin-1.3.0.tgz", Optional.of("chart"), "application/gzip", 1, digest, Digest.sha512(new byte[] {1
                    }))));

    @Test
    void writesACandidateAndReadsItBack() {
        byte[] bytes = Json.write(candidate);
        assertThat(Json.read(bytes, Candidate.class, "candidate.json")).isEqualTo(candidate);
        assertThat(Json.write(candidate)).isEqualTo(bytes);
        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .startsWith("{\n  \"schemaVersion\": 1,\n  \"project\": \"darwin\",\n  \"version\": \"1.3.0\",\n")
                .contains("\"created\": \"2026-01-02T03:04:05Z\"")
                .endsWith("}\n")
                .doesNotContain("\r");
    }

    @Test
    void leavesEmptyOptionalsOut() {
        Candidate first = new Candidate(
                1,
                "p",
                Version.parse("0.1.0"),
                new CommitId("b".repeat(40)),
                "release/0.1.0",
                Instant.EPOCH,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
        byte[] bytes = Json.write(first);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("previous");
        assertThat(Json.read(bytes, Candidate.class, "it")).isEqualTo(first);
    }

    @Test
    void namesADocumentThatIsNotReadable() {
        for (String text : List.of(
                "null",
                "[]",
                "{\"version\": \"1.3\"}",
                "{} {}",
                "<html>",
                "",
                "{\"project\": \"a\", \"project\": \"b\"}")) {
            assertThatThrownBy(() ->
                            Json.read(text.getBytes(StandardCharsets.UTF_8), Candidate.class, "candidate.json of X"))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageStartingWith("candidate.json of X is not readable");
        }
    }
}
