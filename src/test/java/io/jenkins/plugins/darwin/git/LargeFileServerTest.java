package io.jenkins.plugins.darwin.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The batch API as its specification has it, on a server of our own: git-lfs has none. */
class LargeFileServerTest {
    private static final byte[] CONTENT = "large".getBytes(StandardCharsets.UTF_8);
    private static final LargeFilePointer POINTER = new LargeFilePointer(Digest.sha256(CONTENT), CONTENT.length);

    @TempDir
    Path temp;

    private HttpServer server;
    private HttpServer other;
    private final List<String> seen = new ArrayList<>();
    private String answer;
    private byte[] served = CONTENT;

    @BeforeEach
    void start() throws IOException {
        server = serve("server");
        other = serve("other");
        answer = object("http://127.0.0.1:" + server.getAddress().getPort() + "/objects/1", "");
    }

    @AfterEach
    void stop() {
        server.stop(0);
        other.stop(0);
    }

    private HttpServer serve(String name) throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        made.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            seen.add(name + " " + exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(body, StandardCharsets.UTF_8));
            byte[] reply = exchange.getRequestURI().getPath().endsWith("/batch")
                    ? answer.getBytes(StandardCharsets.UTF_8)
                    : served;
            exchange.sendResponseHeaders(200, reply.length);
            exchange.getResponseBody().write(reply);
            exchange.close();
        });
        made.start();
        return made;
    }

    private static String object(String href, String more) {
        return "{\"transfer\":\"basic\",\"objects\":[{\"oid\":\""
                + POINTER.digest().hex() + "\",\"size\":" + POINTER.size() + more
                + ",\"actions\":{\"download\":{\"href\":\"" + href
                + "\",\"header\":{\"X-Key\":\"k\",\"Host\":\"evil\"}}}}]}";
    }

    private Map<String, Path> fetch() {
        GitRemote remote = new GitRemote(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/team/app",
                new GitCredentials.UserToken("rita", "secret"));
        return new LargeFileStore(remote, temp.resolve("lfs"), Progress.silent()).fetch(Map.of("model.bin", POINTER));
    }

    @Test
    void contentComesFromTheServerOfTheRemoteWithItsCredentials() {
        assertThat(fetch())
                .hasEntrySatisfying("model.bin", file -> assertThat(file).hasBinaryContent(CONTENT));
        assertThat(seen).hasSize(2);
        assertThat(seen.get(0))
                .startsWith("server POST /team/app.git/info/lfs/objects/batch Basic ")
                .contains("\"operation\":\"download\"")
                .contains("\"oid\":\"" + POINTER.digest().hex() + "\"");
        assertThat(seen.get(1)).startsWith("server GET /objects/1 Basic ");
        fetch();
        assertThat(seen).as("kept on this machine").hasSize(2);
    }

    @Test
    void ourCredentialsGoToNoOtherHost() {
        answer = object("http://127.0.0.1:" + other.getAddress().getPort() + "/o", "");
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(this::fetch)
                .withMessageContaining("that is not https");
        assertThat(seen).hasSize(1);
    }

    @Test
    void whatIsNotWhatThePointerSaysIsNotKept() {
        served = "larger".getBytes(StandardCharsets.UTF_8);
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(this::fetch)
                .withMessageContaining("expected 5 bytes");
        served = "lARGE".getBytes(StandardCharsets.UTF_8);
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(this::fetch)
                .withMessageContaining(POINTER.digest().abbreviated());
        served = CONTENT;
        assertThat(fetch()).hasSize(1);
    }

    @Test
    void anObjectThatTheServerLacksIsNamedWithItsFile() {
        answer = "{\"objects\":[{\"oid\":\"" + POINTER.digest().hex()
                + "\",\"error\":{\"code\":404,\"message\":\"gone \u009b\"}}]}";
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(this::fetch)
                .withMessageContaining("gone ?")
                .withMessageContaining("404")
                .withMessageContaining("model.bin");
    }
}
