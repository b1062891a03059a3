package io.jenkins.plugins.darwin.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** git http-backend behind basic authentication: reads for {@code reader}, pushes for {@code writer}. */
public final class GitHttpServer implements AutoCloseable {
    public static final String TOKEN = "tok-3n";

    private final Path root;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private volatile String redirect;

    /** @param root folder of the repositories that it serves */
    public GitHttpServer(Path root) throws IOException {
        this.root = root;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Authorization headers as they came, "-" for none. */
    public List<String> logins() {
        return logins;
    }

    /** Sends every request on to there from now on. */
    public void redirect(String value) {
        redirect = value;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String login = exchange.getRequestHeaders().getFirst("Authorization");
            logins.add(login == null ? "-" : login);
            String user = user(login);
            boolean push = exchange.getRequestURI().toString().contains("git-receive-pack");
            if (redirect != null) {
                exchange.getResponseHeaders().set("Location", redirect + exchange.getRequestURI());
                exchange.sendResponseHeaders(302, -1);
            } else if (user == null) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
            } else if (push && !user.equals("writer")) {
                exchange.sendResponseHeaders(403, -1);
            } else {
                backend(exchange, user);
            }
        }
    }

    private static String user(String login) {
        for (String user : List.of("reader", "writer")) {
            String right = "Basic "
                    + Base64.getEncoder().encodeToString((user + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));
            if (right.equals(login)) {
                return user;
            }
        }
        return null;
    }

    /** The Common Gateway Interface, as far as git uses it. */
    private void backend(HttpExchange exchange, String user) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("git", "-c", "http.receivepack=true", "http-backend");
        Map<String, String> env = builder.environment();
        env.putAll(Map.of(
                "GIT_PROJECT_ROOT",
                root.toString(),
                "GIT_HTTP_EXPORT_ALL",
                "1",
                "REMOTE_USER",
                user,
                "PATH_INFO",
                exchange.getRequestURI().getPath(),
                "REQUEST_METHOD",
                exchange.getRequestMethod(),
                "QUERY_STRING",
                String.valueOf(exchange.getRequestURI().getQuery()),
                "REMOTE_ADDR",
                "127.0.0.1"));
        header(exchange, "Content-Type", "CONTENT_TYPE", env);
        header(exchange, "Content-Encoding", "HTTP_CONTENT_ENCODING", env);
        header(exchange, "Git-Protocol", "HTTP_GIT_PROTOCOL", env);
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        Thread feeder = new Thread(() -> {
            try (var out = process.getOutputStream()) {
                exchange.getRequestBody().transferTo(out);
            } catch (IOException e) {
                // the backend has read what it wants
            }
        });
        feeder.start();
        InputStream in = process.getInputStream();
        int status = 200;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] header = line.split(": ", 2);
            if (header[0].equals("Status")) {
                status = Integer.parseInt(header[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().set(header[0], header[1]);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        in.transferTo(exchange.getResponseBody());
    }

    private static void header(HttpExchange exchange, String name, String variable, Map<String, String> env) {
        String value = exchange.getRequestHeaders().getFirst(name);
        if (value != null) {
            env.put(variable, value);
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
