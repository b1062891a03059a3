package io.jenkins.plugins.darwin.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.chart.ImageReference;
import io.jenkins.plugins.darwin.model.ChartRules.Allow;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Voted on, allowed, wrong or unknown: what each reference is, for servers and for folders. */
class ChartTruthTest {
    private static final Digest DIGEST = Digest.parse("sha256:" + "ab".repeat(32));
    private static final List<Allow> ALLOW = List.of(
            new Allow("mysql", "x"),
            new Allow("quay.io/prom/*", "x"),
            new Allow("redis:7.2", "x"),
            new Allow("mirror.example.org/*/app", "the old one, for the migration"));

    private static ChartTruth truth(String registry, Optional<Digest> digest) {
        return new ChartTruth(registry, Version.parse("1.3.0"), Map.of("app", digest, "team/ui", digest), ALLOW);
    }

    private static ImageReference image(String text) {
        return ImageReference.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "r.example.org:5000/demo/app:1.3.0, VOTED",
        "r.example.org:5000/demo/team/ui:1.3.0, VOTED",
        "r.example.org:5000/demo/app:1.2.9, WRONG",
        "r.example.org:5000/demo/app:v1.3.0, WRONG",
        "r.example.org:5000/demo/app:latest, WRONG",
        "r.example.org:5000/demo/app, WRONG",
        "r.example.org:5000/demo/app:1.3.0-RC1, WRONG",
        "r.example.org:5000/demo/gone:1.3.0, WRONG",
        "r.example.org:5000/other/app:1.3.0, WRONG",
        "r.example.org/demo/app:1.3.0, WRONG",
        "docker.io/demo/app:1.3.0, WRONG",
        "app:1.3.0, WRONG",
        "localhost:5000/ui:1.3.0, UNKNOWN",
        "localhost:5000/team/ui:1.3.0, WRONG",
        "my-app:1.3.0, UNKNOWN",
        "mysql:8, ALLOWED",
        "docker.io/library/mysql:8.4.3, ALLOWED",
        "mysql, ALLOWED",
        "example.org/mysql:8, UNKNOWN",
        "quay.io/prom/alert/manager:v1, ALLOWED",
        "quay.io/prometheus/x:v1, UNKNOWN",
        "redis:7.2, ALLOWED",
        "redis:7.3, UNKNOWN",
        "mirror.example.org/a/app:0.9, ALLOWED",
    })
    void beforeTheBuild(String text, ChartTruth.Kind kind) {
        assertThat(truth("r.example.org:5000/demo", Optional.empty())
                        .judge(image(text))
                        .kind())
                .isEqualTo(kind);
    }

    @Test
    void aDigestIsTheVotedOneOrWrong() {
        String own = "r.example.org/demo/app";
        ChartTruth voted = truth("r.example.org/demo/", Optional.of(DIGEST));
        assertThat(voted.judge(image(own + "@" + DIGEST)).kind()).isEqualTo(ChartTruth.Kind.VOTED);
        assertThat(voted.judge(image(own + ":1.2.0@" + DIGEST)).kind())
                .as("of both, the digest counts")
                .isEqualTo(ChartTruth.Kind.VOTED);
        ChartTruth.Verdict other = voted.judge(image(own + ":1.3.0@sha256:" + "cd".repeat(32)));
        assertThat(other.kind()).isEqualTo(ChartTruth.Kind.WRONG);
        assertThat(other.why()).contains(DIGEST.toString());
        assertThat(truth("r.example.org/demo", Optional.empty())
                        .judge(image(own + "@" + DIGEST))
                        .why())
                .contains("before the image was built");
    }

    /** No chart can ask a folder for an image: where it is served from is not ours to know, which image it is, is. */
    @Test
    void ofAFolderOnlyNamesAndTagsAreCompared() {
        ChartTruth folder = truth("oci-layout:/srv/release", Optional.empty());
        assertThat(folder.judge(image("registry.example.org/x/app:1.3.0")).kind())
                .isEqualTo(ChartTruth.Kind.VOTED);
        assertThat(folder.judge(image("registry.example.org/x/app:1.2.0")).kind())
                .isEqualTo(ChartTruth.Kind.WRONG);
        assertThat(folder.judge(image("oci-layout:/srv/release/app:1.3.0")).kind())
                .isEqualTo(ChartTruth.Kind.VOTED);
        assertThat(folder.judge(image("oci-layout:/srv/release/nothing:1.3.0")).kind())
                .isEqualTo(ChartTruth.Kind.WRONG);
    }
}
