package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One byte of what was voted on is changed in the registry's own files: promotion refuses, says where, and changes nothing. */
class TamperedBytesIT {
    @TempDir
    Path temp;

    private ReleaseFixture release;
    private Path data;

    @Test
    void inLayouts() throws IOException {
        data = temp.resolve("registry");
        release = ReleaseFixture.layouts(temp);
        changeEachByte();
    }

    @Test
    void onAServer() throws Exception {
        data = temp.resolve("server/data");
        try (RealRegistry server = RealRegistry.start(temp.resolve("server"))) {
            release = ReleaseFixture.create(
                    temp, server.host() + "/staging", server.host() + "/darwin", RegistryOptions.defaults());
            changeEachByte();
        }
    }

    private void changeEachByte() throws IOException {
        release.cut();
        release.build();
        release.sign();
        release.pass();
        // Git keeps the vote's record too, and would make up for the registry's.
        Tools.run(release.origin(), "git", "update-ref", "-d", "refs/notes/darwin-release");
        SortedMap<String, String> before = release.state(data);
        Map<String, Path> parts = parts(before);
        // 2 images of config, layer, manifest; the chart's three; the candidate's manifest, files, signatures; two
        // attachments
        assertThat(parts).hasSizeGreaterThanOrEqualTo(6 + 3 + 1 + 5 + 5 + 4);
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, Path> part : parts.entrySet()) {
            byte[] good = Files.readAllBytes(part.getValue());
            byte[] bad = good.clone();
            bad[bad.length / 2] ^= 1;
            Files.write(part.getValue(), bad);
            Throwable refusal = catchThrowable(release::promote);
            Files.write(part.getValue(), good);
            if (!(refusal instanceof ReleaseException known) || known.kind() != ReleaseException.Kind.REFUSED) {
                wrong.add(part.getKey() + ": " + refusal);
            } else if (Stream.of(part.getKey().split(" ")).noneMatch(known.getMessage()::contains)) {
                wrong.add(part.getKey() + " is not named: " + refusal);
            }
            assertThat(release.state(data)).as(part.getKey()).isEqualTo(before);
        }
        assertThat(wrong).as("of " + parts.size() + " parts").isEmpty();
        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.DONE); // so it was the byte each time
    }

    /** Every blob behind the candidate, by words that a refusal may name it with; found without our code. */
    private Map<String, Path> parts(SortedMap<String, String> tags) throws IOException {
        Map<String, Path> parts = new LinkedHashMap<>();
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            String name = tag.getKey();
            if (name.endsWith("/darwin-release:1.3.0-RC1")
                    || name.endsWith("/darwin-compute:1.3.0-RC1")
                    || name.endsWith("/ml-serve-app:1.3.0-RC1")
                    || name.endsWith("/charts/darwin:1.3.0")) {
                add(parts, name.replaceFirst(":.*", ""), tag.getValue());
            } else if (name.contains("/darwin-release:sha256-")) {
                JsonNode list = new ObjectMapper()
                        .readTree(blob("staging/darwin-release", tag.getValue()).toFile());
                for (JsonNode entry : list.path("manifests")) {
                    String type = entry.path("artifactType").asText();
                    // The record counts, not the statement that tells other tools of it: one that is damaged stays
                    // behind.
                    if (!type.contains("running") && !type.contains("sigstore.bundle")) {
                        add(
                                parts,
                                "staging/darwin-release",
                                entry.path("digest").asText());
                    }
                }
            }
        }
        return parts;
    }

    private void add(Map<String, Path> parts, String repository, String digest) throws IOException {
        parts.put(repository + " " + digest, blob(repository, digest));
        JsonNode manifest = new ObjectMapper().readTree(blob(repository, digest).toFile());
        List<JsonNode> blobs = new ArrayList<>(List.of(manifest.path("config")));
        manifest.path("layers").forEach(blobs::add);
        for (JsonNode blob : blobs) {
            if (blob.path("size").asInt() > 2) { // "{}" is everybody's, and nobody reads it
                String title = blob.path("annotations")
                        .path("org.opencontainers.image.title")
                        .asText("");
                parts.put(
                        repository + " " + blob.path("digest").asText() + " " + title,
                        blob(repository, blob.path("digest").asText()));
            }
        }
    }

    private Path blob(String repository, String digest) {
        String hex = digest.substring("sha256:".length());
        Path server = data.resolve("docker/registry/v2/blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data");
        return Files.exists(server) ? server : data.resolve(repository).resolve("blobs/sha256/" + hex);
    }
}
