package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.edit.EditPlan;
import io.jenkins.plugins.darwin.edit.Placeholders;
import io.jenkins.plugins.darwin.edit.VersionEdits;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.git.MergePlaces;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VersionFile;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The places of the version on the three sides of a merge of a release into trunk. The bump wrote them, so no person has to
 * decide about them: trunk keeps its own value where that is higher or stands for no release, and else gets the release's.
 */
final class VersionPlaces {
    private static final Pattern NUMBERS =
            Pattern.compile("[^0-9]*([0-9]{1,9})\\.([0-9]{1,9})(?:\\.([0-9]{1,9}))?([-.+]?[A-Za-z].*)?\\W*");
    /** What trunk holds where its own builds have no version of a release. */
    private static final Pattern STAND_IN = Pattern.compile(
            "v?0\\.0\\.0(?:[-.+].*)?|(?:.*[-.])?(?:dev|nightly|snapshot)[.0-9]*", Pattern.CASE_INSENSITIVE);

    private final Side base;
    private final Side ours;
    private final Side theirs;

    private VersionPlaces(Side base, Side ours, Side theirs) {
        this.base = base;
        this.ours = ours;
        this.theirs = theirs;
    }

    /** Looks for the places that trunk's configuration or the release's names, in the files of all three. */
    static VersionPlaces of(Workspace workspace, CommitId trunk, CommitId released) {
        Set<VersionFile> files = new LinkedHashSet<>();
        ReleaseConfig config = workspace.config(trunk);
        files.addAll(config.versionFiles());
        files.addAll(workspace.config(released).versionFiles());
        List<CommitId> bases = workspace.git().mergeBases(trunk, released);
        return new VersionPlaces(
                bases.size() == 1 ? Side.read(workspace, bases.get(0), files, config) : Side.none(),
                Side.read(workspace, trunk, files, config),
                Side.read(workspace, released, files, config));
    }

    /** All three sides hold the value that trunk shall hold, so none of them differs there. */
    MergePlaces settled() {
        return places(wanted());
    }

    /** Also without what the bump wrote to places that trunk no longer has; empty when there are none. */
    Optional<MergePlaces> withoutBump() {
        Map<Key, String> undone = new TreeMap<>();
        theirs.values.forEach((key, value) -> {
            String before = base.values.get(key);
            if (!ours.values.containsKey(key) && before != null && !before.equals(value)) {
                undone.put(key, before);
            }
        });
        if (undone.isEmpty()) {
            return Optional.empty();
        }
        Map<Key, String> wanted = wanted();
        MergePlaces settled = places(wanted);
        undone.putAll(wanted);
        return Optional.of(new MergePlaces(settled.base(), settled.ours(), theirs.with(undone)));
    }

    private MergePlaces places(Map<Key, String> wanted) {
        return new MergePlaces(base.with(wanted), ours.with(wanted), theirs.with(wanted));
    }

    private Map<Key, String> wanted() {
        Map<Key, String> wanted = new TreeMap<>();
        theirs.values.forEach((key, value) -> {
            String trunk = ours.values.get(key);
            if (trunk != null) {
                wanted.put(key, wanted(Optional.ofNullable(base.values.get(key)), trunk, value));
            }
        });
        return wanted;
    }

    /** @param base empty when it has no such place, or none that is known */
    static String wanted(Optional<String> base, String trunk, String released) {
        if (trunk.equals(released) || STAND_IN.matcher(trunk).matches()) {
            return trunk;
        }
        Optional<Integer> order = compare(trunk, released);
        if (order.isPresent()) {
            return order.get() < 0 && !base.equals(Optional.of(released)) ? released : trunk;
        }
        return base.equals(Optional.of(trunk)) ? released : trunk;
    }

    /** By numbers; of two with the same, the one with a suffix is lower (SemVer 11). Empty when one is no version. */
    static Optional<Integer> compare(String a, String b) {
        Matcher left = NUMBERS.matcher(a);
        Matcher right = NUMBERS.matcher(b);
        if (!left.matches() || !right.matches()) {
            return Optional.empty();
        }
        for (int group = 1; group <= 3; group++) {
            int order = Integer.compare(number(left.group(group)), number(right.group(group)));
            if (order != 0) {
                return Optional.of(order);
            }
        }
        return Optional.of(Boolean.compare(left.group(4) == null, right.group(4) == null));
    }

    private static int number(String text) {
        return text == null ? 0 : Integer.parseInt(text);
    }

    /** A place, the same on all sides. */
    record Key(String file, PlaceKind kind, String path) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return java.util.Comparator.comparing(Key::file)
                    .thenComparing(Key::kind)
                    .thenComparing(Key::path)
                    .compare(this, other);
        }
    }

    /** One commit's places with their values. */
    private record Side(Optional<GitTree> tree, Map<Key, String> values) {
        static Side none() {
            return new Side(Optional.empty(), Map.of());
        }

        static Side read(Workspace workspace, CommitId commit, Set<VersionFile> files, ReleaseConfig config) {
            GitTree tree = workspace.git().tree(commit);
            List<String> paths = tree.paths();
            Map<String, String> placeholders = Placeholders.of(new Version(0, 0, 0), config.registry());
            Map<Key, String> values = new TreeMap<>();
            Set<Key> unclear = new LinkedHashSet<>();
            for (VersionFile file : files) {
                for (Place place : file.places()) {
                    VersionFile one = new VersionFile(
                            file.files(), List.of(new Place(place.kind(), place.path(), place.value(), true)), true);
                    for (EditPlan.EditedPlace found : found(tree, paths, one, placeholders)) {
                        Key key = new Key(found.file(), place.kind(), found.path());
                        String before = values.putIfAbsent(key, found.oldValue());
                        if (before != null && !before.equals(found.oldValue())
                                || found.oldValue().contains("${")) {
                            unclear.add(key);
                        }
                    }
                }
            }
            values.keySet().removeAll(unclear);
            return new Side(Optional.of(tree), values);
        }

        private static List<EditPlan.EditedPlace> found(
                GitTree tree, List<String> paths, VersionFile file, Map<String, String> placeholders) {
            try {
                return VersionEdits.plan(
                                List.of(file),
                                paths,
                                Map::of,
                                path -> tree.read(path).orElseThrow(),
                                placeholders)
                        .places();
            } catch (ReleaseException e) {
                return List.of(); // what can't be read is merged as it is
            }
        }

        /** New content of the files in which these values differ. */
        Map<String, byte[]> with(Map<Key, String> wanted) {
            Map<String, List<Place>> places = new TreeMap<>();
            wanted.forEach((key, value) -> {
                if (values.containsKey(key) && !values.get(key).equals(value)) {
                    places.computeIfAbsent(key.file(), f -> new ArrayList<>())
                            .add(new Place(key.kind(), key.path(), value, true));
                }
            });
            Map<String, byte[]> contents = new TreeMap<>();
            places.forEach((file, literal) -> {
                try {
                    contents.putAll(VersionEdits.plan(
                                    List.of(new VersionFile("**", literal, true)),
                                    List.of(file),
                                    Map::of,
                                    path -> tree.orElseThrow().read(path).orElseThrow(),
                                    Map.of())
                            .contents());
                } catch (ReleaseException e) {
                    // merged as it is
                }
            });
            return contents;
        }
    }
}
