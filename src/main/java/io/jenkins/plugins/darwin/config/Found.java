package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.edit.EditPlan;
import io.jenkins.plugins.darwin.edit.Item;
import io.jenkins.plugins.darwin.edit.JsonTree;
import io.jenkins.plugins.darwin.edit.Placeholders;
import io.jenkins.plugins.darwin.edit.SourceText;
import io.jenkins.plugins.darwin.edit.TomlTree;
import io.jenkins.plugins.darwin.edit.VersionEdits;
import io.jenkins.plugins.darwin.edit.XmlTree;
import io.jenkins.plugins.darwin.edit.YamlTree;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VersionFile;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.RepositoryPath;
import io.jenkins.plugins.darwin.model.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A repository as {@link ConfigWriter} looks at it: whatever can't be read or named is simply not found. */
final class Found {
    private static final int MOST_BYTES = 4 << 20;
    private static final Map<String, String> ANY_VALUES = Placeholders.of(
            new Version(0, 0, 1), new ReleaseConfig.Registries("example.org/b", "example.org/a", List.of()));

    private final List<String> paths;
    private final Set<String> known;
    private final Function<String, Optional<byte[]>> read;
    private final Map<String, Optional<Item>> parsed = new HashMap<>();

    Found(Function<String, Optional<byte[]>> read, List<String> paths) {
        this.read = read;
        // Templates have braces in their names; what is vendored has its own version.
        this.paths = paths.stream().filter(Found::usable).sorted().toList();
        this.known = Set.copyOf(this.paths);
    }

    private static boolean usable(String path) {
        try {
            RepositoryPath.require(path);
            return !path.contains("{") && !path.matches("(?:.*/)?(?:node_modules|vendor|third_party)/.*");
        } catch (ReleaseException e) {
            return false;
        }
    }

    List<String> paths() {
        return paths;
    }

    /** Files of a name, in any folder. */
    List<String> named(String name) {
        return paths.stream()
                .filter(p -> p.equals(name) || p.endsWith("/" + name))
                .toList();
    }

    boolean has(String path) {
        return known.contains(path);
    }

    boolean hasFolder(String folder) {
        return paths.stream().anyMatch(p -> p.startsWith(folder + "/"));
    }

    Optional<SourceText> text(String path) {
        try {
            return has(path)
                    ? read.apply(path).filter(b -> b.length <= MOST_BYTES).map(b -> SourceText.decodeAny(path, b))
                    : Optional.empty();
        } catch (ReleaseException e) {
            return Optional.empty();
        }
    }

    /** First document of a YAML file. */
    Optional<Item> yaml(String path) {
        return parsed(path, text -> YamlTree.parse(text).stream().findFirst());
    }

    Optional<Item> json(String path) {
        return parsed(path, text -> Optional.of(JsonTree.parse(text)));
    }

    Optional<Item> toml(String path) {
        return parsed(path, text -> Optional.of(TomlTree.parse(text)));
    }

    Optional<Item> xml(String path) {
        return parsed(path, text -> Optional.of(XmlTree.parse(text)));
    }

    private Optional<Item> parsed(String path, Function<SourceText, Optional<Item>> parser) {
        return parsed.computeIfAbsent(path, p -> {
            try {
                return text(p).flatMap(parser);
            } catch (ReleaseException e) {
                return Optional.empty();
            }
        });
    }

    /** What stands in the one place that a version file would edit; empty when it has none, or several. */
    Optional<String> value(VersionFile file) {
        return plan(file)
                .map(EditPlan::places)
                .filter(p -> p.size() == 1)
                .map(p -> p.get(0).oldValue());
    }

    /** The places that a version file would edit, when all of it can be edited here. */
    Optional<EditPlan> plan(VersionFile file) {
        // Most name one file: no need to look at the others.
        List<String> among = has(file.files()) ? List.of(file.files()) : paths;
        try {
            return Optional.of(VersionEdits.plan(
                            List.of(file), among, Map::of, p -> read.apply(p).orElse(new byte[0]), ANY_VALUES))
                    .filter(plan -> !plan.places().isEmpty());
        } catch (ReleaseException e) {
            return Optional.empty();
        }
    }

    static Optional<Item> get(Item item, String key) {
        return item instanceof Item.Mapping mapping
                ? mapping.entries().stream()
                        .filter(e -> e.key().equals(key))
                        .map(Item.Entry::value)
                        .findFirst()
                : Optional.empty();
    }

    static Optional<String> text(Item item, String key) {
        return get(item, key)
                .filter(Item.Scalar.class::isInstance)
                .map(i -> ((Item.Scalar) i).value())
                .filter(v -> !v.isBlank());
    }

    static List<Item> list(Item item, String key) {
        return get(item, key)
                .filter(Item.Sequence.class::isInstance)
                .map(i -> ((Item.Sequence) i).items())
                .orElse(List.of());
    }

    /** The folder of a file, {@code .} for the root. */
    static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "." : path.substring(0, slash);
    }

    static String in(String folder, String name) {
        return folder.equals(".") || folder.isEmpty() ? name : folder + "/" + name;
    }
}
