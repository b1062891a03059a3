package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.edit.EditPlan;
import io.jenkins.plugins.darwin.edit.Placeholders;
import io.jenkins.plugins.darwin.edit.VersionEdits;
import io.jenkins.plugins.darwin.git.GitEntry;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The commit that puts a release's version into its files (P2.2). */
final class Bump {
    /** Places that a warning names; the plan has all. */
    private static final int MOST_NAMED = 12;

    private Bump() {}

    /** Always of the first candidate: later ones change no file. */
    static String message(Version version) {
        return "chore: bump version to " + version + "-RC1";
    }

    /** What the version files at a commit still lack. */
    static EditPlan edits(Workspace workspace, CommitId commit, ReleaseConfig config, Version version) {
        GitTree tree = workspace.git().tree(commit);
        return VersionEdits.plan(
                config.versionFiles(),
                tree.paths(),
                () -> links(tree),
                path -> tree.read(path).orElseThrow(),
                Placeholders.of(version, config.registry()));
    }

    private static Map<String, String> links(GitTree tree) {
        return tree.list().stream()
                .filter(e -> e.mode() == GitEntry.Mode.SYMLINK)
                .collect(Collectors.toMap(
                        GitEntry::path,
                        e -> tree.read(e.path())
                                .map(b -> new String(b, StandardCharsets.UTF_8))
                                .orElse("")));
    }

    /** The values that change in a file, each once with how often it is there: {@code 13 x latest -> 1.3.0}. */
    static String summary(EditPlan edits, String file) {
        Map<String, Long> values = edits.places().stream()
                .filter(p -> p.file().equals(file) && p.changed())
                .collect(Collectors.groupingBy(
                        p -> Version.printable(p.oldValue()) + " -> " + p.newValue(),
                        TreeMap::new,
                        Collectors.counting()));
        return values.entrySet().stream()
                .map(e -> (e.getValue() > 1 ? e.getValue() + " x " : "") + e.getKey())
                .collect(Collectors.joining(", "));
    }

    /** What the edits warn of, and where the version goes down: whoever has the higher one installed gets no update. */
    static List<String> warnings(EditPlan edits, Version version) {
        List<String> warnings = new ArrayList<>(edits.warnings());
        List<String> down = edits.places().stream()
                .filter(p -> p.changed() && p.newValue().replaceFirst("^v", "").equals(version.toString()))
                .filter(p -> Version.ofTag(
                                "v" + p.oldValue().replaceFirst("^v", "").replaceFirst("-.*", ""))
                        .filter(old -> old.compareTo(version) > 0)
                        .isPresent())
                .map(p -> p.file() + ":" + p.line() + " (" + p.oldValue() + ")")
                .toList();
        if (!down.isEmpty()) {
            warnings.add(
                    (down.size() == 1 ? "One place goes" : down.size() + " places go") + " down to " + version + ": "
                            + String.join(", ", down.subList(0, Math.min(MOST_NAMED, down.size())))
                            + (down.size() > MOST_NAMED ? " and " + (down.size() - MOST_NAMED) + " more" : "")
                            + ". A package that was published with the higher version gets no update; take it out of versionFiles, or choose a higher release.");
        }
        return warnings;
    }
}
