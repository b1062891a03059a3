package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.edit.Item;
import io.jenkins.plugins.darwin.edit.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a project builds its images itself: the {@code docker build} lines of its Makefiles and scripts, its workflows' build
 * steps, compose and skaffold files. A folder's name is not always its image's, nor the folder the context.
 */
final class OwnBuilds {
    private static final Pattern SCRIPTS = Pattern.compile(
            "(?:.*/)?(?:(?:GNU)?[Mm]akefile|[^/]*\\.mk|[^/]*\\.sh|[Jj]ustfile|Jenkinsfile|package\\.json)");
    private static final Pattern WORKFLOWS = Pattern.compile("\\.github/workflows/[^/]+\\.ya?ml");
    private static final Pattern COMPOSE = Pattern.compile("(?:.*/)?(?:docker-)?compose[^/]*\\.ya?ml");
    private static final Pattern SKAFFOLD = Pattern.compile("(?:.*/)?skaffold\\.ya?ml");
    private static final Pattern BUILD = Pattern.compile(
            "(?:docker|podman|buildah|nerdctl|\\$[({]?[A-Z_]*(?:DOCKER|CONTAINER|ENGINE|BUILDER)[A-Z_]*[)}]?)(?:\\s+buildx|\\s+image)?"
                    + "\\s+(?:build|bud)\\s+(.*)");
    private static final Pattern ASSIGNED =
            Pattern.compile("(?m)^\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*[:?+]?=\\s*([^\\s#]+)");
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:\\{([A-Za-z_]\\w*)(?::?-([^}]*))?}|\\(([A-Za-z_]\\w*)\\)|([A-Za-z_]\\w*))");
    private static final String NAME = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    /** Options of build that take no value; all others that are not written with = take the next word. */
    private static final Pattern FLAG = Pattern.compile(
            "--(?:push|load|no-cache|pull|rm|force-rm|squash|quiet|compress|debug|all-platforms|layers|no-rm)|-q|-D");

    /** @param stage that is built; empty for the last */
    record Build(String name, String dockerfile, String context, Optional<String> stage) {}

    private final Found found;
    private final Map<String, Build> builds = new LinkedHashMap<>();

    OwnBuilds(Found found) {
        this.found = found;
        paths(SCRIPTS).forEach(this::script);
        paths(WORKFLOWS).forEach(this::workflow);
        paths(SKAFFOLD).forEach(this::skaffold);
        paths(COMPOSE).forEach(this::compose);
    }

    /** All that name a Dockerfile which is there, the first of each image; scripts before workflows before compose files. */
    List<Build> all() {
        return List.copyOf(builds.values());
    }

    private List<String> paths(Pattern form) {
        return found.paths().stream()
                .filter(p -> form.matcher(p).matches() && !ImageFinder.aside(p.replaceFirst("^\\.github/", "")))
                .toList();
    }

    private void script(String path) {
        String text = found.text(path).map(SourceText::text).orElse("");
        if (!text.contains("build") && !text.contains("bud")) {
            return;
        }
        Map<String, String> variables = new HashMap<>();
        Matcher assigned = ASSIGNED.matcher(text);
        while (assigned.find()) {
            variables.putIfAbsent(assigned.group(1), assigned.group(2).replaceAll("[\"']", ""));
        }
        String base = Found.folder(path);
        for (String line : text.replaceAll("\\\\\r?\n", " ").split("\r?\n")) {
            Matcher build = BUILD.matcher(line);
            if (line.length() < 4_000 && !line.strip().startsWith("#") && build.find()) {
                command(base, line, build, variables);
            }
        }
    }

    private void command(String base, String line, Matcher build, Map<String, String> variables) {
        String folder = base;
        Matcher into = Pattern.compile("\\bcd\\s+([^\\s;&|]+)\\s*(?:&&|;)").matcher(line.substring(0, build.start()));
        while (into.find()) {
            folder = below(folder, filled(into.group(1), variables)).orElse("?");
        }
        List<String> tags = new ArrayList<>();
        Optional<String> file = Optional.empty();
        Optional<String> stage = Optional.empty();
        Optional<String> context = Optional.empty();
        String[] words = build.group(1)
                .split("\\s*(?:&&|\\|\\||;|\\||>).*", 2)[0]
                .strip()
                .split("\\s+");
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            int equals = word.startsWith("-") ? word.indexOf('=') : -1;
            String option = equals > 0 ? word.substring(0, equals) : word;
            if (!word.startsWith("-")) {
                context = Optional.of(word);
                continue;
            }
            if (FLAG.matcher(option).matches()) {
                continue;
            }
            String value = equals > 0 ? word.substring(equals + 1) : i + 1 < words.length ? words[++i] : "";
            switch (option) {
                case "-t", "--tag" -> tags.add(value);
                case "-f", "--file" -> file = Optional.of(value);
                case "--target" -> stage = Optional.of(value);
                default -> {
                    // says nothing about what is built
                }
            }
        }
        String at = folder;
        Optional<String> where = context.map(c -> filled(c, variables)).flatMap(c -> below(at, c));
        Optional<String> dockerfile = file.map(f -> filled(f, variables))
                .flatMap(f -> below(at, f))
                .or(() -> where.map(c -> Found.in(c, "Dockerfile")));
        add(tags.stream().map(t -> filled(t, variables)).toList(), dockerfile, where, stage);
    }

    private void workflow(String path) {
        found.yaml(path)
                .flatMap(root -> Found.get(root, "jobs"))
                .filter(Item.Mapping.class::isInstance)
                .ifPresent(jobs -> ((Item.Mapping) jobs)
                        .entries()
                        .forEach(job -> Found.list(job.value(), "steps").forEach(this::step)));
    }

    private void step(Item step) {
        if (Found.text(step, "uses")
                .filter(u -> u.startsWith("docker/build-push-action"))
                .isEmpty()) {
            return;
        }
        Found.get(step, "with").ifPresent(with -> {
            Optional<String> context = below(".", Found.text(with, "context").orElse("."));
            Optional<String> file = Found.text(with, "file")
                    .flatMap(f -> below(".", f))
                    .or(() -> context.map(c -> Found.in(c, "Dockerfile")));
            List<String> tags = List.of(Found.text(with, "tags").orElse("").split("[\\s,]+"));
            add(tags, file, context, Found.text(with, "target"));
        });
    }

    private void skaffold(String path) {
        found.yaml(path)
                .flatMap(root -> Found.get(root, "build"))
                .ifPresent(build -> Found.list(build, "artifacts").forEach(artifact -> {
                    Optional<String> context = below(
                            Found.folder(path), Found.text(artifact, "context").orElse("."));
                    Optional<Item> docker = Found.get(artifact, "docker");
                    String file =
                            docker.flatMap(d -> Found.text(d, "dockerfile")).orElse("Dockerfile");
                    add(
                            Found.text(artifact, "image").map(List::of).orElse(List.of()),
                            context.flatMap(c -> below(c, file)),
                            context,
                            docker.flatMap(d -> Found.text(d, "target")));
                }));
    }

    private void compose(String path) {
        found.yaml(path)
                .flatMap(root -> Found.get(root, "services"))
                .filter(Item.Mapping.class::isInstance)
                .ifPresent(services -> ((Item.Mapping) services).entries().forEach(service -> {
                    Optional<String> image = Found.text(service.value(), "image");
                    Optional<Item> build = Found.get(service.value(), "build");
                    if (image.isEmpty() || build.isEmpty()) {
                        return;
                    }
                    String folder = build.get() instanceof Item.Scalar scalar
                            ? scalar.value()
                            : Found.text(build.get(), "context").orElse(".");
                    Optional<String> context = below(Found.folder(path), folder);
                    String file = Found.text(build.get(), "dockerfile").orElse("Dockerfile");
                    add(
                            List.of(image.get()),
                            context.flatMap(c -> below(c, file)),
                            context,
                            Found.text(build.get(), "target"));
                }));
    }

    private void add(
            List<String> references, Optional<String> dockerfile, Optional<String> context, Optional<String> stage) {
        Optional<String> name =
                references.stream().flatMap(r -> name(r).stream()).findFirst();
        if (name.isPresent() && dockerfile.filter(found::has).isPresent() && context.isPresent()) {
            builds.putIfAbsent(
                    name.get(),
                    new Build(
                            name.get(),
                            dockerfile.get(),
                            context.get(),
                            stage.filter(s -> s.matches("[A-Za-z0-9][A-Za-z0-9._-]*"))));
        }
    }

    /** The last part of a reference's path; empty when a variable stands in it that nothing here explains. */
    static Optional<String> name(String reference) {
        String path = reference.replaceAll("[\"']", "").replaceFirst("@sha256:.*$", "");
        // A tag may be a variable with a colon of its own, but no slash follows it.
        path = path.replaceFirst(":[^/}]*(?:\\{[^}]*}[^/]*)?$", "");
        String last = path.substring(path.lastIndexOf('/') + 1);
        return last.matches(NAME) && last.length() <= 128 ? Optional.of(last) : Optional.empty();
    }

    private static String filled(String text, Map<String, String> variables) {
        String filled = text.replaceAll("[\"']", "");
        for (int depth = 0; depth < 5 && filled.contains("$"); depth++) {
            filled = VARIABLE.matcher(filled).replaceAll(m -> {
                String key = m.group(1) != null ? m.group(1) : m.group(3) != null ? m.group(3) : m.group(4);
                String value = variables.getOrDefault(key, m.group(2));
                return Matcher.quoteReplacement(value == null || value.length() > 300 ? m.group() : value);
            });
        }
        return filled;
    }

    /** A path below a folder of the repository; empty when it leads out or holds what only a shell knows. */
    private static Optional<String> below(String folder, String path) {
        if (path.startsWith("/")
                || path.contains("$")
                || path.contains("`")
                || path.contains("://")
                || folder.equals("?")) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        for (String part : Found.in(folder, path.isEmpty() ? "." : path).split("/")) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return Optional.empty();
                }
                parts.remove(parts.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return Optional.of(parts.isEmpty() ? "." : String.join("/", parts));
    }
}
