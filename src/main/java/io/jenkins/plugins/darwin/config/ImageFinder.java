package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.edit.Item;
import io.jenkins.plugins.darwin.edit.SourceText;
import io.jenkins.plugins.darwin.model.BuildOptions;
import io.jenkins.plugins.darwin.model.ReleaseConfig.ImageSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The images of a repository: those that Darwin's services.yaml names, else one for each Dockerfile. */
final class ImageFinder {
    private static final String SERVICES = "services.yaml";
    private static final String NAME = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";

    private static final Pattern FILE = Pattern.compile(
            "(?:Docker|Container)file(?:\\.[A-Za-z0-9_-]+)?|[A-Za-z0-9_.-]+\\.(?:Docker|Container)file");
    private static final Pattern ASIDE = Pattern.compile("(?i)(?:^|/)(?:\\.[^/]+|docs?|documentation|web-?site|site|"
            + "tests?|testing|testdata|test-?infra|e2e|(?:e2e|integration|unit|it)[-_]?tests?|fixtures?|examples?|samples?|"
            + "demos?|tutorials?|hack|ci|dev|devel|devcontainer|bench(?:mark)?s?|sandbox)/"
            + "|(?:^|/)(?:Dockerfile|Containerfile)\\.(?:dev|test|tests|ci|e2e|local|debug|docs?|dockerignore|example|sample)$"
            + "|(?:^|/)[^/]*(?:test|e2e|docs?|dev|debug|local|ci)\\.(?:Docker|Container)file$");

    private final Found found;
    private final Map<String, ImageSource> images = new LinkedHashMap<>();
    private final Set<String> unbuilt = new TreeSet<>();
    private final List<String> aside = new ArrayList<>();
    private final String project;

    /** @param project names the image of a Dockerfile at the repository's root */
    ImageFinder(Found found, String project) {
        this.found = found;
        this.project = project;
        Optional<Item> services = found.yaml(SERVICES);
        services.ifPresent(root -> {
            Found.list(root, "applications").forEach(this::application);
            Found.list(root, "ray-images").forEach(this::runtime);
            Found.list(root, "serve-images").forEach(this::runtime);
            Found.get(root, "darwin-sdk-runtime")
                    .flatMap(i -> Found.text(i, "image-name"))
                    .ifPresent(this::sdkRuntime);
        });
        if (services.isEmpty()) {
            dockerfiles();
        }
    }

    List<ImageSource> images() {
        return List.copyOf(images.values());
    }

    /** Applications that nothing here shows how to build. */
    Set<String> unbuilt() {
        return unbuilt;
    }

    /** Keys that services.yaml has twice, each as a sentence. */
    List<String> duplicates() {
        return found.text(SERVICES)
                .flatMap(text -> found.yaml(SERVICES)
                        .map(root -> Item.duplicates(root).stream()
                                .map(d -> SERVICES + " has the key '" + d.key() + "' on line "
                                        + text.line(d.firstStart()) + " and on line " + text.line(d.secondStart())
                                        + "; parsers differ in which one they take.")
                                .toList()))
                .orElse(List.of());
    }

    private void application(Item item) {
        String name = Found.text(item, "application").orElse("");
        if (!name.matches(NAME) || images.containsKey(name)) {
            return;
        }
        String base = Found.text(item, "base-path").orElse(name);
        String path = Found.text(item, "path")
                .filter(p -> !p.equals("."))
                .map(p -> Found.in(base, p))
                .orElse(base);
        Optional<String> command = buildScript();
        if (command.isPresent()) {
            images.put(name, new ImageSource.Command(name, command.get(), "localhost:5000/" + name + ":latest"));
        } else if (path.endsWith("/dist") && found.hasFolder(path)) {
            images.put(name, new ImageSource.Files(name, path, "/"));
        } else if (found.has(Found.in(path, "Dockerfile"))) {
            images.put(name, new ImageSource.Dockerfile(name, Found.in(path, "Dockerfile"), path));
        } else if (found.hasFolder(Found.in(path, "dist"))) {
            images.put(name, new ImageSource.Files(name, Found.in(path, "dist"), "/"));
        } else {
            unbuilt.add(name);
        }
    }

