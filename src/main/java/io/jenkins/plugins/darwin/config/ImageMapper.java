package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.model.BuildOptions;
import io.jenkins.plugins.darwin.model.ReleaseConfig.ImageSource;
import io.jenkins.plugins.darwin.model.RepositoryPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One entry of {@code images:}. */
final class ImageMapper {
    private final ConfigNode node;
    private final String name;

    private ImageMapper(ConfigNode node, String name) {
        this.node = node;
        this.name = name;
    }

    static Optional<ImageSource> map(ConfigNode node, String name) {
        return new ImageMapper(node, name).image();
    }

    private Optional<ImageSource> image() {
        Optional<String> files = node.get("files").flatMap(n -> n.read(RepositoryPath::requireFolder));
        Optional<String> dockerfile = node.get("dockerfile").flatMap(n -> n.read(RepositoryPath::require));
        Optional<String> context = node.get("context").flatMap(n -> n.read(RepositoryPath::requireFolder));
        Optional<String> target = node.text("target");
        Optional<String> command = node.text("command");
        Optional<String> produces = node.text("produces");
        target.ifPresent(text -> node.get("target").ifPresent(n -> {
            if (command.isPresent()) {
                n.problem("a command builds what it builds; a target belongs to files or a dockerfile.");
            } else if (files.isPresent() && !text.startsWith("/")) {
                n.problem("expected an absolute folder in the image, as the image is of files; found '" + text + "'.");
            } else if (dockerfile.isPresent() && text.startsWith("/")) {
                n.problem("expected the name of a stage of the Dockerfile, found the folder '" + text + "'.");
            }
        }));
        if (files.isPresent()) {
            node.get("env").ifPresent(n -> n.problem("files are not built; nothing would read the variables."));
            return Optional.of(new ImageSource.Files(name, files.get(), target.orElse("/")));
        }
        if (dockerfile.isPresent()) {
            return Optional.of(new ImageSource.Dockerfile(
                    name, dockerfile.get(), context.orElse(folder(dockerfile.get())), options(target)));
        }
        return command.flatMap(c -> produces.map(p -> new ImageSource.Command(name, c, p, options(Optional.empty()))));
    }

    private BuildOptions options(Optional<String> stage) {
        List<BuildOptions.Secret> secrets = new ArrayList<>();
        node.get("secrets")
                .ifPresent(all -> all.items()
                        .forEach(item -> item.text()
                                .or(() -> item.text("id"))
                                .ifPresent(id -> secrets.add(new BuildOptions.Secret(
                                        id, item.text("env").orElse(id))))));
        Map<String, String> args = node.get("args").map(ConfigNode::pairs).orElse(Map.of());
        return new BuildOptions(
                args,
                stage,
                node.texts("platforms", List.of()),
                secrets,
                node.texts("env", List.of()),
                node.text("cache"),
                Set.of(),
                node.bool("foreignLabels").orElse(false));
    }

    private static String folder(String file) {
        int slash = file.lastIndexOf('/');
        return slash < 0 ? "." : file.substring(0, slash);
    }
}
