package io.jenkins.plugins.darwin.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.RegistryAuth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lets a Dockerfile's {@code FROM} name an image of the project's own registries: user and password for these, with whatever the user
 * of the machine is logged in to, in a file that this user alone can read and that is gone with the build. The tool is told where it
 * is; steps inside the build see none of it.
 */
final class BaseImageLogins {
    private static final String FILE = "config.json";
    private static final String AUTHS = "auths";
    private static final String HELPERS = "credHelpers";

    private BaseImageLogins() {}

    /**
     * A folder with a {@code config.json} of docker's form, which buildah and podman read as well (containers-auth.json(5)).
     *
     * @return empty when there is nobody to log in as: the tool then looks where it always does
     */
    static synchronized Optional<Path> folder(BuildContext context, BuildTool.Kind tool, WorkFolder work) {
        if (context.logins().isEmpty()) {
            return Optional.empty();
        }
        Path folder = work.path().resolve("login");
        if (Files.exists(folder.resolve(FILE))) {
            return Optional.of(folder); // of the build before
        }
        boolean docker = tool == BuildTool.Kind.DOCKER;
        List<Path> own = places(context.environment(), docker);
        ObjectNode config = own.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .flatMap(BaseImageLogins::read)
                .orElseGet(JsonNodeFactory.instance::objectNode);
        context.logins().forEach((host, login) -> add(config, host, login, docker));
        try {
            Files.createDirectories(folder);
            if (docker) {
                linkTheRest(own.get(0).getParent(), folder);
            }
            write(folder.resolve(FILE), Json.write(config));
        } catch (IOException e) {
            throw ReleaseException.failed("Could not write a login for base images in " + folder + ": " + e, e);
        }
        return Optional.of(folder);
    }

    /** Where each tool looks by itself, first place first. */
    private static List<Path> places(Map<String, String> environment, boolean docker) {
        String home = environment.getOrDefault("HOME", "/");
        Path ofDocker = Path.of(environment.getOrDefault("DOCKER_CONFIG", home + "/.docker"))
                .resolve(FILE);
        if (docker) {
            return List.of(ofDocker);
        }
        Stream<Path> named = Stream.of(environment.get("REGISTRY_AUTH_FILE"))
                .filter(file -> file != null && !file.isEmpty())
                .map(Path::of);
        Stream<Path> runtime = Stream.of(environment.get("XDG_RUNTIME_DIR"))
                .filter(dir -> dir != null && !dir.isEmpty())
                .map(dir -> Path.of(dir, "containers", "auth.json"));
        return Stream.of(named, runtime, Stream.of(Path.of(home, ".config", "containers", "auth.json"), ofDocker))
                .flatMap(s -> s)
                .toList();
    }

    /** One that can't be read is no login, as it is for the tool. */
    private static Optional<ObjectNode> read(Path file) {
        try {
            JsonNode json = Json.read(Files.readAllBytes(file), JsonNode.class, file.toString());
            return json instanceof ObjectNode object ? Optional.of(object.deepCopy()) : Optional.empty();
        } catch (IOException | ReleaseException e) {
            return Optional.empty();
        }
    }

    private static void add(ObjectNode config, String host, RegistryAuth login, boolean docker) {
        String pair = login.user() + ":" + login.password();
        config.withObject("/" + AUTHS)
                .putObject(host)
                .put("auth", Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        // A helper would be asked first, and has none for us. Docker knows "none" as an empty name, the others by its
        // absence.
        if (config.get(HELPERS) instanceof ObjectNode helpers) {
            helpers.remove(host);
        }
        if (docker && config.hasNonNull("credsStore")) {
            config.withObject("/" + HELPERS).put(host, "");
        }
    }

    /** Docker's contexts and plugins lie beside its file. */
    private static void linkTheRest(Path own, Path folder) throws IOException {
        if (!Files.isDirectory(own)) {
            return;
        }
        try (Stream<Path> all = Files.list(own)) {
            for (Path each : (Iterable<Path>) all.filter(f -> !f.endsWith(FILE))::iterator) {
                Files.createSymbolicLink(folder.resolve(each.getFileName()), each.toAbsolutePath());
            }
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        // Of the file system as a whole: in a chroot or container the folder's own store may not be found.
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(file, content);
    }
}
