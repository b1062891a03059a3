package io.jenkins.plugins.darwin.edit;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Leave;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a bump leaves behind: every line of every text file that still has the last released version, or one that the bump
 * replaced elsewhere. A place that nobody configured is found before it is released, not after.
 */
public final class Leftovers {
    /** Lines of one file that are kept; a lock file has thousands of other packages at the same version. */
    public static final int MOST_LINES = 1_000;

    /** Versions that say nothing about a release. */
    private static final Pattern PLACEHOLDER = Pattern.compile("0\\.0\\.[01](?:[-.+].*)?");

    private static final Pattern VERSION =
            Pattern.compile("[vV]?([0-9]+\\.[0-9]+\\.[0-9]+(?:[-.+]?[0-9A-Za-z][0-9A-Za-z.+-]*)?)");
    private static final int LONGEST = 120;

    private final Set<String> versions;
    private final Map<String, byte[]> edited;
    private final List<Rule> rules;
    private final TreeMap<String, List<Leftover>> found = new TreeMap<>();

    private record Rule(Glob files, String containing) {}

    /**
     * @param plan the bump: its files are searched as they will be, and what it replaces is searched for as well
     * @param released the last released version
     * @param leave lines that are known and may stay
     */
    public Leftovers(EditPlan plan, Collection<String> released, List<Leave> leave) {
        this.edited = plan.contents();
        this.versions = new LinkedHashSet<>(released);
        plan.places().stream()
                .filter(EditPlan.EditedPlace::changed)
                .map(p -> VERSION.matcher(p.oldValue().strip()))
                .filter(Matcher::matches)
                .map(m -> m.group(1))
                .filter(v -> !PLACEHOLDER.matcher(v).matches())
                .forEach(versions::add);
        plan.places().forEach(p -> versions.remove(p.newValue().replaceFirst("^[vV]", "")));
        this.rules = leave.stream()
                .map(l -> new Rule(Glob.parse(l.files()), l.containing()))
                .toList();
    }

    /** Whether there is anything to look for. */
    public boolean isNeeded() {
        return !versions.isEmpty();
    }

    /** Looks through one file, as the tree has it; one that comes again is looked through again. */
    public void take(String path, byte[] content) {
        byte[] bytes = edited.getOrDefault(path, content);
        List<Rule> here = rules.stream().filter(r -> r.files.matches(path)).toList();
        found.remove(path);
        if (here.stream().anyMatch(r -> r.containing.isEmpty())) {
            return;
        }
        String text = text(path, bytes);
        TreeMap<Integer, String> hits = new TreeMap<>();
        for (String version : versions) {
            for (int at = text.indexOf(version); at >= 0; at = text.indexOf(version, at + 1)) {
                if (isWhole(text, at, at + version.length())) {
                    // The longer of two that begin alike: 1.3.0-SNAPSHOT rather than 1.3.0.
                    hits.merge(at, version, (a, b) -> a.length() > b.length() ? a : b);
                }
            }
        }
        if (!hits.isEmpty() && (text.length() != bytes.length || !SourceText.isBinary(bytes))) {
            List<Leftover> lines = lines(path, text, hits, here);
            if (!lines.isEmpty()) {
                found.put(path, lines);
            }
        }
    }

    /** All of them, by file and line. */
    public List<Leftover> found() {
        return found.values().stream().flatMap(List::stream).toList();
    }

    private static List<Leftover> lines(String path, String text, TreeMap<Integer, String> hits, List<Rule> rules) {
        List<Leftover> lines = new ArrayList<>();
        int line = 1;
        int begin = 0;
        for (Map.Entry<Integer, String> hit : hits.entrySet()) {
            for (int feed = text.indexOf('\n', begin);
                    feed >= 0 && feed < hit.getKey();
                    feed = text.indexOf('\n', begin)) {
                begin = feed + 1;
                line++;
            }
            int end = text.indexOf('\n', hit.getKey());
            String whole = text.substring(begin, end < 0 ? text.length() : end);
            boolean again = !lines.isEmpty() && lines.get(lines.size() - 1).line() == line;
            if (!again && rules.stream().noneMatch(r -> whole.contains(r.containing)) && lines.size() < MOST_LINES) {
                lines.add(new Leftover(path, line, hit.getValue(), shown(whole, hit.getKey() - begin)));
            }
        }
        return lines;
    }

    /** The part of a line around the version: minified files have one line. */
    private static String shown(String line, int at) {
        int from = line.length() <= LONGEST ? 0 : Math.max(0, at - LONGEST / 2);
        String part = line.substring(from, Math.min(line.length(), from + LONGEST));
        return ForeignText.line(readable(part));
    }

    /** From single bytes to what they mean where they are UTF-8. */
    private static String readable(String part) {
        if (part.chars().allMatch(c -> c < 0x80) || part.chars().anyMatch(c -> c > 0xff)) {
            return part;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(part.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return part;
        }
    }

    /** Bytes as chars, which is quick and finds ASCII in every encoding but UTF-16. */
    private static String text(String path, byte[] bytes) {
        boolean wide = bytes.length > 1
                && (bytes[0] == 0 || bytes[1] == 0 || (bytes[0] & 0xfe) == 0xfe && (bytes[1] & 0xfe) == 0xfe);
        if (wide) {
            try {
                return SourceText.decodeAny(path, bytes).text();
            } catch (ReleaseException e) {
                return ""; // binary
            }
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Whether it is not a part of a longer number: not 11.2.0, 1.2.01, 4.1.2.0 or 1.2.0.3. */
    private static boolean isWhole(String text, int from, int to) {
        char before = from == 0 ? ' ' : text.charAt(from - 1);
        char beforeThat = from < 2 ? ' ' : text.charAt(from - 2);
        char after = to == text.length() ? ' ' : text.charAt(to);
        char afterThat = to + 1 >= text.length() ? ' ' : text.charAt(to + 1);
        return !isDigit(before)
                && !(before == '.' && isDigit(beforeThat))
                && !isDigit(after)
                && !(after == '.' && isDigit(afterThat));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
