package io.jenkins.plugins.darwin.edit;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Places that a regular expression finds: its one group is the value; {@code ^} and {@code $} stand for lines. */
public final class RegexPlaces {
    /** Steps of matching for one file; a sound expression needs a few for each char. */
    private static final long MOST_STEPS = 50_000_000;
    /** Steps for all files of a plan: some seconds. */
    static final long MOST_STEPS_OF_ALL = 2_000_000_000;

    private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+");

    private RegexPlaces() {}

    /** @throws ReleaseException usage, when it is no expression or has not exactly one group */
    public static Pattern compile(String expression) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(expression, Pattern.MULTILINE);
        } catch (PatternSyntaxException e) {
            throw ReleaseException.usage(
                    "Not a regular expression: '" + shown(expression) + "' (" + e.getDescription() + ").");
        }
        int groups = pattern.matcher("").groupCount();
        if (groups != 1) {
            throw ReleaseException.usage(
                    "The regular expression '" + shown(expression) + "' has " + groups
                            + " groups; expected exactly one, around the value: version=\"([^\"]+)\" ((?:...) groups without counting).");
        }
        return pattern;
    }

    /**
     * Each match's group, as a plain scalar.
     *
     * @param left steps that are left for all files; counted down
     */
    static List<Item.Scalar> find(SourceText source, Pattern pattern, long[] left) {
        List<Item.Scalar> found = new ArrayList<>();
        long here = Math.min(MOST_STEPS, left[0]);
        long[] steps = {here};
        Matcher matcher = pattern.matcher(new Bounded(source.text(), steps));
        try {
            while (matcher.find()) {
                if (matcher.start(1) >= 0) {
                    found.add(new Item.Scalar(
                            matcher.start(1),
                            matcher.end(1),
                            source.text().substring(matcher.start(1), matcher.end(1)),
                            Item.Type.STRING,
                            Item.Style.PLAIN));
                }
            }
        } catch (TooManySteps | StackOverflowError e) {
            throw ReleaseException.refused(source.name() + ": the regular expression '" + shown(pattern.pattern())
                    + "' does not come to an end on this file; make it simpler, without nested repetition.");
        } finally {
            left[0] -= here - Math.max(0, steps[0]);
        }
        return found;
    }

    /** The line that has most of the expression's words, or a version: where a person would look first. */
    static Optional<String> nearest(SourceText source, String expression) {
        List<String> words = Pattern.compile("[A-Za-z_]{3,}")
                .matcher(expression.replaceAll("\\\\[A-Za-z]|\\[[^\\]]*]", " "))
                .results()
                .map(m -> m.group().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        String best = null;
        long most = 0;
        int number = 0;
        for (String line : source.text().split("\\R", 10_000)) {
            number++;
            String lower = line.toLowerCase(Locale.ROOT);
            long score = 2 * words.stream().filter(lower::contains).count()
                    + (line.length() < 1_000 && VERSION.matcher(line).find() ? 1 : 0);
            if (score > most && !line.isBlank()) {
                most = score;
                best = "line " + number + ", '" + Version.printable(line.strip()) + "'";
            }
        }
        return Optional.ofNullable(best);
    }

    private static String shown(String expression) {
        return ForeignText.shown(expression);
    }

    /** The JDK's matcher can't be interrupted, but it asks for every char: a limit there ends a runaway expression. */
    private record Bounded(CharSequence text, long[] left) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (left[0]-- <= 0) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Bounded(text.subSequence(start, end), left);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
