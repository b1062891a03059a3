package io.jenkins.plugins.darwin.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The credentials that {@code docker login} (or podman, skopeo, helm) left in {@code config.json}. Read anew each time. */
public final class DockerConfig {
    /** Docker Hub's name in this file, from the days of its first API. */
    private static final String HUB = "https://index.docker.io/v1/";

    private static final Pattern HELPER = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final int HELPER_SECONDS = 30;

    private final Path file;
    private final String helperPrefix;

    public DockerConfig(Path file) {
        this(file, "docker-credential-");
    }

    /** With helpers from elsewhere than the PATH. */
    DockerConfig(Path file, String helperPrefix) {
        this.file = file;
        this.helperPrefix = helperPrefix;
    }

    /** The user's own: {@code $DOCKER_CONFIG/config.json}, else {@code ~/.docker/config.json}. */
    public static DockerConfig ofUser(Map<String, String> environment, Path home) {
        String directory = environment.getOrDefault("DOCKER_CONFIG", "");
        return new DockerConfig(
                (directory.isEmpty() ? home.resolve(".docker") : Path.of(directory)).resolve("config.json"));
    }

    /** The credentials for a registry as a whole. @param host as in a location, {@code host[:port]} */
    public Optional<RegistryAuth> lookup(String host) {
        return lookup(host, "");
    }

    /**
     * The credentials for a repository: those of the longest path that holds it, {@code HOST/team/app} before
     * {@code HOST/team} before {@code HOST} (containers-auth.json(5)); of each, those of its own helper, else of the store for
     * all, else from the file.
     *
     * @param host as in a location, {@code host[:port]}
     * @param repository its whole name on that host, or empty text
     * @return empty when there are none, or no such file
     */
    public Optional<RegistryAuth> lookup(String host, String repository) {
        Optional<ObjectNode> read = read();
        if (read.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode config = read.get();
        // ~/.dockercfg of old has the hosts at its top.
        JsonNode auths = config.has("auths") || config.has("credsStore") || config.has("credHelpers")
                ? config.path("auths")
                : config;
        for (String place : places(host, repository)) {
            for (String key : keys(place)) {
                Optional<String> helper = Json.text(config.path("credHelpers"), key)
                        // The store for all is asked for hosts, and for a path that it was given one for.
                        .or(() -> place.equals(host) || auths.has(key)
                                ? Json.text(config, "credsStore")
                                : Optional.empty());
                Optional<RegistryAuth> found =
                        helper.flatMap(name -> ask(name, key)).or(() -> entry(auths.path(key), key));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<ObjectNode> read() {
        byte[] raw;
        try {
            if (Files.isRegularFile(file) && Files.size(file) == 0) {
                return Optional.empty();
            }
            raw = Files.readAllBytes(file);
        } catch (java.nio.file.NoSuchFileException | java.nio.file.NotDirectoryException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            throw ReleaseException.failed(
                    "the credentials in " + file + " could not be read (" + e.getMessage() + ")", e);
        }
        return Optional.of(Json.object(raw, file.toString()));
    }

    /** From the longest path to the host alone. */
    private static List<String> places(String host, String repository) {
        List<String> all = new ArrayList<>();
        for (String path = repository; !path.isEmpty(); ) {
            all.add(host + "/" + path);
            int slash = path.lastIndexOf('/');
            path = slash < 0 ? "" : path.substring(0, slash);
        }
        all.add(host);
        return all;
    }

    private static List<String> keys(String place) {
        if (place.equals("docker.io")) {
            return List.of(HUB, place, "index.docker.io", "https://index.docker.io/v1", "registry-1.docker.io");
        }
        List<String> all = new ArrayList<>(List.of(place));
        for (String scheme : List.of("https://", "http://")) {
            for (String ending : List.of("", "/", "/v1/", "/v2/", "/v1", "/v2")) {
                all.add(scheme + place + ending);
            }
        }
        return all;
    }

    private Optional<RegistryAuth> entry(JsonNode entry, String key) {
        Optional<String> token = Json.text(entry, "identitytoken");
        if (token.isPresent()) {
            return Optional.of(new RegistryAuth("<token>", token.get()));
        }
        Optional<String> encodedLogin = Json.text(entry, "auth");
        if (encodedLogin.isEmpty()) {
            // In the clear, as Kubernetes' image pull secrets and old files have it.
            return Json.text(entry, "username")
                    .flatMap(user -> Json.text(entry, "password").map(password -> new RegistryAuth(user, password)));
        }
        return encodedLogin.map(encoded -> {
            try {
                String[] pair =
                        new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8).split(":", 2);
                return new RegistryAuth(pair[0], pair[1].replaceAll("\0+$", ""));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                // Without the cause: it quotes the secret.
                throw ReleaseException.failed(
                        "the entry for " + key + " in " + file + " is not base64 of user:password");
            }
        });
    }

    /** Runs a credential helper (docker-credential-helpers, "Development"): the host on its input, JSON on its output. */
    private Optional<RegistryAuth> ask(String helper, String key) {
        if (!HELPER.matcher(helper).matches()) {
            throw ReleaseException.failed(
                    file + " names a credential helper that can't be one: '" + Json.printable(helper) + "'");
        }
        String command = helperPrefix + helper;
        Process process = null;
        try {
            process = new ProcessBuilder(command, "get")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(key.getBytes(StandardCharsets.UTF_8));
            }
            Process running = process;
            CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> {
                try {
                    return running.getInputStream().readNBytes(1024 * 1024);
                } catch (IOException e) {
                    return new byte[0];
                }
            });
            if (!process.waitFor(HELPER_SECONDS, TimeUnit.SECONDS)) {
                throw ReleaseException.failed(command + " did not answer in " + HELPER_SECONDS + " seconds");
            }
            if (process.exitValue() != 0) {
                return Optional.empty(); // its way to say that it knows no such host
            }
            ObjectNode answer = Json.object(output.join(), "the answer of " + command);
            return Json.text(answer, "Secret")
                    .map(secret -> new RegistryAuth(answer.path("Username").asText(), secret));
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "the credential helper " + command + ", which " + file + " names, could not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ReleaseException.failed("interrupted", e);
        } finally {
            if (process != null) {
                process.destroy();
            }
        }
    }
}
