package io.jenkins.plugins.darwin.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the world can see of a release: every ref of the Git remote and every tag of every repository, each with what it
 * names. Read from the files below both, so that nothing of ours can colour it.
 */
public final class PublicState {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PublicState() {}

    /** All refs of a bare repository, by git. */
    public static SortedMap<String, String> refs(Path repository) {
        SortedMap<String, String> refs = new TreeMap<>();
        Tools.run(repository, "git", "for-each-ref", "--format=%(refname) %(objectname)")
                .lines()
                .forEach(line -> refs.put(line.split(" ")[0], line.split(" ")[1]));
        return refs;
    }

    /** All tags below a folder, whether it holds the storage of a docker-registry or image layouts. */
    public static SortedMap<String, String> tags(Path registry) {
        SortedMap<String, String> tags = new TreeMap<>();
        if (!Files.exists(registry)) {
            return tags;
        }
        try {
            Files.walkFileTree(registry, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    add(tags, registry.relativize(file).toString(), file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE; // a server that was cut off is still clearing up its uploads
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tags;
    }

    private static void add(SortedMap<String, String> tags, String path, Path file) throws IOException {
        if (path.endsWith("/current/link") && path.contains("/_manifests/tags/")) {
            tags.put(
                    path.replaceFirst(".*/repositories/", "")
                            .replaceFirst("/_manifests/tags/", ":")
                            .replace("/current/link", ""),
                    Files.readString(file));
        } else if (file.getFileName().toString().equals("index.json")) {
            for (JsonNode entry : JSON.readTree(file.toFile()).path("manifests")) {
                JsonNode name = entry.path("annotations").path("org.opencontainers.image.ref.name");
                if (!name.isMissingNode()) {
                    tags.put(
                            path.replace("/index.json", "") + ":" + name.asText(),
                            entry.path("digest").asText());
                }
            }
        }
    }

    /** Every file below some folders with its size and the time of its last change: equal means that nothing was written. */
    public static SortedMap<String, String> files(List<Path> folders) {
        SortedMap<String, String> found = new TreeMap<>();
        for (Path folder : folders) {
            if (!Files.exists(folder)) {
                continue;
            }
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    found.put(file.toString(), Files.size(file) + " " + Files.getLastModifiedTime(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }
}
