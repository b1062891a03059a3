package io.jenkins.plugins.darwin.git;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.ForeignText;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Git LFS server of an http remote: its batch API with basic transfers. The remote's credentials go to the remote's own
 * host alone; where the server sends us elsewhere, only the headers that it gave for that go there.
 */
final class LargeFileServer {
    private static final String MEDIA_TYPE = "application/vnd.git-lfs+json";
    private static final int BATCH = 100;
    private static final int LARGEST_ANSWER = 4 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** What a client sets itself; a server has no say in them. */
    private static final Set<String> OWN_HEADERS =
            Set.of("host", "content-length", "connection", "expect", "upgrade", "transfer-encoding");

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100)
                            .maxStringLength(1 << 16)
                            .build())
                    .build())
            .build();

    private final GitRemote remote;
    private final URI base;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    LargeFileServer(GitRemote remote) {
        this.remote = remote;
        String url = remote.url().replaceAll("/+$", "");
        this.base = URI.create((url.endsWith(".git") ? url : url + ".git") + "/info/lfs/objects/batch");
    }

    /** Takes one object's content. */
    interface Receiver {
        void receive(LargeFilePointer pointer, InputStream content) throws IOException;
    }

    /** @throws IOException saying which object or answer was at fault */
    void download(List<LargeFilePointer> pointers, Receiver receiver) throws IOException {
        for (int at = 0; at < pointers.size(); at += BATCH) {
            List<LargeFilePointer> part = pointers.subList(at, Math.min(at + BATCH, pointers.size()));
            Map<String, JsonNode> answers = ask(part);
            for (LargeFilePointer pointer : part) {
                JsonNode object = answers.get(pointer.digest().hex());
                if (object == null) {
                    throw new IOException("the server did not answer for object "
                            + pointer.digest().abbreviated());
                }
                if (object.hasNonNull("error")) {
                    throw new IOException("object " + pointer.digest().abbreviated() + ": "
                            + ForeignText.shown(
                                    object.path("error").path("message").asText("refused")) + " ("
                            + object.path("error").path("code").asInt() + ")");
                }
                get(pointer, object, receiver);
            }
        }
    }

    private Map<String, JsonNode> ask(List<LargeFilePointer> pointers) throws IOException {
        ObjectNode request = MAPPER.createObjectNode();
        request.put("operation", "download");
        request.putArray("transfers").add("basic");
        request.put("hash_algo", "sha256");
        ArrayNode objects = request.putArray("objects");
        pointers.forEach(p -> objects.addObject().put("oid", p.digest().hex()).put("size", p.size()));
        HttpRequest.Builder post = HttpRequest.newBuilder(base)
                .timeout(PATIENCE)
                .header("Accept", MEDIA_TYPE)
                .header("Content-Type", MEDIA_TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(request)));
        login().ifPresent(basic -> post.header("Authorization", basic));
        HttpResponse<InputStream> response = send(post.build());
        try (InputStream in = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("the Git LFS server of " + remote + " answered " + response.statusCode()
                        + (response.statusCode() == 404 ? " (it has no Git LFS)" : ""));
            }
            byte[] body = in.readNBytes(LARGEST_ANSWER + 1);
            if (body.length > LARGEST_ANSWER) {
                throw new IOException("the answer of the Git LFS server is larger than " + LARGEST_ANSWER + " bytes");
            }
            Map<String, JsonNode> answers = new HashMap<>();
            MAPPER.readTree(body)
                    .path("objects")
                    .forEach(o -> answers.put(o.path("oid").asText(), o));
            return answers;
        }
    }

    private void get(LargeFilePointer pointer, JsonNode object, Receiver receiver) throws IOException {
        JsonNode action = object.path("actions").path("download");
        URI href;
        try {
            href = URI.create(action.path("href").asText());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "the server gave no address for object " + pointer.digest().abbreviated(), e);
        }
        boolean web = "https".equalsIgnoreCase(href.getScheme())
                || "http".equalsIgnoreCase(href.getScheme()) && sameServer(href);
        if (!web || href.getHost() == null || href.getUserInfo() != null) {
            throw new IOException(
                    "the server gave an address for object " + pointer.digest().abbreviated() + " that is not https");
        }
        HttpRequest.Builder get = HttpRequest.newBuilder(href).GET();
        boolean[] authorized = {object.path("authenticated").asBoolean()};
        action.path("header").fields().forEachRemaining(header -> {
            if (!OWN_HEADERS.contains(header.getKey().toLowerCase(java.util.Locale.ROOT))) {
                get.header(header.getKey(), header.getValue().asText());
                authorized[0] |= header.getKey().equalsIgnoreCase("Authorization");
            }
        });
        if (!authorized[0] && sameServer(href)) {
            login().ifPresent(basic -> get.header("Authorization", basic));
        }
        HttpResponse<InputStream> response = send(get.build());
        try (InputStream in = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException(
                        "object " + pointer.digest().abbreviated() + " was answered with " + response.statusCode());
            }
            receiver.receive(pointer, in);
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            InterruptedIOException stopped = new InterruptedIOException("stopped");
            stopped.initCause(e);
            throw stopped;
        }
    }

    private Optional<String> login() {
        return remote.credentials() instanceof GitCredentials.UserToken login
                ? Optional.of("Basic "
                        + Base64.getEncoder()
                                .encodeToString((login.user() + ":" + login.token()).getBytes(StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    private boolean sameServer(URI other) {
        return base.getScheme().equalsIgnoreCase(other.getScheme())
                && base.getHost().equalsIgnoreCase(other.getHost())
                && base.getPort() == other.getPort();
    }
}
