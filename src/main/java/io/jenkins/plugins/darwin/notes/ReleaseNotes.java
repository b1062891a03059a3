package io.jenkins.plugins.darwin.notes;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.model.VersionStep;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code RELEASE_NOTES.md}: the sections of the release process (P4.1) from the commits since the previous release.
 *
 * <ul>
 *   <li>{@code feat} and {@code fix} are entries, oldest first, as {@code feat(compute): GPU node support (#123)}.
 *   <li>What names a CVE or GHSA, or is marked as security, goes to Security, also an update of a dependency.
 *   <li>A breaking change is told by the text of its BREAKING CHANGE footer, or else by its description.
 *   <li>Any other subject goes to Other Changes: nothing that a user may notice is lost.
 *   <li>Work on the project itself ({@code chore}, {@code ci}, {@code docs}, ...) is counted and listed in a folded part.
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
    private static final Set<String> SECURITY = Set.of("security", "sec");
    private static final Pattern PULL_REQUEST = Pattern.compile("(\\(#\\d+\\))$");

    /**
     * What commits don't say.
     *
     * @param extra what the release manager wrote, before what commits give
     * @param released commits, by full id, that an earlier release already had under another id (its backports' origins)
     */
    public record Options(ExtraNotes extra, Set<CommitId> released) {
        public Options {
            released = Set.copyOf(released);
        }

        /** Nothing beside the commits. */
        public static Options none() {
            return new Options(ExtraNotes.NONE, Set.of());
        }
    }

    private final Map<Section, Set<String>> entries = new EnumMap<>(Section.class);
    private final Folded folded = new Folded();
    private final ExtraNotes extra;
    private final Account account;

    private ReleaseNotes(List<NoteCommit> commits, Options options) {
        this.extra = options.extra();
        for (Section section : Section.values()) {
            entries.put(section, new LinkedHashSet<>());
        }
        Changes.Result changes = Changes.of(commits, options.released());
        int told = 0;
        for (Changes.Entry entry : changes.entries()) {
            told += add(entry) ? 1 : 0;
        }
        account = new Account(
                told,
                changes.entries().size() - told,
                changes.taken(),
                changes.bumps(),
                changes.merges(),
                changes.repeated());
    }

    /**
     * Sorts the commits into sections.
     *
     * @param commits newest first, no parent before its child, as {@code git log --topo-order} gives them
     */
    public static ReleaseNotes of(List<NoteCommit> commits, Options options) {
        return new ReleaseNotes(commits, options);
    }

    /** What became of each commit. */
    public Account account() {
        return account;
    }

    /** What these changes need of a version (SemVer 2.0.0, rules 6 to 8). */
    public VersionStep step() {
        return !entries.get(Section.BREAKING).isEmpty()
                ? VersionStep.MAJOR
                : !entries.get(Section.FEATURES).isEmpty()
                        ? VersionStep.MINOR
                        : account.told() > 0 ? VersionStep.PATCH : VersionStep.NONE;
    }

    /** The entries that need a step, as the notes tell them. */
    public List<String> reasons(VersionStep step) {
        return switch (step) {
            case MAJOR -> List.copyOf(entries.get(Section.BREAKING));
            case MINOR -> List.copyOf(entries.get(Section.FEATURES));
            case PATCH ->
                Stream.of(Section.SECURITY, Section.FIXES, Section.OTHER)
                        .flatMap(section -> entries.get(section).stream())
                        .toList();
            case NONE -> List.of();
        };
    }

    /** Adds what one change says, and tells whether users see any of it unfolded. */
    private boolean add(Changes.Entry entry) {
        List<String> messages = SquashedMessage.split(entry.message());
        boolean seen = false;
        Set<String> subjects = new HashSet<>();
        for (int i = messages.size() - 1; i > 0; i--) {
            subjects.add(ConventionalCommit.parse(messages.get(i))
                    .map(ConventionalCommit::description)
                    .orElse(""));
        }
        for (int i = 1; i < messages.size(); i++) {
            seen |= add(messages.get(i), entry.folded());
        }
        // The head of a squashed message tells nothing new when its parts do, unless it is a change for users itself.
        String head = messages.get(0);
        Optional<ConventionalCommit> parsed = ConventionalCommit.parse(head);
        boolean headFolded = entry.folded() || seen && parsed.isEmpty();
        if (messages.size() > 1
                && parsed.isPresent()
                && subjects.contains(parsed.get().description())) {
            return seen;
        }
        return add(head, headFolded) | seen;
    }

    private boolean add(String message, boolean foldedByOthers) {
        Optional<ConventionalCommit> parsed = ConventionalCommit.parse(message);
        CommitMessage parts = CommitMessage.of(message);
        if (parsed.isEmpty()) {
            boolean security = Folded.securitySubject(parts.subject())
                    || Folded.isUpdate(parts.subject()) && Folded.names(message);
            ConventionalCommit.footers(parts.body()).forEach(this::addFooter);
            if (security) {
                return add(Section.SECURITY, parts.subject());
            }
            if (foldedByOthers || Folded.isUpdate(parts.subject())) {
                return folded.add(Optional.empty(), parts.subject());
            }
            return add(Section.OTHER, parts.subject());
        }
        ConventionalCommit change = parsed.get();
        boolean seen = false;
        List<String> breaking = change.breakingTexts().filter(t -> !t.isEmpty()).toList();
        for (String text : breaking) {
            seen |= add(Section.BREAKING, breakingText(change, text));
        }
        change.footers().forEach(this::addFooter);
        if (change.breaking() && breaking.isEmpty()) {
            // The subject is all there is to tell: once, where it matters.
            return add(Section.BREAKING, scoped(change, change.description()));
        }
        if (security(change, message)) {
            return add(Section.SECURITY, change.subject());
        }
        if (FEATURE.contains(change.type())) {
            return add(Section.FEATURES, change.subject());
        }
        if (FIX.contains(change.type()) && !Folded.isUpdate(change)) {
            return add(Section.FIXES, change.subject());
        }
        if (foldedByOthers || Folded.isInternal(change)) {
            return seen || folded.add(parsed, change.subject());
        }
        return add(Section.OTHER, change.subject());
    }

    private static boolean security(ConventionalCommit change, String message) {
        return SECURITY.contains(change.type())
                || change.scope()
                        .map(s -> SECURITY.contains(s.toLowerCase(Locale.ROOT)))
                        .orElse(false)
                || Folded.securitySubject(change.description())
                || Folded.isInternal(change) && Folded.names(message);
    }

    private void addFooter(ConventionalCommit.Footer footer) {
        for (Section section : Section.values()) {
            if (section.footer().filter(footer.token()::equalsIgnoreCase).isPresent()) {
                add(section, footer.value());
            }
        }
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

    /** Adds an item; further paragraphs stand indented below its first line. */
    private boolean add(Section section, String text) {
        String item = text.lines().map(Markdown::line).filter(l -> !l.isEmpty()).collect(Collectors.joining("\n\n  "));
        if (!item.isEmpty()) {
            entries.get(section).add(item);
        }
        return !item.isEmpty();
    }

    /**
     * Writes the notes.
     *
     * @param previous the release that the commits come after, empty for the first
     * @return Markdown, with LF line ends
     */
    public String markdown(String project, Version version, Optional<Version> previous) {
        StringBuilder out = new StringBuilder();
        String title =
                project.isEmpty() ? project : project.substring(0, 1).toUpperCase(Locale.ROOT) + project.substring(1);
        out.append("# ")
                .append(Markdown.line(title))
                .append(" v")
                .append(version)
                .append(" Release Notes\n");
        extra.introduction().ifPresent(text -> out.append('\n').append(text).append('\n'));
        boolean empty = extra.isEmpty();
        for (Section section : Section.values()) {
            Set<String> lines = entries.get(section);
            Optional<String> written = extra.section(section);
            if (!lines.isEmpty() || written.isPresent()) {
                empty = false;
                out.append("\n## ").append(section.title()).append('\n');
                written.ifPresent(text -> out.append(text).append('\n'));
                lines.forEach(line -> out.append("- ").append(line).append('\n'));
            }
        }
        extra.others()
                .forEach((heading, text) -> out.append("\n## ")
                        .append(heading)
                        .append('\n')
                        .append(text)
                        .append('\n'));
        if (empty) {
            out.append("\nNo changes for users")
                    .append(previous.map(p -> " since v" + p).orElse(""))
                    .append(".\n");
        }
        return out.append(folded.markdown()).toString();
    }
}
