package io.jenkins.plugins.darwin.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which images rendered objects, values and templates ask for, however they are cut. */
class ChartReferencesTest {
    private static List<String> texts(Set<ImageReference> references) {
        return ChartReferences.sorted(references).stream()
                .map(ImageReference::toString)
                .toList();
    }

    private static ChartReferences own(String... images) {
        return new ChartReferences(List.of(images));
    }

    @Test
    void renderedObjects() {
        assertThat(texts(own("app", "agent").inRendered("""
                kind: Deployment
                spec:
                  template:
                    spec:
                      initContainers:
                      - { name: a, image: busybox }
                      containers:
                      - name: b
                        image: "docker.io/library/redis:7.2@sha256:%s"
                        imagePullPolicy: Always
                        args: [--agent-image=r.example.org:5000/x/agent:1.0.0, --other=r.example.org/x/foreign:1]
                        env:
                        - { name: RELATED_IMAGE_APP, value: r.example.org/x/app:1.3.0 }
                        - { name: APP, value: app }
                ---
                kind: ConfigMap
                data:
                  storage: |
                    { "image": "r.example.org/x/app:latest", "memory": "1Gi" }
                  about: https://example.org/x/app
                ---
                kind: Widget
                spec:
                  image: { repository: org/widget, tag: v2 }
                  sidecarImage: org/sidecar:1
                  image2: { registry: q.io, name: a/b, digest: "sha256:%s" }
                """.formatted("ab".repeat(32), "cd".repeat(32)))))
                .containsExactly(
                        "busybox",
                        "docker.io/library/redis:7.2@sha256:" + "ab".repeat(32),
                        "org/sidecar:1",
                        "org/widget:v2",
                        "q.io/a/b@sha256:" + "cd".repeat(32),
                        "r.example.org/x/app:1.3.0",
                        "r.example.org/x/app:latest",
                        "r.example.org:5000/x/agent:1.0.0");
    }

    @Test
    void valuesWithoutATagAreLeftToTheTemplate() {
        assertThat(texts(own("app").inValues("""
                image: { repository: r.example.org/x/app, tag: "" }
                other: { image: { repository: r.example.org/x/app, tag: 1.2 } }
                third: { registry: r.example.org, repository: x/third, tag: v3 }
                git: { repository: https://example.org/x, tag: v1 }
                untagged: { image: r.example.org/x/app }
                beside: { image: r.example.org:5000/x/app, tag: 0.9 }
                templated: { image: "{{ .Values.global.registry }}/app:1" }
                """)))
                .containsExactly("r.example.org/x/app:1.2", "r.example.org/x/third:v3", "r.example.org:5000/x/app:0.9");
    }

    @Test
    void templatesNameWhatIsWrittenOut() {
        assertThat(texts(own("app").inTemplate("""
                # image: r.example.org/x/app:0.1.0
                {{- /* r.example.org/x/app:0.2.0 */ -}}
                image: r.example.org/x/app:1.0.0
                image: r.example.org/x/app:{{ .Chart.AppVersion }}
                image: r.example.org/x/app-more:1.0.0
                  - image: "redis:7"   # a cache
                args: [--image=redis:6]
                """)))
                .containsExactly("r.example.org/x/app-more:1.0.0", "r.example.org/x/app:1.0.0", "redis:7");
    }

    @Test
    @Timeout(20)
    void whatIsNoYamlOrLongOrDeepDoesNoHarm() {
        assertThat(texts(own("app").inRendered("a: [\nx: r.example.org/x/app:9\n")))
                .containsExactly("r.example.org/x/app:9");
        assertThatCode(() -> own("app").inRendered("[".repeat(100_000))).doesNotThrowAnyException();
        assertThatCode(() -> own("app").inTemplate("a/".repeat(500_000))).doesNotThrowAnyException();
        assertThatCode(() -> own("app").inRendered("a: &x [*x]\nimage: b:1\n")).doesNotThrowAnyException();
    }

    @Test
    void shortNamesAreDockerHubs() {
        assertThat(ImageReference.parse("mysql:8").orElseThrow().fullName()).isEqualTo("docker.io/library/mysql");
        assertThat(ImageReference.parse("a/b").orElseThrow().fullName()).isEqualTo("docker.io/a/b");
        assertThat(ImageReference.parse("localhost/b").orElseThrow().fullName()).isEqualTo("localhost/b");
        assertThat(ImageReference.parse("localhost:5000/b:1").orElseThrow().fullName())
                .isEqualTo("localhost:5000/b");
        assertThat(ImageReference.parse("index.docker.io/library/x")
                        .orElseThrow()
                        .fullName())
                .isEqualTo("docker.io/library/x");
        assertThat(ImageReference.parse("two words")).isEmpty();
        assertThat(ImageReference.parse("")).isEmpty();
    }
}
