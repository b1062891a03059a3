package io.jenkins.plugins.darwin.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseConfig.ImageSource;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.RepositoryPath;
import io.jenkins.plugins.darwin.registry.ImageCopier;
import io.jenkins.plugins.darwin.registry.ImageIndex;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.registry.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An image from a Dockerfile. The tool builds from a checkout and writes an OCI layout to a folder; our own client pushes from
 * there, so no credential ever comes near the tool's arguments or environment.
 */
final class DockerfileImage {
    private static final String TAG = "build";

    private final ImageSource.Dockerfile source;
    private final BuildContext context;
    private final BuildTool tool;
    private final BuildArguments arguments;

    DockerfileImage(ImageSource.Dockerfile source, BuildContext context, BuildTool tool) {
        this.source = source;
        this.context = context;
        this.tool = tool;
        this.arguments = new BuildArguments(source, context, tool.kind());
    }

    /** @throws ReleaseException usage, when the Dockerfile or its context is not in the commit */
    void check() {
        String dockerfile = RepositoryPath.require(source.dockerfile());
        String folder = RepositoryPath.requireFolder(source.context());
        if (context.tree().find(dockerfile).isEmpty()) {
            throw missing("dockerfile", dockerfile);
        }
        if (!folder.equals(".") && context.tree().list(folder).isEmpty()) {
            throw missing("context", folder);
        }
        ChildEnvironment.of(context, source.name(), source.options());
    }

    private ReleaseException missing(String key, String path) {
        return ReleaseException.refused("Image " + source.name() + " was not built: there is no '" + path
                + "' in commit " + context.commit().abbreviated() + ". Check '" + key + "' of the image.");
    }

    /**
     * @param checkout the commit's files; other builds read them, too
     * @param work for the tool's storage and the finished image
     */
    Candidate.Image build(Path checkout, WorkFolder work) {
        Repository built = Registries.open("oci-layout:" + work.folder("layouts"), RegistryOptions.defaults())
                .repository(source.name());
        List<String> platforms = source.options().platforms();
        Digest digest = platforms.isEmpty()
                ? build(Optional.empty(), checkout, work, built)
                : index(platforms, checkout, work, built);
        Repository staging = context.staging().apply(source.name());
        new ImageCopier(context.progress()).copy(built, digest, staging);
        return ImageBuilds.described(source.name(), staging, digest);
    }

    /** One build a platform, and an index of our own over them: the same bytes with every tool. */
    private Digest index(List<String> platforms, Path checkout, WorkFolder work, Repository built) {
        List<ImageIndex.Child> children = new ArrayList<>();
        for (String platform : platforms) {
            Digest digest = build(Optional.of(platform), checkout, work, built);
            Manifest manifest = built.manifest(digest.toString()).orElseThrow();
            requirePlatform(platform, built, manifest);
            children.add(new ImageIndex.Child(platform, manifest));
        }
        Manifest index = ImageIndex.of(children);
        built.pushManifest(index);
        return index.digest();
    }

    /** A base image that has no such platform gives one of another, and clients would start what they can't run. */
    private void requirePlatform(String platform, Repository built, Manifest manifest) {
        Descriptor config = manifest.view().config().orElseThrow();
        try (InputStream in = built.blob(config.digest(), config.size())) {
            JsonNode json = new JsonMapper().readTree(in.readAllBytes());
            String found =
                    json.path("os").asText() + "/" + json.path("architecture").asText();
            if (!(platform + "/").startsWith(found + "/")) {
                throw ReleaseException.failed("Image " + source.name() + " was not built: expected an image for "
                        + platform + ", found one for " + found + ". Does its base image have this platform?");
            }
        } catch (IOException e) {
            throw ReleaseException.failed("Image " + source.name() + " can't be read (" + e.getMessage() + ").", e);
        }
    }

