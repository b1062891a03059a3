package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.config.ConfigReader;
import io.jenkins.plugins.darwin.edit.EditPlan;
import io.jenkins.plugins.darwin.edit.Glob;
import io.jenkins.plugins.darwin.edit.Leftover;
import io.jenkins.plugins.darwin.edit.Leftovers;
import io.jenkins.plugins.darwin.edit.Placeholders;
import io.jenkins.plugins.darwin.edit.VersionEdits;
import io.jenkins.plugins.darwin.git.GitEntry;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
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

    /** Files with old versions that are named one by one. */
    private static final int MOST_FILES = 40;
    /** No file that a version stands in by hand is larger. */
    private static final int MOST_BYTES = 8 << 20;

    static final String NOTHING = "Nothing is bumped: no file of this repository is configured to carry the version.";

    private Bump() {}

    /** Whether the configuration has the release's version in this place of this file. */
    static boolean moves(ReleaseConfig config, String file, String place) {
        return config.versionFiles().stream()
                .filter(each -> Glob.parse(each.files()).matches(file))
                .flatMap(each -> each.places().stream())
                .anyMatch(each -> each.path().equals(place) && each.value().contains("${version}"));
    }

    /** Always of the first candidate: later ones change no file. */
    static String message(ReleaseConfig config, Version version) {
        return config.git().subject("chore: bump version to " + version + "-RC1");
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

    /**
     * An empty list of version files says that there are none; any other that edits nothing is probably wrong.
     *
     * @throws ReleaseException refused, when there is no place at all
     */
    static EditPlan requireSome(EditPlan edits) {
        if (edits.places().isEmpty()) {
            throw ReleaseException.refused(
                    "There is nothing to bump: no file of the repository has one of the places that"
                            + " versionFiles names, so nothing would carry the version. Correct versionFiles, say"
                            + " 'versionFiles: []' there if the version stands in no file, or cut without a bump.",
                    Next.of(Next.Act.CUT_WITHOUT_BUMP));
        }
        return edits;
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

    /** The lines that keep an old version although the release moves on, but for those that the configuration leaves. */
    static List<Leftover> leftovers(
            Workspace workspace, CommitId commit, ReleaseConfig config, Version version, EditPlan edits) {
        Leftovers leftovers = new Leftovers(
                edits,
                workspace.previous(version).map(Version::toString).stream().toList(),
                config.leave());
        if (leftovers.isNeeded()) {
            workspace.git().tree(commit).forEachFile(MOST_BYTES, leftovers::take);
        }
        // The starter's comments tell what was there when it was written.
        return leftovers.found().stream()
                .filter(l -> !l.file().equals(ConfigReader.FILE_NAME)
                        || !l.text().contains("#")
                        || l.text().indexOf(l.version()) < l.text().indexOf('#'))
                .toList();
    }

    /** A sentence for each file that something stays in, with its lines. */
    static List<String> told(List<Leftover> leftovers) {
        Map<String, List<Leftover>> files =
                leftovers.stream().collect(Collectors.groupingBy(Leftover::file, TreeMap::new, Collectors.toList()));
        List<String> told = new ArrayList<>();
        files.forEach((file, lines) -> {
            if (told.size() < MOST_FILES) {
                String more = lines.stream()
                        .skip(1)
                        .limit(MOST_NAMED)
                        .map(l -> String.valueOf(l.line()))
                        .collect(Collectors.joining(", "));
                told.add("Still " + lines.get(0).version() + ": " + ForeignText.shown(file) + ":"
                        + lines.get(0).line() + ": " + lines.get(0).text()
                        + (more.isEmpty() ? "" : " (also on line " + more)
                        + (lines.size() > MOST_NAMED + 1 ? " and " + (lines.size() - MOST_NAMED - 1) + " more" : "")
                        + (more.isEmpty() ? "" : ")"));
            }
        });
        if (files.size() > MOST_FILES) {
            told.add("Still an old version in " + (files.size() - MOST_FILES) + " more files.");
        }
        if (!files.isEmpty()) {
            told.add("What may stay so is named once under 'leave' in " + ConfigReader.FILE_NAME
                    + "; what has to move belongs into versionFiles.");
        }
        return told;
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
