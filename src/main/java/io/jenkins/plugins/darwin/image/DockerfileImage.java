package io.jenkins.plugins.darwin.image;

import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseConfig.ImageSource;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.RepositoryPath;
import io.jenkins.plugins.darwin.registry.ImageCopier;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.registry.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An image from a Dockerfile. The tool builds from a checkout and writes an OCI layout to a folder; our own client pushes from
 * there, so no credential ever comes near the tool's arguments or environment.
 */
final class DockerfileImage {
    private static final String TAG = "build";

    private final ImageSource.Dockerfile source;
    private final BuildContext context;
    private final BuildTool tool;

    DockerfileImage(ImageSource.Dockerfile source, BuildContext context, BuildTool tool) {
        this.source = source;
        this.context = context;
        this.tool = tool;
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
        ChildProcess child = new ChildProcess(
                "Image " + source.name(),
                source.name(),
                context.logs().resolve("image-" + source.name() + ".log"),
                ChildEnvironment.of(context),
                context.progress());
        Path layouts = work.folder("layouts");
        Digest digest = tool.kind() == BuildTool.Kind.DOCKER
                ? withDocker(child, checkout, work, layouts)
                : withoutDaemon(child, checkout, work, layouts);
        Repository built = Registries.open("oci-layout:" + layouts, RegistryOptions.defaults())
                .repository(source.name());
        Repository staging = context.staging().apply(source.name());
        new ImageCopier(context.progress()).copy(built, digest, staging);
        return ImageBuilds.described(source.name(), staging, digest);
    }

    /** buildah and podman take the same options. Storage of our own leaves nothing behind on the machine. */
    private Digest withoutDaemon(ChildProcess child, Path checkout, WorkFolder work, Path layouts) {
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
        build.addAll(what(checkout));
        child.run(checkout, build);

        List<String> push = new ArrayList<>(storage);
        push.addAll(
                List.of("push", "--format", "oci", reference(), "oci:" + layouts.resolve(source.name()) + ":" + TAG));
        child.run(checkout, push);
        return Registries.open("oci-layout:" + layouts, RegistryOptions.defaults())
                .repository(source.name())
                .resolve(TAG)
                .orElseThrow(() -> child.failure(tool.kind().command() + " left no image"))
                .digest();
    }

    /** The daemon's image comes out by {@code docker save}; then its name goes, since it was only ours. */
    private Digest withDocker(ChildProcess child, Path checkout, WorkFolder work, Path layouts) {
        String docker = tool.executable().toString();
        List<String> build = new ArrayList<>(List.of(docker, "build"));
        build.addAll(what(checkout));
        child.run(checkout, build);
        Path saved = work.path().resolve(source.name() + ".tar");
        try {
            child.run(checkout, List.of(docker, "save", "-o", saved.toString(), reference()));
            Repository layout = Registries.open("oci-layout:" + layouts, RegistryOptions.defaults())
                    .repository(source.name());
            Digest digest = new DockerArchive(saved, work.folder("unpacked-" + source.name()))
                    .copyTo(layout, context.progress());
            Files.delete(saved);
            return digest;
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Image " + source.name() + " was not built: what docker saved can't be read (" + e.getMessage()
                            + ").",
                    e);
        } finally {
            forget(child, checkout, docker);
        }
    }

    private void forget(ChildProcess child, Path checkout, String docker) {
        try {
            child.run(checkout, List.of(docker, "image", "rm", reference()));
        } catch (ReleaseException e) {
            context.progress().message("docker keeps " + reference() + ": remove it with docker image rm.");
        }
    }

    /** What is built, for all three. */
    private List<String> what(Path checkout) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(
                List.of("--build-arg", "VERSION=" + context.version(), "--build-arg", "REVISION=" + context.commit()));
        Labels.of(context).forEach((key, value) -> arguments.addAll(List.of("--label", key + "=" + value)));
        arguments.addAll(List.of(
                "-f",
                checkout.resolve(source.dockerfile()).toString(),
                "-t",
                reference(),
                checkout.resolve(source.context()).normalize().toString()));
        return arguments;
    }

    /** Names the commit, so that two releases built on one daemon at once don't meet. */
    private String reference() {
        return "localhost/darwin-release/" + source.name() + ":"
                + context.commit().abbreviated();
    }
}