    /** {@code ray:2.37.0} and {@code ray:2.53.0} are two images with a Dockerfile each: the tag joins the name. */
    private void runtime(Item item) {
        String name = Found.text(item, "image-name")
                .orElse("")
                .replaceFirst(":latest$", "")
                .replace(':', '-');
        String folder = Found.text(item, "dockerfile-path").orElse("");
        if (name.matches(NAME) && found.has(Found.in(folder, "Dockerfile"))) {
            images.putIfAbsent(name, new ImageSource.Dockerfile(name, Found.in(folder, "Dockerfile"), folder));
        }
    }

    /** The build script makes this one on top of another; its tag is part of the name, too. */
    private void sdkRuntime(String image) {
        String name = image.replace(':', '-');
        if (!name.matches(NAME) || images.containsKey(name)) {
            return;
        }
        if (found.text("setup.sh")
                .filter(t -> t.text().contains("darwin-sdk-runtime"))
                .isPresent()) {
            images.put(name, new ImageSource.Command(name, buildScript().orElseThrow(), "localhost:5000/" + image));
        } else {
            unbuilt.add(name);
        }
    }

    /** Those that the project's own build makes, as it does; then the other Dockerfiles, by their folder or ending. */
    private void dockerfiles() {
        List<String> built = new ArrayList<>();
        for (OwnBuilds.Build build : new OwnBuilds(found).all()) {
            if (!aside(build.dockerfile())) {
                built.add(build.dockerfile());
                images.put(
                        build.name(),
                        new ImageSource.Dockerfile(
                                build.name(),
                                build.dockerfile(),
                                build.context(),
                                build.stage().map(BuildOptions::ofStage).orElse(BuildOptions.NONE)));
            }
        }
        for (String path : found.paths()) {
            String file = path.substring(path.lastIndexOf('/') + 1);
            if (!FILE.matcher(file).matches() || built.contains(path)) {
                continue;
            }
            if (aside(path)) {
                aside.add(path);
            } else {
                dockerfile(path, file);
            }
        }
    }

    private void dockerfile(String path, String file) {
        String folder = Found.folder(path);
        String last = folder.equals(".") ? project : folder.substring(folder.lastIndexOf('/') + 1);
        String kind = file.replaceAll("^(?:Docker|Container)file\\.?|\\.?(?:Docker|Container)file$", "");
        // agent.Dockerfile at the root is the agent's; Dockerfile.slim is another form of the project's own.
        boolean alone = folder.equals(".") && !file.startsWith("Dockerfile.") && !file.startsWith("Containerfile.");
        String name = Defaults.project(kind.isEmpty() ? last : alone ? kind : last + "-" + kind);
        if (images.containsKey(name) && !folder.equals(".")) {
            name = Defaults.project(folder.replace('/', '-') + (kind.isEmpty() ? "" : "-" + kind));
        }
        images.putIfAbsent(name, new ImageSource.Dockerfile(name, path, folder));
    }

    /** Dockerfiles of documentation, tests and development: no part of a release. */
    List<String> aside() {
        return List.copyOf(aside);
    }

    static boolean aside(String path) {
        return ASIDE.matcher(path).find();
    }

    /** The flags of setup.sh differ by version: only those that it knows. */
    private Optional<String> buildScript() {
        return found.text("setup.sh").map(SourceText::text).map(script -> {
            boolean init = found.text("init.sh")
                    .map(SourceText::text)
                    .filter(t -> t.contains("--all"))
                    .isPresent();
            return (init ? "./init.sh --all && " : "") + "./setup.sh"
                    + (script.matches("(?s).*(?<![\\w-])-y\\b.*") ? " -y" : "")
                    + (script.contains("--clean") ? " --clean" : "");
        });
    }
}
