package io.jenkins.plugins.darwin.image;

import io.jenkins.plugins.darwin.model.BuildOptions;
import io.jenkins.plugins.darwin.model.ReleaseConfig.ImageSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a tool is told to build, in the options that buildah, podman and docker share. No secret is among it. */
final class BuildArguments {
    private final ImageSource.Dockerfile source;
    private final BuildContext context;
    private final BuildTool.Kind tool;

    BuildArguments(ImageSource.Dockerfile source, BuildContext context, BuildTool.Kind tool) {
        this.source = source;
        this.context = context;
        this.tool = tool;
    }

    /**
     * All of it, up to the context's folder.
     *
     * @param platform empty for the machine's own
     * @param reference the name that the tool gives the image
     */
    List<String> of(Path checkout, Optional<String> platform, String reference) {
        BuildOptions options = source.options();
        List<String> arguments = new ArrayList<>();
        buildArgs().forEach((key, value) -> arguments.addAll(List.of("--build-arg", key + "=" + value)));
        Labels.of(context).forEach((key, value) -> arguments.addAll(List.of("--label", key + "=" + value)));
        platform.ifPresent(each -> arguments.addAll(List.of("--platform", each)));
        options.stage().ifPresent(stage -> arguments.addAll(List.of("--target", stage)));
        // By the name of the variable: its value is in the tool's environment, never among what every user of a machine
        // sees.
        options.secrets()
                .forEach(secret -> arguments.addAll(
                        List.of("--secret", "id=" + secret.id() + ",type=env,env=" + secret.variable())));
        options.cache().ifPresent(cache -> arguments.addAll(cache(cache)));
        arguments.addAll(List.of(
                "-f",
                checkout.resolve(source.dockerfile()).toString(),
                "-t",
                reference,
                checkout.resolve(source.context()).normalize().toString()));
        return arguments;
    }

    /** The release's own first; the project's count where both say something. */
    private Map<String, String> buildArgs() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("VERSION", context.version().toString());
        all.put("REVISION", context.commit().sha());
        source.options()
                .args()
                .forEach((key, value) -> all.put(
                        key,
                        value.replace("${version}", context.version().toString())
                                .replace("${commit}", context.commit().sha())));
        return all;
    }

    /** A cache that can't be had makes a build slow, not wrong: docker, too, goes on without. */
    private List<String> cache(String repository) {
        if (tool == BuildTool.Kind.DOCKER) {
            return List.of("--cache-from", repository);
        }
        List<String> arguments =
                new ArrayList<>(List.of("--layers", "--cache-from", repository, "--cache-to", repository));
        if (repository.matches("(localhost|127(\\.[0-9]{1,3}){3})(:[0-9]+)?/.*")) {
            arguments.add("--tls-verify=false"); // as docker takes a registry on the machine itself
        }
        return arguments;
    }
}
