package io.jenkins.plugins.darwin.chart;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The images that a chart asks for: all that stand under a key {@code image}, put together or written out, and the project's own
 * wherever a text names them with a tag (a variable of an operator, a document in a ConfigMap).
 */
final class ChartReferences {
    private static final Pattern IMAGE_KEY = Pattern.compile("(?i).*image");

    private static final Pattern WRITTEN =
            Pattern.compile("(?m)^[ \\t-]*image:[ \\t]*[\"']?([^\\s\"'{}#]+)[\"']?[ \\t]*(?:#.*)?$");

    private final Pattern own;
    private final Set<ImageReference> found = new LinkedHashSet<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param images names of the project's own */
    ChartReferences(Collection<String> images) {
        String names = images.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        own = images.isEmpty()
                ? Pattern.compile("(?!)")
                : Pattern.compile("(?<![A-Za-z0-9._/:@-])((?:[A-Za-z0-9._-]{1,200}(?::[0-9]{1,5})?/){1,12}(?:" + names
                        + ")(?::[A-Za-z0-9_][A-Za-z0-9._+-]*+|@sha256:[0-9a-f]{64})+)(?![/{])");
    }

    /** Of objects as Helm renders them. */
    Set<ImageReference> inRendered(String yaml) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setCodePointLimit(yaml.length() + 1)
                    .setAllowDuplicateKeys(true)
                    .build();
            YamlCeiling.require(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8), settings);
            for (Object document : new Load(settings).loadAllFromString(yaml)) {
                value("", document);
            }
        } catch (YamlEngineException e) {
            text(yaml); // Helm printed it, so the cluster will say what is wrong with it
        }
        return found;
    }

    /** Of a values file as it is: what stands in a template's hands is not seen. */
    Set<ImageReference> inValues(String yaml) {
        inRendered(yaml);
        found.removeIf(each -> each.tag().isEmpty() && each.digest().isEmpty());
        return found;
    }

    /** Of a template: the images that are written out whole, and the project's own names wherever they stand. */
    Set<ImageReference> inTemplate(String template) {
        Matcher line = WRITTEN.matcher(template);
        while (line.find()) {
            ImageReference.parse(line.group(1)).ifPresent(found::add);
        }
        text(template.replaceAll("(?m)(^|\\s)#.*$", "").replaceAll("\\{\\{-?\\s*/\\*(?s:.*?)\\*/\\s*-?}}", ""));
        return found;
    }

    private void value(String key, Object value) {
        if (value instanceof String text) {
            if (IMAGE_KEY.matcher(key).matches() && !text.contains("{{")) {
                ImageReference.parse(text).ifPresent(found::add);
            } else {
                text(text);
            }
        } else if (value instanceof List<?> list && seen.add(list)) {
            list.forEach(each -> value(key.equals("images") ? "image" : key, each));
        } else if (value instanceof Map<?, ?> map && seen.add(map)) {
            joined(map).ifPresent(found::add);
            map.forEach((k, v) -> value(String.valueOf(k), v));
        }
    }

    /** {@code registry}, {@code repository} or {@code name}, and {@code tag} or {@code digest}, as charts and operators cut them. */
    private static Optional<ImageReference> joined(Map<?, ?> map) {
        String name = text(map, "repository");
        boolean both = !text(map, "registry").isEmpty();
        name = name.isEmpty() && both ? text(map, "name") : name;
        name = name.isEmpty() && text(map, "image").matches("[^:@]+(?::[0-9]+/[^:@]+)?") ? text(map, "image") : name;
        String tag = text(map, "tag");
        String digest = text(map, "digest");
        if (name.isEmpty() || name.contains("://") || (tag.isEmpty() && digest.isEmpty())) {
            return Optional.empty(); // without a tag it is the template that knows
        }
        String registry = text(map, "registry").replaceAll("/+$", "");
        return ImageReference.parse((registry.isEmpty() ? "" : registry + "/")
                + name
                + (tag.isEmpty() ? "" : ":" + tag)
                + (digest.isEmpty() ? "" : "@" + digest));
    }

    private static String text(Map<?, ?> map, String key) {
        Object value = map.get(key);
        String text = value instanceof String || value instanceof Number
                ? String.valueOf(value).strip()
                : "";
        return text.contains("{{") ? "" : text;
    }

    private void text(String text) {
        Matcher matcher = own.matcher(text);
        while (matcher.find()) {
            ImageReference.parse(matcher.group(1)).ifPresent(found::add);
        }
    }

    /** In a stable order, for sentences. */
    static List<ImageReference> sorted(Collection<ImageReference> references) {
        List<ImageReference> all = new ArrayList<>(references);
        all.sort(java.util.Comparator.comparing(ImageReference::toString));
        return all;
    }
}
