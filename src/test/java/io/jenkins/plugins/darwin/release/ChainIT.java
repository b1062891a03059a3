package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.registry.RegistryAuth;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.Cli;
import io.jenkins.plugins.darwin.testing.PublicState;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.TokenServer;
import io.jenkins.plugins.darwin.testing.WireRequest;
import io.jenkins.plugins.darwin.vote.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole release on real servers, and what a stranger says about it. */
class ChainIT {
    private static final String CREDENTIALS = RealRegistry.USER + ":" + RealRegistry.PASSWORD;
    private static final Map<String, String> ENVIRONMENT =
            Map.of("DARWIN_REGISTRY_USER", RealRegistry.USER, "DARWIN_REGISTRY_PASSWORD", RealRegistry.PASSWORD);

    @TempDir
    Path temp;

    private ReleaseFixture release;
    private Promote.Result promoted;
    private BuildCandidate.Result second;

    /** cut, candidate 1, a veto, a backport, candidate 2, a vote that passes, promotion. */
    private void chain(String host) {
        release = ReleaseFixture.create(
                temp,
                host + "/staging",
                host + "/darwin",
                RegistryOptions.defaults()
                        .withAuth(new RegistryAuth(RealRegistry.USER, RealRegistry.PASSWORD))
                        .withAuthHosts(Set.of(host))); // the configuration is not trunk's own
        assertThat(release.cut().result().branch()).isEqualTo("release/1.3.0");
        assertThat(release.build().result().rc()).isEqualTo(1);
        Digest first = release.sign().result().digest();
        assertThat(release.veto().result().outcome()).contains(Outcome.VETOED);
        assertThat(release.backport().result().picked()).hasSize(1);
        second = release.build().result();
        assertThat(second.tag()).isEqualTo("1.3.0-RC2");
        Digest voted = release.sign().result().digest();
        assertThat(voted).isNotEqualTo(first);
        assertThat(release.pass().result().outcome()).contains(Outcome.PASSED);
        promoted = release.promote().result();
        assertThat(promoted.digest()).isEqualTo(voted);
        assertThat(promoted.checks()).isNotEmpty().allMatch(c -> c.state() == Check.State.PASSED);
    }

    private void strangersChecks(String host) throws Exception {
        SortedMap<String, String> tags = PublicState.tags(temp.resolve("server/data"));
        try (Stranger stranger = new Stranger(temp)) {
            // source archive, chart, notes, candidate.json, checksums
            assertThat(stranger.checkFolder(release.dist("1.3.0-RC1"))).isEqualTo(5);
            assertThat(stranger.checkFolder(release.dist("1.3.0-RC2"))).isEqualTo(5);
            stranger.checkTag(release.origin(), "v1.3.0", second.commit().sha());
            for (String image : List.of("darwin-compute", "ml-serve-app")) {
                String digest = stranger.image(host + "/staging/" + image + ":1.3.0-RC2", CREDENTIALS);
                assertThat(stranger.image(host + "/darwin/" + image + ":1.3.0", CREDENTIALS))
                        .isEqualTo(digest);
                assertThat(tags)
                        .containsEntry("darwin/" + image + ":1.3.0", digest)
                        .containsEntry("darwin/" + image + ":latest", digest);
                assertThat(second.images())
                        .anyMatch(i ->
                                i.name().equals(image) && i.digest().toString().equals(digest));
            }
            JsonNode candidate = stranger.manifest(host + "/darwin/darwin-release:1.3.0", CREDENTIALS);
            assertThat(candidate.path("artifactType").asText())
                    .isEqualTo("application/vnd.darwin.release.candidate.v1+json");
            assertThat(candidate.toString()).contains("1.3.0");
            assertThat(candidate.toString().split("RC2", -1))
                    .as("the number stands in one annotation, not in a name or a content")
                    .hasSize(2);
            assertThat(candidate
                            .at("/annotations/io.jenkins.plugins.darwin.candidate")
                            .asText())
                    .isEqualTo("1.3.0-RC2");
            assertThat(tags)
                    .containsEntry(
                            "darwin/darwin-release:1.3.0", promoted.digest().toString());
            try (RealRegistry open =
                    RealRegistry.start(temp.resolve("server"))) { // the same data, for everybody to read
                assertThat(stranger.chart(open.host(), "/darwin/charts/darwin", "1.3.0"))
                        .contains("darwin-compute:1.3.0")
                        .doesNotContain("RC", "latest");
            }
        }
    }

    private Cli verify(String reference, String... more) {
        List<String> arguments = new java.util.ArrayList<>(List.of(
                "--config",
                release.configFile().toString(),
                "--repo",
                release.origin().toString(),
                "verify",
                reference,
                "--json"));
        arguments.addAll(List.of(more));
        return Cli.run(temp, ENVIRONMENT, arguments.toArray(new String[0]));
    }

    private void verifies() {
        for (String reference : List.of("dist/1.3.0-RC1", "dist/1.3.0-RC2", "1.3.0-RC2", "1.3.0")) {
            Cli verified = verify(reference, "--offline");
            assertThat(verified.code())
                    .as(reference + verified.out() + verified.err())
                    .isZero();
            assertThat(verified.json().path("checks"))
                    .isNotEmpty()
                    .noneMatch(c -> c.path("state").asText().equals("FAILED"));
        }
        Cli folder = verify("dist/1.3.0-RC2"); // its images are in staging, and beside a clone they are looked at
        assertThat(folder.code()).as(folder.err()).isZero();
        assertThat(folder.json().path("complete").asBoolean()).isTrue();
        assertThat(folder.json().path("checks"))
                .filteredOn(c -> c.path("name").asText().startsWith("image"))
                .isNotEmpty()
                .allMatch(c -> c.path("state").asText().equals("PASSED"));
        Cli vetoed = verify("1.3.0-RC1");
        assertThat(vetoed.code()).isEqualTo(3);
        assertThat(vetoed.json().path("checks"))
                .filteredOn(c -> c.path("state").asText().equals("FAILED"))
                .singleElement()
                .satisfies(c -> assertThat(c.path("name").asText()).isEqualTo("vote record"));
        Cli placed = Cli.run(
                temp, ENVIRONMENT, "verify", promoted.urls().get(promoted.urls().size() - 1), "--keys", "origin-keys");
        assertThat(placed.code()).isEqualTo(2); // no such file of keys
    }

    @Test
    void onAServerWithPasswords() throws Exception {
        try (RealRegistry server = RealRegistry.start(temp.resolve("server"), RealRegistry.Option.HTPASSWD)) {
            chain(server.host());
            strangersChecks(server.host());
            verifies();
        }
    }

    @Test
    void behindATokenServer() throws Exception {
        try (RealRegistry server = RealRegistry.start(temp.resolve("server"));
                TokenServer tokens = TokenServer.before(server.uri())) {
            chain(tokens.host());
            strangersChecks(server.host()); // skopeo tries TLS first, and the JDK's test server lets that hang
            verifies();
            assertThat(tokens.requests())
                    .filteredOn(r -> r.path().contains("/v2/") && r.mutating())
                    .filteredOn(r -> r.authorization()
                            .filter(a -> a.startsWith("Bearer "))
                            .isPresent())
                    .hasSizeGreaterThan(50);
            assertThat(tokens.requests()).extracting(WireRequest::path).noneMatch(p -> p.contains("s3cret"));
        }
    }
}
