package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.AttributesNode;
import org.eclipse.jgit.attributes.AttributesRule;

/** What the {@code .gitattributes} files of a tree say of its paths (gitattributes(5)); no file outside the tree is asked. */
public final class PathAttributes {
    /** The value of an attribute that is set without one ({@code text}). */
    public static final String SET = "set";
    /** The value of one that is taken away ({@code -text}). */
    public static final String UNSET = "unset";

    private static final String FILE = ".gitattributes";
    private static final String MACRO = "[attr]";
    private static final long LARGEST = 1 << 20;

    /** The rules of each folder that has some; the root is the empty text. */
    private final Map<String, List<AttributesRule>> rules = new HashMap<>();
    /** What a macro stands for; only the root's file may define one. */
    private final Map<String, List<Attribute>> macros = new HashMap<>();

    /**
     * Reads a tree's files.
     *
     * @throws ReleaseException refused, when one of them can't be read as rules
     */
    public static PathAttributes of(GitTree tree) {
        PathAttributes attributes = new PathAttributes();
        for (String path : tree.paths()) {
            if (path.equals(FILE) || path.endsWith("/" + FILE)) {
                attributes.read(tree, path);
            }
        }
        return attributes;
    }

    private PathAttributes() {
        macros.put(
                "binary",
                List.of(
                        new Attribute("diff", Attribute.State.UNSET),
                        new Attribute("merge", Attribute.State.UNSET),
                        new Attribute("text", Attribute.State.UNSET)));
    }

    private void read(GitTree tree, String path) {
        GitEntry entry = tree.find(path).filter(GitEntry::isFile).orElse(null);
        if (entry == null) {
            return;
        }
        if (entry.size() > LARGEST) {
            throw ReleaseException.refused("Could not read " + path + ": expected at most " + LARGEST
                    + " bytes of attributes, found " + entry.size() + ".");
        }
        AttributesNode node = new AttributesNode();
        try (InputStream in = tree.open(entry)) {
            node.parse(in);
        } catch (IOException | RuntimeException e) {
            throw ReleaseException.refused(
                    "Could not read " + path + ": " + e.getMessage()
                            + ". Mend it, since it says how files of this repository are written.",
                    e);
        }
        rules.put(parent(path), node.getRules());
        if (path.equals(FILE)) {
            for (AttributesRule rule : node.getRules()) {
                if (rule.getPattern().startsWith(MACRO)) {
                    macros.put(rule.getPattern().substring(MACRO.length()), rule.getAttributes());
                }
            }
        }
    }

    /** Whether no path has any attribute. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** {@link #SET}, {@link #UNSET} or the value of an attribute; empty when nothing is said of it. */
    public Optional<String> value(String name, String path) {
        return value(name, path, false);
    }

    /** The same for a folder. The nearest file's last matching line decides. */
    public Optional<String> value(String name, String path, boolean folder) {
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        for (String base = parent(path); ; base = parent(base)) {
            List<AttributesRule> lines = rules.getOrDefault(base, List.of());
            String relative = base.isEmpty() ? path : path.substring(base.length() + 1);
            for (int i = lines.size() - 1; i >= 0; i--) {
                AttributesRule line = lines.get(i);
                if (!line.getPattern().startsWith(MACRO) && line.isMatch(relative, folder)) {
                    Optional<Attribute> found = named(name, line.getAttributes(), 0);
                    if (found.isPresent()) {
                        return shown(found.get());
                    }
                }
            }
            if (base.isEmpty()) {
                return Optional.empty();
            }
        }
    }

    /** The last one of this name, also behind a macro; one that names itself is followed a few times only. */
    private Optional<Attribute> named(String name, List<Attribute> attributes, int depth) {
        for (int i = attributes.size() - 1; i >= 0; i--) {
            Attribute attribute = attributes.get(i);
            if (attribute.getKey().equals(name)) {
                return Optional.of(attribute);
            }
            if (depth < 5 && attribute.getState() == Attribute.State.SET && macros.containsKey(attribute.getKey())) {
                Optional<Attribute> behind = named(name, macros.get(attribute.getKey()), depth + 1);
                if (behind.isPresent()) {
                    return behind;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> shown(Attribute attribute) {
        return switch (attribute.getState()) {
            case SET -> Optional.of(SET);
            case UNSET -> Optional.of(UNSET);
            case CUSTOM -> Optional.of(attribute.getValue());
            case UNSPECIFIED -> Optional.empty();
        };
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
