package io.jenkins.plugins.darwin.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.MediaTypes;
import io.jenkins.plugins.darwin.registry.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What an image that a script made says of itself (image-spec, annotations.md), against the release that it shall be part of: a
 * version or a commit of another release in its labels or annotations would be published for ever.
 *
 * <p>A base image hands its labels down. What is no version by SemVer (Ubuntu's {@code 22.04}) is taken for the base's and only
 * told; any other disagreement is refused unless the configuration says that the labels are another's.
 */
final class ReleaseLabels {
    private static final String VERSION = "org.opencontainers.image.version";
    private static final String REVISION = "org.opencontainers.image.revision";
    private static final Pattern SEMVER =
            Pattern.compile("[vV]?(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)([-+].*)?");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{7,64}");
    private static final int LARGEST_CONFIG = 4 << 20;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Version version;
    private final CommitId commit;
    private final Consumer<String> told;

    /** @param told gets a sentence about each label that is left alone */
    ReleaseLabels(Version version, CommitId commit, Consumer<String> told) {
        this.version = version;
        this.commit = commit;
        this.told = told;
    }

    /**
     * Looks at an image, and at every platform of it.
     *
     * @throws ReleaseException refused, naming every label that tells of another release
     */
    void require(String name, Repository repository, Digest digest) {
        Set<String> wrong = new TreeSet<>();
        Manifest manifest = repository
                .manifest(digest.toString())
                .orElseThrow(() -> ReleaseException.failed(
                        "Image " + name + " is gone from " + repository.reference() + ": expected " + digest + "."));
        annotations(manifest, name, wrong);
        for (Manifest each : platforms(repository, manifest)) {
            annotations(each, name, wrong);
            each.view()
                    .config()
                    .filter(config -> config.mediaType().equals(MediaTypes.IMAGE_CONFIG)
                            || config.mediaType().startsWith("application/vnd.docker.container.image."))
                    .ifPresent(config ->
                            labels(read(repository, config).path("config").path("Labels"), name, wrong));
        }
        if (!wrong.isEmpty()) {
            throw ReleaseException.refused("Image " + name + " is of another release: expected version " + version
                    + " and commit " + commit.abbreviated() + ", found " + String.join(", ", wrong) + " in its labels."
                    + " Let the build set them from $RELEASE_VERSION and $RELEASE_COMMIT; if they are those of its base"
                    + " image, say 'foreignLabels: true' for it in darwin-release.yaml.");
        }
    }

    private static List<Manifest> platforms(Repository repository, Manifest manifest) {
        List<Manifest> all = new ArrayList<>();
        if (!manifest.view().isIndex()) {
            all.add(manifest);
        }
        for (Descriptor child : manifest.view().manifests()) {
            if (!child.annotations().containsKey("vnd.docker.reference.type")) {
                repository.manifest(child.digest().toString()).ifPresent(all::add);
            }
        }
        return all;
    }

    private void annotations(Manifest manifest, String name, Set<String> wrong) {
        manifest.view().annotations().forEach((key, value) -> judge(key, value, name, wrong));
    }

    private void labels(JsonNode labels, String name, Set<String> wrong) {
        labels.fields()
                .forEachRemaining(
                        label -> judge(label.getKey(), label.getValue().asText(), name, wrong));
    }

    private void judge(String key, String value, String name, Set<String> wrong) {
        String text = value.strip();
        String shown = key + " '" + ForeignText.shown(text) + "'";
        if (key.equals(VERSION) && !text.isEmpty()) {
            String plain = text.replaceFirst("^[vV]", "");
            if (plain.equals(version.toString())) {
                return;
            }
            if (SEMVER.matcher(text).matches()) {
                wrong.add(shown);
            } else {
                told.accept("Image " + name + ": its label " + shown
                        + " is no version of a release, so it is left as it is.");
            }
        } else if (key.equals(REVISION) && COMMIT.matcher(text).matches()) {
            if (!commit.sha().startsWith(text.toLowerCase(java.util.Locale.ROOT))) {
                wrong.add(shown);
            }
        }
    }

    private static JsonNode read(Repository repository, Descriptor config) {
        if (config.size() > LARGEST_CONFIG) {
            return MAPPER.createObjectNode();
        }
        try (InputStream in = repository.blob(config.digest(), config.size())) {
            return MAPPER.readTree(in.readAllBytes());
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "The config " + config.digest() + " in " + repository.reference() + " can't be read ("
                            + e.getMessage() + ").",
                    e);
        }
    }
}
