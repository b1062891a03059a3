package io.jenkins.plugins.darwin.archive;

import io.jenkins.plugins.darwin.git.GitEntry;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.AttributesNode;
import org.eclipse.jgit.attributes.AttributesRule;

/** The attributes that say what belongs in an archive (gitattributes(5), "Creating an archive"). */
final class ExportAttributes {
    private static final String FILE = ".gitattributes";

    /** The rules of each folder that has some; the root is the empty text. */
    private final Map<String, List<AttributesRule>> rules = new HashMap<>();

    ExportAttributes(GitTree tree, List<GitEntry> entries) throws IOException {
        for (GitEntry entry : entries) {
            String path = entry.path();
            if (entry.isFile() && (path.equals(FILE) || path.endsWith("/" + FILE))) {
                AttributesNode node = new AttributesNode();
                try (InputStream in = tree.open(entry)) {
                    node.parse(in);
                } catch (RuntimeException e) {
                    throw ReleaseException.refused(
                            "Could not read " + path + ": " + e.getMessage()
                                    + ". Mend it, since it says what belongs in a source archive.",
                            e);
                }
                rules.put(parent(path), node.getRules());
            }
        }
    }

    /** Whether the path, or a folder that it is in, is marked {@code export-ignore}. */
    boolean ignores(String path) {
        if (rules.isEmpty()) {
            return false;
        }
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (isSet("export-ignore", path.substring(0, slash), true)) {
                return true;
            }
        }
        return isSet("export-ignore", path, false);
    }

    /** Whether Git would fill in {@code $Format:...$} in this file. */
    boolean substitutes(String path) {
        return !rules.isEmpty() && isSet("export-subst", path, false);
    }

    /** The nearest file's last matching line decides. */
    private boolean isSet(String name, String path, boolean folder) {
        for (String base = parent(path); ; base = parent(base)) {
            List<AttributesRule> lines = rules.getOrDefault(base, List.of());
            String relative = base.isEmpty() ? path : path.substring(base.length() + 1);
            for (int i = lines.size() - 1; i >= 0; i--) {
                AttributesRule line = lines.get(i);
                if (!line.isMatch(relative, folder)) {
                    continue;
                }
                List<Attribute> attributes = line.getAttributes();
                for (int j = attributes.size() - 1; j >= 0; j--) {
                    if (attributes.get(j).getKey().equals(name)) {
                        return attributes.get(j).getState() == Attribute.State.SET;
                    }
                }
            }
            if (base.isEmpty()) {
                return false;
            }
        }
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
