package io.jenkins.plugins.darwin.edit;

import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VersionFile;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Puts a release's values into the version files that {@code darwin-release.yaml} names. */
public final class VersionEdits {
    private final List<String> paths;
    private final Function<String, byte[]> read;
    private final Map<String, String> placeholders;
    private final ValueWriter writer = new ValueWriter();
    private final long[] steps = {RegexPlaces.MOST_STEPS_OF_ALL};
    private final TreeMap<String, FileEdits> open = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    /** Files that couldn't be read, so that each is told once. */
    private final Set<String> unreadable = new HashSet<>();

    private final Supplier<Map<String, String>> links;

    private VersionEdits(
            List<String> paths,
            Supplier<Map<String, String>> links,
            Function<String, byte[]> read,
            Map<String, String> placeholders) {
        this.paths = paths;
        this.links = links;
        this.read = read;
        this.placeholders = placeholders;
    }

    /**
     * Plans the edits; nothing is written.
     *
     * <p>A place without wildcards must be in every file of its glob, one with wildcards in at least one of them, unless
     * the place or the version file is optional. Where a YAML key is there twice, both places are edited and a warning
     * names both lines.
     *
     * @param paths of all regular files in the tree (no symbolic links), relative to its root
     * @param links what each symbolic link of the tree holds, by its path; asked for when a pattern fits no file. A link
     *     that is named itself is followed, and the file that it leads to is edited
     * @param read content of one of {@code paths}
     * @param placeholders values for {@link Placeholders#NAMES}
     * @throws ReleaseException refused, with all problems in one message, a line each: a glob or place that matches
     *     nothing and is not optional, a file that can't be parsed, two values for one place
     */
    public static EditPlan plan(
            List<VersionFile> files,
            List<String> paths,
            Supplier<Map<String, String>> links,
            Function<String, byte[]> read,
            Map<String, String> placeholders) {
        return new VersionEdits(paths, links, read, placeholders).plan(files);
    }

    private EditPlan plan(List<VersionFile> files) {
        files.forEach(this::plan);
        List<EditPlan.EditedPlace> places = new ArrayList<>();
        Map<String, byte[]> contents = new TreeMap<>();
        open.forEach((path, edits) -> {
            warnings.addAll(edits.duplicateKeys());
            warnings.addAll(edits.sharedBlocks());
            places.addAll(edits.places());
            try {
                edits.apply().ifPresent(bytes -> contents.put(path, bytes));
            } catch (ReleaseException e) {
                problems.add(e.getMessage());
            }
        });
        if (!problems.isEmpty()) {
            throw ReleaseException.refused("The version files can't be edited:\n" + String.join("\n", problems));
        }
        return new EditPlan(contents, places, warnings);
    }

    private void plan(VersionFile file) {
        Glob glob = Glob.parse(file.files());
        List<String> matched = paths.stream().filter(glob::matches).sorted().toList();
        if (matched.isEmpty()) {
            LinkedFiles linked = new LinkedFiles(links.get());
            matched = linked.file(glob, paths).stream().toList();
            Optional<String> why = matched.isEmpty() ? linked.explain(glob) : Optional.empty();
            why.ifPresent(
                    w -> (file.optional() ? warnings : problems).add("No file matches '" + glob + "': " + w + "."));
            if (why.isPresent()) {
                return;
            }
        }
        if (matched.isEmpty() && !file.optional()) {
            String nearest = Nearest.to(file.files(), paths)
                    .map(p -> "; nearest is '" + p + "'")
                    .orElse("");
            problems.add("No file matches '" + glob + "' (" + paths.size() + " files looked at)" + nearest
                    + "; correct versionFiles or mark it optional: true.");
        }
        for (Place place : file.places()) {
            List<String> missing = new ArrayList<>();
            int found = 0;
            boolean optional = place.optional() || file.optional();
            List<String> inherited = new ArrayList<>();
            for (String path : matched) {
                FileEdits edits = open(path, file.optional());
                found += edits == null ? 0 : place(edits, place, file.optional(), missing, inherited);
            }
            if (!optional && found == 0) {
                inherited.forEach(i -> problems.add(i + " is inherited from the workspace; name the place there:"
                        + " workspace.package.version of the root's Cargo.toml."));
            }
            if (!optional && (found == 0 || !mayMissSome(place))) {
                problems.addAll(missing);
            }
        }
    }

    private static boolean mayMissSome(Place place) {
        return place.kind() != PlaceKind.REGEX && PlacePath.parse(place.path()).hasWildcard();
    }

    private FileEdits open(String path, boolean optional) {
        if (unreadable.contains(path)) {
            return null;
        }
        if (!open.containsKey(path)) {
            try {
                open.put(path, new FileEdits(SourceText.decodeAny(path, read.apply(path)), writer, steps));
            } catch (ReleaseException e) {
                unreadable(path, e, optional);
                return null;
            }
        }
        return open.get(path);
    }

    /** What can't be read is a problem, except where it may be anything: then it stays as it is, with a warning. */
    private void unreadable(String path, ReleaseException e, boolean optional) {
        unreadable.add(path);
        (optional ? warnings : problems).add(e.getMessage() + (optional ? " Left as it is." : ""));
    }

    /** Adds one place's edits in one file; gives how many there are. */
    private int place(FileEdits edits, Place place, boolean optional, List<String> missing, List<String> inherited) {
        String value = Placeholders.fill(place.value(), placeholders);
        String file = edits.source().name();
        try {
            if (place.kind() == PlaceKind.REGEX) {
                return regex(edits, place, value, missing);
            }
            PlaceFinder.Result result = PlaceFinder.find(
                    edits.source(), place.kind(), edits.tree(place.kind()), PlacePath.parse(place.path()));
            problems.addAll(result.wrong());
            inherited.addAll(result.inherited());
            if (result.found().isEmpty()
                    && result.wrong().isEmpty()
                    && result.inherited().isEmpty()) {
                missing.add(file + ": no place '" + place.path() + "'"
                        + result.hint().map(h -> ": " + h).orElse("") + ".");
            }
            result.found().stream()
                    .filter(f -> f.scalar().style() != Item.Style.BLOCK)
                    .forEach(f -> edits.add(
                                    place.kind(),
                                    f,
                                    KeptForm.of(place.value(), f.scalar().value(), value))
                            .ifPresent(problems::add));
            return result.found().size();
        } catch (ReleaseException e) {
            if (e.kind() == ReleaseException.Kind.USAGE) {
                throw e;
            }
            open.remove(file);
            unreadable(file, e, optional);
            return 0;
        }
    }

    private int regex(FileEdits edits, Place place, String value, List<String> missing) {
        Pattern pattern = RegexPlaces.compile(place.path());
        List<Item.Scalar> found = edits.matches(pattern);
        if (found.isEmpty()) {
            missing.add(edits.source().name() + ": the regular expression '" + place.path() + "' matches nothing"
                    + RegexPlaces.nearest(edits.source(), place.path())
                            .map(n -> "; nearest is " + n)
                            .orElse("") + ".");
        }
        // One that finds different values was probably meant for one of them.
        if (found.stream().map(Item.Scalar::value).distinct().count() > 1) {
            warnings.add(edits.source().name() + ": the regular expression '" + place.path() + "' matches "
                    + found.size() + " times, on lines "
                    + found.stream().map(s -> edits.source().line(s.start())).toList() + "; all are edited.");
        }
        found.forEach(s -> edits.add(
                        PlaceKind.REGEX,
                        new PlaceFinder.Found(place.path(), s, false),
                        KeptForm.of(place.value(), s.value(), value))
                .ifPresent(problems::add));
        return found.size();
    }
}
