package io.jenkins.plugins.darwin.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.testing.Fault;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.RecordingProxy;
import io.jenkins.plugins.darwin.testing.SampleImage;
import io.jenkins.plugins.darwin.testing.WireRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where credentials go, and above all where they don't. */
class CredentialsIT {
    private static final RegistryAuth AUTH = new RegistryAuth(RealRegistry.USER, RealRegistry.PASSWORD);

    @TempDir
    static Path directory;

    private static RealRegistry real;
    private HttpServer stranger;
    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() throws Exception {
        real = RealRegistry.start(directory, RealRegistry.Option.HTPASSWD);
    }

    @AfterAll
    static void stop() {
        real.close();
    }

    /** Another server, which writes down the Authorization that it gets. */
    @BeforeEach
    void startStranger() throws IOException {
        stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.start();
    }

    @AfterEach
    void stopStranger() {
        stranger.stop(0);
    }

    private String strangerHost() {
        return "127.0.0.1:" + stranger.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void areNotSentAlongARedirectToAnotherHost() throws Exception {
        try (RecordingProxy proxy = RecordingProxy.before(real.uri())) {
            byte[] content = "content".getBytes(StandardCharsets.UTF_8);
            Repository repository = Registries.open(
                            proxy.host(), RegistryOptions.defaults().withAuth(AUTH))
                    .repository("redirected");
            Descriptor blob = SampleImage.push(repository, "x/y", BlobSource.of(content));
            stranger.createContext("/", exchange -> {
                seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                answer(exchange, 200, content);
            });
            proxy.reset();
            proxy.rule(request -> request.path().contains("/blobs/sha256")
                    ? new Fault.Reply(
                            307,
                            Map.of("Location", "http://" + strangerHost() + "/store?signature=secret"),
                            new byte[0])
                    : Fault.NONE);
            assertThat(repository.blob(blob.digest(), blob.size()).readAllBytes())
                    .isEqualTo(content);
            assertThat(seen).containsExactly("null");
            assertThat(proxy.requests())
                    .allMatch(request -> request.authorization().isPresent());
            // Its failures are told without the signature in the URL.
            stranger.removeContext("/");
            assertThatThrownBy(() -> repository.blob(blob.digest(), blob.size()).readAllBytes())
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("(404")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void areNotSentOverPlainHttpToAnotherMachine() {
        // 0.0.0.0 reaches this machine, and counts as another: it is no loopback address.
        String host = "0.0.0.0:" + real.host().replaceFirst(".*:", "");
        Registry insecure =
                Registries.open(host, RegistryOptions.defaults().withAuth(AUTH).withInsecureHosts(Set.of("0.0.0.0")));
        assertThatThrownBy(insecure::ping)
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("the password for " + host + " is not sent over plain http")
                .hasMessageNotContaining(RealRegistry.PASSWORD);
        Registry secure = Registries.open(host, RegistryOptions.defaults().withAuth(AUTH));
        assertThatThrownBy(secure::ping)
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining(host + " does not speak TLS that we trust");
    }

    @Test
    void areNotGivenToATokenServerWithoutTls() throws Exception {
        stranger.createContext("/v2/", exchange -> {
            exchange.getResponseHeaders()
                    .set("WWW-Authenticate", "Bearer realm=\"http://tokens.example/token\",service=\"x\"");
            answer(exchange, 401, new byte[0]);
        });
        assertThatThrownBy(() -> Registries.open(
                                strangerHost(), RegistryOptions.defaults().withAuth(AUTH))
                        .ping())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("token server that we don't trust")
                .hasMessageContaining("http://tokens.example/token");
    }

    @Test
    void comeFromDockersFileAndOnlyWhenAsked() throws Exception {
        Path file = directory.resolve("config.json");
        Files.writeString(
                file,
                "{\"auths\":{\"" + real.host() + "\":{\"auth\":\""
                        + Base64.getEncoder()
                                .encodeToString((AUTH.user() + ":" + AUTH.password()).getBytes(StandardCharsets.UTF_8))
                        + "\"}}}");
        Registries.open(real.host(), RegistryOptions.defaults().withDockerConfig(new DockerConfig(file)))
                .ping();

        Files.writeString(file, "{\"credsStore\":\"not-there\"}");
        RegistryOptions broken = RegistryOptions.defaults().withDockerConfig(new DockerConfig(file));
        assertThatThrownBy(() -> Registries.open(real.host(), broken).ping())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("credential helper docker-credential-not-there");
        try (RealRegistry open = RealRegistry.start(directory.resolve("open"))) {
            Registries.open(open.host(), broken).ping(); // it never asks
        }
    }

    @Test
    void areTakenOutOfWhatAServerSays() {
        stranger.createContext("/v2/", exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=x");
            boolean known = exchange.getRequestHeaders().containsKey("Authorization");
            answer(
                    exchange,
                    known ? 403 : 401,
                    ("{\"errors\":[{\"code\":\"DENIED\",\"message\":\"not with " + AUTH.password() + " or "
                                    + exchange.getRequestHeaders().getFirst("Authorization") + "\"}]}")
                            .getBytes(StandardCharsets.UTF_8));
        });
        assertThatThrownBy(() -> Registries.open(
                                strangerHost(), RegistryOptions.defaults().withAuth(AUTH))
                        .ping())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("DENIED: not with ****** or Basic ******");
    }

    @Test
    void mayBeARefreshToken() {
        stranger.createContext("/v2/", exchange -> {
            boolean known = "Bearer fresh".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getResponseHeaders()
                    .set("WWW-Authenticate", "Bearer realm=\"http://" + strangerHost() + "/token\",service=\"hub\"");
            answer(exchange, known ? 200 : 401, "{}".getBytes(StandardCharsets.UTF_8));
        });
        stranger.createContext("/token", exchange -> {
            seen.add(exchange.getRequestMethod() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer(exchange, 200, "{\"access_token\":\"fresh\"}".getBytes(StandardCharsets.UTF_8));
        });
        Registries.open(strangerHost(), RegistryOptions.defaults().withAuth(new RegistryAuth("<token>", "ref&resh")))
                .ping();
        assertThat(seen)
                .containsExactly(
                        "POST service=hub&grant_type=refresh_token&client_id=darwin-release&refresh_token=ref%26resh");
    }

    @Test
    void stopsAskingATokenServerThatTalksNonsense() {
        stranger.createContext("/v2/", exchange -> {
            seen.add("asked");
            exchange.getResponseHeaders()
                    .set("WWW-Authenticate", "Bearer realm=\"http://" + strangerHost() + "/token\"");
            answer(exchange, 401, new byte[0]);
        });
        for (String nonsense : List.of("<html>", "{}", "{\"token\":\"a\\r\\nX-Evil: 1\"}", "{\"token\":5}")) {
            seen.clear();
            var context = stranger.createContext(
                    "/token", exchange -> answer(exchange, 200, nonsense.getBytes(StandardCharsets.UTF_8)));
            assertThatThrownBy(() -> Registries.open(
                                    strangerHost(), RegistryOptions.defaults().withAuth(AUTH))
                            .ping())
                    .as(nonsense)
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("token server");
            assertThat(seen).hasSize(1);
            stranger.removeContext(context);
        }
        // A token that is never good enough: asked for anew once, then given up.
        seen.clear();
        stranger.createContext(
                "/token", exchange -> answer(exchange, 200, "{\"token\":\"t\"}".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> Registries.open(
                                strangerHost(), RegistryOptions.defaults().withAuth(AUTH))
                        .ping())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("does not accept the password of user 'releaser'");
        assertThat(seen.size()).isLessThanOrEqualTo(3);
    }

    @Test
    void areShownOnlyAfterTheServerAsked() throws Exception {
        try (RecordingProxy proxy = RecordingProxy.before(real.uri())) {
            Registries.open(proxy.host(), RegistryOptions.defaults().withAuth(AUTH))
                    .ping();
            assertThat(proxy.requests())
                    .extracting(WireRequest::authorization)
                    .hasSize(2)
                    .first()
                    .isEqualTo(java.util.Optional.empty());
        }
    }
}
