package io.jenkins.plugins.darwin.notes;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Version;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code RELEASE_NOTES.md}: the sections of the release process (P4.1) from the commits since the previous release.
 *
 * <ul>
 *   <li>{@code feat} and {@code fix} are entries, oldest first, as {@code feat(compute): GPU node support (#123)}.
 *   <li>A breaking change is told by the text of its BREAKING CHANGE footer, or else by its description.
 *   <li>Work on the project itself ({@code chore}, {@code ci}, {@code docs}, ...) is left out, unless it is breaking.
 *   <li>Any other subject goes to Other Changes: nothing that a user may notice is lost.
 *   <li>The footers {@code Highlight:}, {@code Upgrade-Note:} and {@code Known-Issue:} of any commit fill those sections.
 * </ul>
 *
 * <p>See {@link Changes} for what reverts, backports, merges and version bumps do. The same input gives the same text.
 */
public final class ReleaseNotes {
    /** The file's name in a candidate. */
    public static final String FILE = "RELEASE_NOTES.md";

    private static final Set<String> FEATURE = Set.of("feat", "feature");
    private static final Set<String> FIX = Set.of("fix", "bugfix", "hotfix");
    private static final Set<String> INTERNAL =
            Set.of("build", "chore", "ci", "docs", "doc", "refactor", "style", "test", "tests");
    private static final Pattern PULL_REQUEST = Pattern.compile("(\\(#\\d+\\))$");

    private enum Section {
        HIGHLIGHTS("Highlights"),
        FEATURES("New Features"),
        FIXES("Bug Fixes"),
        BREAKING("Breaking Changes"),
        UPGRADE("Upgrade Notes"),
        ISSUES("Known Issues"),
        OTHER("Other Changes");

        private final String title;

        Section(String title) {
            this.title = title;
        }
    }

    /**
     * What commits don't say. Lines are plain text, one an entry, before those that commits give.
     *
     * @param released commits, by full id, that the previous release already had under another id (its backports' origins)
     */
    public record Options(
            List<String> highlights, List<String> upgradeNotes, List<String> knownIssues, Set<CommitId> released) {
        public Options {
            highlights = List.copyOf(highlights);
            upgradeNotes = List.copyOf(upgradeNotes);
            knownIssues = List.copyOf(knownIssues);
            released = Set.copyOf(released);
        }

        /** Nothing beside the commits. */
        public static Options none() {
            return new Options(List.of(), List.of(), List.of(), Set.of());
        }
    }

    private final Map<Section, Set<String>> entries = new EnumMap<>(Section.class);

    private ReleaseNotes(Options options) {
        for (Section section : Section.values()) {
            entries.put(section, new LinkedHashSet<>());
        }
        options.highlights().forEach(line -> add(Section.HIGHLIGHTS, line));
        options.upgradeNotes().forEach(line -> add(Section.UPGRADE, line));
        options.knownIssues().forEach(line -> add(Section.ISSUES, line));
    }

    /**
     * Writes the notes.
     *
     * @param previous the release that the commits come after, empty for the first
     * @param commits newest first, as {@code git log} gives them
     * @return Markdown, with LF line ends
     */
    public static String render(
            String project, Version version, Optional<Version> previous, List<NoteCommit> commits, Options options) {
        ReleaseNotes notes = new ReleaseNotes(options);
        List<NoteCommit> shown = Changes.of(commits, options.released());
        for (int i = shown.size() - 1; i >= 0; i--) {
            notes.add(shown.get(i));
        }
        return notes.markdown(project, version, previous);
    }

    private void add(NoteCommit commit) {
        Optional<ConventionalCommit> parsed = ConventionalCommit.parse(commit.message());
        if (parsed.isEmpty()) {
            add(Section.OTHER, commit.subject());
            return;
        }
        ConventionalCommit change = parsed.get();
        List<String> breaking = change.breakingTexts().filter(t -> !t.isEmpty()).toList();
        breaking.forEach(text -> add(Section.BREAKING, breakingText(change, text)));
        if (change.breaking() && breaking.isEmpty()) {
            // The subject is all there is to tell: once, where it matters.
            add(Section.BREAKING, scoped(change, change.description()));
        } else if (FEATURE.contains(change.type())) {
            add(Section.FEATURES, change.subject());
        } else if (FIX.contains(change.type())) {
            add(Section.FIXES, change.subject());
        } else if (!INTERNAL.contains(change.type())) {
            add(Section.OTHER, change.subject());
        }
        change.footer("Highlight").forEach(text -> add(Section.HIGHLIGHTS, text));
        change.footer("Upgrade-Note").forEach(text -> add(Section.UPGRADE, text));
        change.footer("Known-Issue").forEach(text -> add(Section.ISSUES, text));
    }

    /** The footer's text, with the scope and the pull request that it doesn't name itself. */
    private static String breakingText(ConventionalCommit change, String text) {
        Matcher pull = PULL_REQUEST.matcher(change.description());
        String number = pull.find() && !text.contains(pull.group(1)) ? " " + pull.group(1) : "";
        return scoped(change, text) + number;
    }

    private static String scoped(ConventionalCommit change, String text) {
        boolean named = change.scope().isEmpty()
                || text.toLowerCase(Locale.ROOT).startsWith(change.scope().get().toLowerCase(Locale.ROOT));
        return named ? text : change.scope().get() + ": " + text;
    }

    private void add(Section section, String text) {
        String line = Markdown.line(text);
        if (!line.isEmpty()) {
            entries.get(section).add(line);
        }
    }

    private String markdown(String project, Version version, Optional<Version> previous) {
        StringBuilder out = new StringBuilder();
        String title =
                project.isEmpty() ? project : project.substring(0, 1).toUpperCase(Locale.ROOT) + project.substring(1);
        out.append("# ")
                .append(Markdown.line(title))
                .append(" v")
                .append(version)
                .append(" Release Notes\n");
        boolean empty = true;
        for (Section section : Section.values()) {
            Set<String> lines = entries.get(section);
            if (!lines.isEmpty()) {
                empty = false;
                out.append("\n## ").append(section.title).append('\n');
                lines.forEach(line -> out.append("- ").append(line).append('\n'));
            }
        }
        if (empty) {
            out.append("\nNo changes for users")
                    .append(previous.map(p -> " since v" + p).orElse(""))
                    .append(".\n");
        }
        return out.toString();
    }
}
