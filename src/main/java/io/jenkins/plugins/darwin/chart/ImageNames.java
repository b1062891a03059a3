package io.jenkins.plugins.darwin.chart;

import io.jenkins.plugins.darwin.chart.ChartImages.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Finds the images of one registry in one file of a chart. */
final class ImageNames {
    /** A repository's path by the grammar of OCI distribution 1.1; what a template goes on with is no whole name. */
    private static final String PATH =
            "([a-z0-9]++(?:(?:\\.|_|__|-++)[a-z0-9]++)*+(?:/[a-z0-9]++(?:(?:\\.|_|__|-++)[a-z0-9]++)*+)*+)(?![\\w./{-])";

    private static final Pattern TEMPLATE_COMMENT = Pattern.compile("\\{\\{-?\\s*/\\*.*?\\*/\\s*-?}}", Pattern.DOTALL);
    private static final Pattern YAML_COMMENT = Pattern.compile("(?m)(?:^|(?<=\\s))#.*$");

    private final String prefix;
    private final Pattern literal;
    private final String file;
    private final List<Reference> found = new ArrayList<>();
    /** A node may be part of itself. */
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param registry {@code host[:port]/path}, without a slash at its end */
    ImageNames(String registry, String file) {
        this.prefix = registry + "/";
        this.literal = Pattern.compile("(?<![\\w./:-])" + Pattern.quote(prefix) + PATH);
        this.file = file;
    }

    /** Of a values.yaml: {@code registry} beside {@code name} or {@code repository}, and names written out in any text. */
    List<Reference> inValues(byte[] yaml) {
        try {
            LoadSettings settings =
                    LoadSettings.builder().setCodePointLimit(yaml.length + 1).build();
            YamlCeiling.require(yaml, settings);
            new Compose(settings)
                    .composeAllFromInputStream(new java.io.ByteArrayInputStream(yaml))
                    .forEach(this::node);
            return found;
        } catch (YamlEngineException e) {
            return inTemplate(yaml); // Helm will refuse the file, with a better reason than we have
        }
    }

    /** Of a template: only names that are written out. */
    List<Reference> inTemplate(byte[] template) {
        String text = blank(YAML_COMMENT, blank(TEMPLATE_COMMENT, new String(template, StandardCharsets.UTF_8)));
        literals(text, 1);
        return found;
    }

    /** Takes out what matches and leaves its line breaks, so that lines keep their numbers. */
    private static String blank(Pattern pattern, String text) {
        return pattern.matcher(text)
                .replaceAll(match -> "\n".repeat((int)
                        match.group().chars().filter(c -> c == '\n').count()));
    }

    private void literals(String text, int line) {
        Matcher matcher = literal.matcher(text);
        int at = line;
        int counted = 0;
        while (matcher.find()) {
            for (; counted < matcher.start(); counted++) {
                at += text.charAt(counted) == '\n' ? 1 : 0;
            }
            add(matcher.group(1), at);
        }
    }

    private void add(String name, int line) {
        found.add(new Reference(file, line, name));
    }

    private void node(Node node) {
        if (node instanceof ScalarNode scalar) {
            literals(scalar.getValue(), line(scalar));
        } else if (seen.add(node)) {
            if (node instanceof SequenceNode sequence) {
                sequence.getValue().forEach(this::node);
            } else if (node instanceof MappingNode mapping) {
                image(mapping);
                mapping.getValue().forEach(entry -> node(entry.getValueNode()));
            }
        }
    }

    /** Templates join these; where there are both, {@code name} is what Darwin's take. */
    private void image(MappingNode mapping) {
        Optional<ScalarNode> registry = scalar(mapping, "registry");
        Optional<ScalarNode> name = scalar(mapping, "name").or(() -> scalar(mapping, "repository"));
        if (registry.isPresent() && name.isPresent()) {
            String joined = registry.get().getValue().replaceAll("/+$", "") + "/"
                    + name.get().getValue();
            if (joined.startsWith(prefix)) {
                add(joined.substring(prefix.length()), line(name.get()));
            }
        }
    }

    private static Optional<ScalarNode> scalar(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(entry -> entry.getKeyNode() instanceof ScalarNode k
                        && k.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .filter(ScalarNode.class::isInstance)
                .map(ScalarNode.class::cast)
                .filter(value -> !value.getValue().isBlank())
                .findFirst();
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
