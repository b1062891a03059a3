package io.jenkins.plugins.darwin.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /**
     * The credentials for a registry: of its own helper, else of the store for all, else from the file.
     *
     * @param host as in a location, {@code host[:port]}
     * @return empty when there are none, or no such file
     */
    public Optional<RegistryAuth> lookup(String host) {
        ObjectNode config;
        try {
            config = Json.object(Files.readAllBytes(file), file.toString());
        } catch (java.nio.file.NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "the credentials in " + file + " could not be read (" + e.getMessage() + ")", e);
        }
        for (String key : keys(host)) {
            Optional<String> helper =
                    Json.text(config.path("credHelpers"), key).or(() -> Json.text(config, "credsStore"));
            Optional<RegistryAuth> found = helper.flatMap(name -> ask(name, key))
                    .or(() -> entry(config.path("auths").path(key), key));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static List<String> keys(String host) {
        return host.equals("docker.io")
                ? List.of(HUB, host, "index.docker.io")
                : List.of(host, "https://" + host, "https://" + host + "/", "http://" + host);
    }

    private Optional<RegistryAuth> entry(JsonNode entry, String key) {
        Optional<String> token = Json.text(entry, "identitytoken");
        if (token.isPresent()) {
            return Optional.of(new RegistryAuth("<token>", token.get()));
        }
        return Json.text(entry, "auth").map(encoded -> {
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
