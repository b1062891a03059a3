package io.jenkins.plugins.darwin.notes;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.Version;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a release manager wrote in {@code release-notes/X.Y.Z.md} of the repository: Markdown, which stays as it is. A heading
 * that names a section of the notes adds to that section; any other is a section of its own; what stands before the first
 * heading opens the notes.
 */
public final class ExtraNotes {
    private static final Pattern HEADING = Pattern.compile("#{1,3}\\s+(\\S.*?)\\s*#*");

    /** Nothing. */
    public static final ExtraNotes NONE = new ExtraNotes("");

    private final Map<Section, String> sections = new EnumMap<>(Section.class);
    private final Map<String, String> others = new LinkedHashMap<>();
    private final String introduction;

    private ExtraNotes(String markdown) {
        Map<String, StringBuilder> parts = new LinkedHashMap<>();
        StringBuilder part = parts.computeIfAbsent("", h -> new StringBuilder());
        boolean fenced = false;
        boolean first = true;
        for (String line : ForeignText.lines(markdown.replace("\r\n", "\n")).split("\n", -1)) {
            fenced ^= line.startsWith("```") || line.startsWith("~~~");
            Matcher heading = HEADING.matcher(line);
            if (!fenced && heading.matches()) {
                // The file's own title is not repeated.
                String name = first && line.startsWith("# ") ? "" : heading.group(1);
                part = parts.computeIfAbsent(name, h -> new StringBuilder());
                first = false;
            } else {
                part.append(line).append('\n');
                first &= line.isBlank();
            }
        }
        introduction = parts.remove("").toString().strip();
        parts.forEach((heading, text) -> {
            String body = text.toString().strip();
            for (Section section : Section.values()) {
                if (section.title().equalsIgnoreCase(heading)) {
                    sections.merge(section, body, (a, b) -> a + "\n" + b);
                    return;
                }
            }
            others.merge(Markdown.line(heading), body, (a, b) -> a + "\n" + b);
        });
        sections.values().removeIf(String::isEmpty);
    }

    /** Reads the file's text. */
    public static ExtraNotes of(String markdown) {
        return new ExtraNotes(markdown);
    }

    /** Where the file is in the repository. */
    public static String path(Version version) {
        return "release-notes/" + version + ".md";
    }

    Optional<String> introduction() {
        return Optional.of(introduction).filter(t -> !t.isEmpty());
    }

    Optional<String> section(Section section) {
        return Optional.ofNullable(sections.get(section));
    }

    Map<String, String> others() {
        return others;
    }

    boolean isEmpty() {
        return introduction.isEmpty() && sections.isEmpty() && others.isEmpty();
    }
}
