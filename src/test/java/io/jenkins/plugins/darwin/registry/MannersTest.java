package io.jenkins.plugins.darwin.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The manners of real registries, and of hostile ones, imitated one at a time. */
class MannersTest {
    private static final RegistryAuth AUTH = new RegistryAuth("relmgr", "sekrit");
    private static final Digest SOME = Digest.sha256(new byte[] {1});

    private HttpServer server;
    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    /** /v2/ itself answers with one status, everything below with another. */
    private void answers(int root, int below, String header) {
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            if (!header.isEmpty()) {
                exchange.getResponseHeaders().set("WWW-Authenticate", header);
            }
            answer(exchange, exchange.getRequestURI().getPath().equals("/v2/") ? root : below, "");
        });
    }

    private RegistryOptions options() {
        Progress progress = new Progress() {
            @Override
            public void message(String line) {
                told.add(line);
            }

            @Override
            public Task start(String label, long total, Unit unit) {
                return Progress.silent().start(label, total, unit);
            }
        };
        return RegistryOptions.defaults().withRetry(RetryPolicy.NEVER).withProgress(progress);
    }

    private Repository repository(RegistryOptions options) {
        return Registries.open(host(), options).repository("new/app");
    }

    @Test
    void whatIsDeniedBeforeTheFirstPushIsAbsent() {
        for (int status : new int[] {401, 403, 404}) {
            answers(200, status, "");
            Repository repository = repository(options());
            assertThat(repository.resolve("1.0.0")).isEmpty();
            assertThat(repository.manifest("1.0.0")).isEmpty();
            assertThat(repository.hasBlob(SOME)).isFalse();
            assertThat(repository.tags()).isEmpty();
            assertThat(repository.referrers(SOME)).isEmpty();
            assertThat(told).hasSize(status == 404 ? 0 : 1);
            // The push hears it all the same.
            assertThatThrownBy(repository::requirePush).isInstanceOf(ReleaseException.class);
            told.clear();
            server.removeContext("/");
        }
    }

    @Test
    void whoIsNotKnownAtAllIsToldSo() {
        answers(401, 401, "Basic realm=\"x\"");
        assertThatThrownBy(() -> repository(options()).resolve("1.0.0"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("the registry wants credentials and none are known for it")
                .satisfies(e -> assertThat(((ReleaseException) e).next())
                        .containsExactly(new Next(Next.Act.LOG_IN_TO_REGISTRY, host())));
        assertThatThrownBy(() -> repository(options().withAuth(AUTH)).tags())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("does not accept the password of user 'relmgr'");
    }

    @Test
    void credentialsOfOneHostAreNotShownToAnother() {
        answers(401, 401, "Basic realm=\"x\"");
        assertThatThrownBy(() -> repository(options().withAuth(AUTH, Set.of("registry.example.org")))
                        .tags())
                .isInstanceOf(ReleaseException.class);
        assertThat(seen).isNotEmpty().allMatch(each -> each.endsWith(" null"));
        seen.clear();
        assertThatThrownBy(() -> repository(options().withAuth(AUTH).withAuthHosts(Set.of()))
                        .tags())
                .isInstanceOf(ReleaseException.class);
        assertThat(seen).isNotEmpty().allMatch(each -> each.endsWith(" null"));
        seen.clear();
        assertThatThrownBy(() ->
                        repository(options().withAuth(AUTH, Set.of(host()))).tags())
                .isInstanceOf(ReleaseException.class);
        assertThat(seen).anyMatch(each -> each.contains("Basic "));
    }

    @Test
    void aTokenServerElsewhereGetsNoCredentials() {
        answers(401, 401, "Bearer realm=\"https://tokens.evil.example/token\",service=\"x\"");
        assertThatThrownBy(
                        () -> Registries.open(host(), options().withAuth(AUTH)).ping())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("tokens.evil.example, which does not belong to it")
                .hasMessageNotContaining("sekrit");
    }

    @Test
    void listsEnd() {
        server.createContext("/v2/new/app/tags/list", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            int last = query.contains("last=") ? Integer.parseInt(query.replaceFirst(".*last=", "")) : 0;
            exchange.getResponseHeaders()
                    .set("Link", "</v2/new/app/tags/list?n=1&last=" + (last + 1) + ">; rel=\"next\"");
            answer(exchange, 200, "{\"tags\":[\"t" + last + "\"]}");
        });
        assertThatThrownBy(() -> repository(options()).tags())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("has no end: expected at most 1000 pages");
        String thousands = "\"t\",".repeat(20_000);
        server.createContext("/v2/new/app/referrers/", exchange -> {
            seen.add("page");
            exchange.getResponseHeaders()
                    .set("Link", "<" + exchange.getRequestURI().getPath() + "?p=" + seen.size() + ">; rel=next");
            answer(exchange, 200, "{\"manifests\":[" + thousands + "1]}");
        });
        assertThatThrownBy(() -> repository(options()).referrers(SOME))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("at most 100000 entries");
        assertThat(seen).hasSize(5);
    }

    @Test
    void aPageThatNamesItselfEnds() {
        server.createContext("/v2/new/app/tags/list", exchange -> {
            exchange.getResponseHeaders().set("Link", "<" + exchange.getRequestURI() + ">; rel=next");
            answer(exchange, 200, "{\"tags\":[\"a\"]}");
        });
        assertThatThrownBy(() -> repository(options()).tags())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("circle");
    }

    @Test
    void aBodyWithoutEndIsCutOff() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[65536];
            try {
                while (true) {
                    exchange.getResponseBody().write(block);
                }
            } catch (IOException e) {
                exchange.close();
            }
        });
        assertThatThrownBy(() -> repository(options()).manifest("1.0.0"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("more than 4194304 bytes");
    }

    @Test
    void aTrickleIsNotWaitedFor() throws Exception {
        java.io.InputStream slow = new java.io.InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    Thread.sleep(50);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return 'x';
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                target[offset] = (byte) read();
                return 1;
            }
        };
        Answer answer = new Answer(200, java.net.http.HttpHeaders.of(java.util.Map.of(), (a, b) -> true), slow, null);
        assertThatThrownBy(() -> answer.bytes(1_000_000, Duration.ofMillis(200)))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("slower than 1024 bytes a second");
    }

    @Test
    void anEntryThatCantBeReadHidesNoOther() {
        server.createContext(
                "/v2/new/app/referrers/",
                exchange -> answer(
                        exchange,
                        200,
                        "{\"manifests\":[{},5,{\"mediaType\":\"a/b\",\"digest\":\"sha256:zz\",\"size\":1},{\"mediaType\":\"a/b\",\"digest\":\""
                                + SOME + "\",\"size\":1}]}"));
        Referrers referrers = repository(options()).lookUpReferrers(SOME);
        assertThat(referrers.found())
                .singleElement()
                .satisfies(each -> assertThat(each.digest()).isEqualTo(SOME));
        assertThat(referrers.warnings()).singleElement().asString().startsWith("3 of the entries");
    }

    @Test
    void whoBelongsToARegistry() {
        String[][] relatives = {
            {"docker.io", "auth.docker.io"},
            {"registry.gitlab.com", "gitlab.com"},
            {"registry.example.org", "auth.example.org"},
            {"ghcr.io", "ghcr.io"},
            {"127.0.0.1:5000", "localhost"}
        };
        for (String[] each : relatives) {
            assertThat(ServerLocation.parse(each[0], Set.of()).isRelative(each[1]))
                    .as(each[0])
                    .isTrue();
        }
        String[][] strangers = {
            {"ghcr.io", "evil.io"},
            {"registry.example.org", "example.org.evil.net"},
            {"registry.example.org", "evil.org"},
            {"10.0.0.1:5000", "11.0.0.1"},
            {"127.0.0.1:5000", "evil.example"},
            {"registry.example.org", "badexample.org"}
        };
        for (String[] each : strangers) {
            assertThat(ServerLocation.parse(each[0], Set.of()).isRelative(each[1]))
                    .as(each[0])
                    .isFalse();
        }
    }
}
