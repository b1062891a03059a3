package io.jenkins.plugins.darwin.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerLocationTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:5000/staging, http://127.0.0.1:5000, staging/",
        "localhost, http://localhost, ''",
        "[::1]:5000/a/b/, http://[::1]:5000, a/b/",
        "ghcr.io/org, https://ghcr.io, org/",
        "Registry.Example:8443/x, https://registry.example:8443, x/",
        "docker.io/library, https://registry-1.docker.io, library/",
        "plain.example:5000/x, http://plain.example:5000, x/",
        "plain.example:5001/x, https://plain.example:5001, x/",
        "anyport.example:1/x, http://anyport.example:1, x/",
        "127.0.0.1.example/x, https://127.0.0.1.example, x/",
        "localhost.example/x, https://localhost.example, x/",
    })
    void choosesPlainHttpOnlyForLoopbackAndNamedHosts(String location, URI base, String prefix) {
        ServerLocation parsed = ServerLocation.parse(location, Set.of("plain.example:5000", "anyport.example"));
        assertThat(parsed.base()).isEqualTo(base);
        assertThat(parsed.prefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/x",
                "https://ghcr.io/x",
                "host:port/x",
                "host:99999/x",
                "user@host/x",
                "host/../x",
                "host/A",
                "host//x",
                "a b/x",
                "host/x?y",
                "-host/x",
                "host\n/x"
            })
    void refusesWhatIsNoLocation(String location) {
        assertThatThrownBy(() -> Registries.open(location, RegistryOptions.defaults()))
                .isInstanceOfSatisfying(
                        ReleaseException.class, e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.USAGE))
                .hasMessageNotContaining("\n");
    }

    @Test
    void sendsCredentialsOnlyToTheServerItself() {
        ServerLocation server = ServerLocation.parse("ghcr.io/org", Set.of());
        assertThat(server.covers(URI.create("https://ghcr.io/v2/"))).isTrue();
        assertThat(List.of(
                        "http://ghcr.io/v2/",
                        "https://ghcr.io:8443/v2/",
                        "https://ghcr.io.evil/v2/",
                        "https://user@ghcr.io/v2/"))
                .noneMatch(url -> server.covers(URI.create(url)));
    }

    @Test
    void followsRelativeAndAbsoluteLocationsButNeverOutOfTls() {
        Transport secure = new Transport(ServerLocation.parse("ghcr.io/org", Set.of()), RegistryOptions.defaults());
        URI asked = URI.create("https://ghcr.io/v2/org/a/blobs/uploads/");
        assertThat(secure.resolve(asked, "/v2/up/1?state=x%2Fy")).hasToString("https://ghcr.io/v2/up/1?state=x%2Fy");
        assertThat(secure.resolve(asked, "https://store.example/1?sig=a%2Bb"))
                .hasToString("https://store.example/1?sig=a%2Bb");
        assertThat(secure.resolve(asked, "http://ghcr.io/v2/up/1")).hasToString("https://ghcr.io/v2/up/1");
        for (String bad :
                List.of("http://store.example/1", "ftp://ghcr.io/1", "file:///etc/passwd", "http://[bad", "//")) {
            assertThatThrownBy(() -> secure.resolve(asked, bad)).as(bad).isInstanceOf(ReleaseException.class);
        }
    }

    @Test
    void readsChallenges() {
        List<Challenge> all = Challenge.parse(List.of(
                "Bearer realm=\"https://auth.example/token\",service=\"reg, the \\\"one\\\"\" , scope=\"repository:a/b:pull,push\"",
                "Basic realm=Registry, Negotiate"));
        assertThat(all)
                .containsExactly(
                        new Challenge(
                                "bearer",
                                Map.of(
                                        "realm",
                                        "https://auth.example/token",
                                        "service",
                                        "reg, the \"one\"",
                                        "scope",
                                        "repository:a/b:pull,push")),
                        new Challenge("basic", Map.of("realm", "Registry")),
                        new Challenge("negotiate", Map.of()));
        assertThat(Challenge.parse(List.of("", "=\"", "\"\"\"", "realm=x"))).isEmpty();
    }

    @Test
    void pausesLongerEachTimeWithinBounds() {
        RetryPolicy policy = new RetryPolicy(10, Duration.ofMillis(100), Duration.ofSeconds(1));
        for (int i = 0; i < 100; i++) {
            assertThat(policy.pause(1)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
            assertThat(policy.pause(3)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
            assertThat(policy.pause(60)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        }
        assertThat(policy.pause(1, Duration.ofMillis(700))).isEqualTo(Duration.ofMillis(700));
        assertThat(policy.pause(1, Duration.ofDays(1))).isEqualTo(Duration.ofSeconds(1));
    }
}
