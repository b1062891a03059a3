package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.git.CommitChanges;
import io.jenkins.plugins.darwin.git.CommitInfo;
import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.model.ChangeKind;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseConfig.ImageSource;
import io.jenkins.plugins.darwin.notes.ChangeKinds;
import io.jenkins.plugins.darwin.policy.Judgement;
import io.jenkins.plugins.darwin.schedule.LineRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fixes that trunk got since the cut, that touch what is released, and that a line has not. */
public final class Radar {
    /** Commits of trunk that are looked at. */
    private static final int MOST = 2000;

    private static final Set<ChangeKind> FIXES = Set.of(ChangeKind.FIX, ChangeKind.SECURITY, ChangeKind.PERFORMANCE);

    /**
     * @param kind as commit messages spell it
     * @param author name and mail address
     */
    public record Missing(CommitId commit, String subject, String kind, String author) {}

    private Radar() {}

    /** Newest first; none where there is no branch. What was recorded as not needed is left out. */
    static List<Missing> of(Workspace workspace, ReleaseLine line) {
        Optional<CommitId> head = line.head();
        if (head.isEmpty()) {
            return List.of();
        }
        GitMirror git = workspace.git();
        boolean hotfix = line.requireBranch().startsWith("hotfix/");
        Optional<CommitId> cut =
                git.mergeBases(line.trunk(), head.get()).stream().findFirst();
        List<CommitInfo> fixes = git.log(cut, line.trunk()).stream()
                .limit(MOST)
                .filter(c -> !c.isMerge())
                .filter(c -> hotfix
                        ? ChangeKinds.of(c.message()) == ChangeKind.SECURITY
                        : FIXES.contains(ChangeKinds.of(c.message())))
                .toList();
        if (fixes.isEmpty()) {
            return List.of();
        }
        Set<CommitId> there = brought(workspace, line, head.get());
        LineRecord record =
                new LineDays(workspace, line.trunkConfig()).records().find(line.version());
        Set<String> released = released(line.config());
        CommitChanges changes = new CommitChanges(git);
        List<Missing> missing = new ArrayList<>();
        for (CommitInfo fix : fixes) {
            boolean decided =
                    record.decision(LineRecord.Sort.NOT_NEEDED, fix.id().sha()).isPresent();
            if (!decided
                    && !there.contains(fix.id())
                    && changes.files(fix.parents().stream().findFirst(), fix.id()).stream()
                            .anyMatch(file -> touches(released, file))) {
                missing.add(new Missing(
                        fix.id(),
                        fix.subject(),
                        ChangeKinds.of(fix.message()).word(),
                        fix.author().toString()));
            }
        }
        return missing;
    }

    /** What the branch has of trunk: by name, and proved; of a picked merge all that it brings. */
    private static Set<CommitId> brought(Workspace workspace, ReleaseLine line, CommitId head) {
        Set<CommitId> there = new HashSet<>();
        GitMirror git = workspace.git();
        JudgeBranch.of(workspace, line, head).commits().stream()
                .map(Judgement::origin)
                .flatMap(Optional::stream)
                .forEach(origin -> {
                    CommitInfo info = git.info(origin);
                    there.add(origin);
                    if (info.isMerge()) {
                        git.log(Optional.of(info.parents().get(0)), origin).forEach(c -> there.add(c.id()));
                    }
                });
        return there;
    }

    /** Folders that end in what is released; empty: anywhere, where scripts of the project build it. */
    private static Set<String> released(ReleaseConfig config) {
        if (config.images().isEmpty() || config.images().stream().anyMatch(ImageSource.Command.class::isInstance)) {
            return Set.of();
        }
        return Stream.concat(
                        config.charts().stream(),
                        config.images().stream()
                                .map(image -> image instanceof ImageSource.Files files
                                        ? files.files()
                                        : ((ImageSource.Dockerfile) image).context()))
                .collect(Collectors.toSet());
    }

    private static boolean touches(Set<String> released, String file) {
        if (released.isEmpty() || released.contains(".")) {
            return !file.matches("(?:docs?|\\.github|\\.ci|\\.gitlab)/.*|.*\\.md");
        }
        return released.stream().anyMatch(folder -> file.equals(folder) || file.startsWith(folder + "/"));
    }
}