    private Digest build(Optional<String> platform, Path checkout, WorkFolder work, Repository built) {
        String label = source.name() + platform.map(each -> " " + each).orElse("");
        ChildProcess child = new ChildProcess(
                "Image " + label,
                label,
                ImageBuilds.log(context, label),
                ChildEnvironment.of(context, source.name(), source.options()),
                context.progress());
        String tag = platform.map(each -> each.replace('/', '-')).orElse(TAG);
        try {
            return tool.kind() == BuildTool.Kind.DOCKER
                    ? withDocker(child, checkout, work, built, platform, tag)
                    : withoutDaemon(child, checkout, work, built, platform, tag);
        } catch (ReleaseException e) {
            throw platform.isPresent() && e.getMessage().contains("xec format error")
                    ? ReleaseException.failed(
                            e.getMessage() + "\nThis machine runs no programs of " + platform.get()
                                    + ": install qemu-user-static (binfmt), or let a stage FROM"
                                    + " --platform=$BUILDPLATFORM build for $TARGETARCH.",
                            e)
                    : e;
        }
    }

    /** buildah and podman take the same options. Storage of our own leaves nothing behind on the machine. */
    private Digest withoutDaemon(
            ChildProcess child,
            Path checkout,
            WorkFolder work,
            Repository built,
            Optional<String> platform,
            String tag) {
        List<String> storage = List.of(
                tool.executable().toString(),
                "--root",
                work.folder("storage").toString(),
                "--runroot",
                work.folder("run").toString(),
                "--storage-driver",
                "vfs");
        List<String> build = new ArrayList<>(storage);
        build.addAll(List.of(
                "build",
                "--isolation",
                "chroot",
                "--format",
                "oci",
                "--timestamp",
                Long.toString(context.commitTime().getEpochSecond())));
        BaseImageLogins.folder(context, tool.kind(), work)
                .ifPresent(folder -> build.addAll(
                        List.of("--authfile", folder.resolve("config.json").toString())));
        build.addAll(arguments.of(checkout, platform, reference(tag)));
        child.run(checkout, build);

        List<String> push = new ArrayList<>(storage);
        Path layout = work.folder("layouts/" + source.name());
        push.addAll(List.of("push", "--format", "oci", reference(tag), "oci:" + layout + ":" + tag));
        child.run(checkout, push);
        return built.resolve(tag)
                .orElseThrow(() -> child.failure(tool.kind().command() + " left no image"))
                .digest();
    }

    /** The daemon's image comes out by {@code docker save}; then its name goes, since it was only ours. */
    private Digest withDocker(
            ChildProcess child,
            Path checkout,
            WorkFolder work,
            Repository built,
            Optional<String> platform,
            String tag) {
        String docker = tool.executable().toString();
        List<String> build = new ArrayList<>(List.of(docker));
        BaseImageLogins.folder(context, tool.kind(), work)
                .ifPresent(folder -> build.addAll(List.of("--config", folder.toString())));
        build.add("build");
        build.addAll(arguments.of(checkout, platform, reference(tag)));
        child.run(checkout, build);
        String file = source.name().replace('/', '-') + "-" + tag;
        Path saved = work.path().resolve(file + ".tar");
        try {
            child.run(checkout, List.of(docker, "save", "-o", saved.toString(), reference(tag)));
            Digest digest = new DockerArchive(saved, work.folder("unpacked-" + file)).copyTo(built, context.progress());
            Files.delete(saved);
            return digest;
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Image " + source.name() + " was not built: what docker saved can't be read (" + e.getMessage()
                            + ").",
                    e);
        } finally {
            forget(child, checkout, docker, tag);
        }
    }

    private void forget(ChildProcess child, Path checkout, String docker, String tag) {
        try {
            child.run(checkout, List.of(docker, "image", "rm", reference(tag)));
        } catch (ReleaseException e) {
            context.progress().message("docker keeps " + reference(tag) + ": remove it with docker image rm.");
        }
    }

    /** Names the commit, so that two releases built on one daemon at once don't meet. */
    private String reference(String tag) {
        return "localhost/darwin-release/" + source.name() + ":"
                + context.commit().abbreviated() + (tag.equals(TAG) ? "" : "-" + tag);
    }
}
