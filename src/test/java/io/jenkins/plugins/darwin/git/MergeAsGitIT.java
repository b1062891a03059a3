package io.jenkins.plugins.darwin.git;

import static io.jenkins.plugins.darwin.git.GitOrigin.MANAGER;
import static io.jenkins.plugins.darwin.git.GitOrigin.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.CommitId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merges and picks are those of {@code git merge} and {@code git cherry-pick}: the same tree, or a conflict in both. */
class MergeAsGitIT {
    private static final int HISTORIES = 200;
    private static final long SEED = 20260301;

    @TempDir
    Path home;

    private GitOrigin origin;

    @BeforeEach
    void origin() throws IOException {
        origin = GitOrigin.empty(home);
    }

    @Test
    void onRandomHistories() throws Exception {
        Random random = new Random(SEED);
        StringBuilder stream = new StringBuilder();
        int mark = 0;
        for (int i = 0; i < HISTORIES; i++) {
            TreeMap<String, String> base = someFiles(random);
            TreeMap<String, String> ours = changed(base, random);
            TreeMap<String, String> parent = changed(base, random);
            TreeMap<String, String> theirs = changed(parent, random);
            int root = ++mark;
            commit(stream, "h" + i + "/base", root, 0, base);
            commit(stream, "h" + i + "/ours", ++mark, root, ours);
            commit(stream, "h" + i + "/parent", ++mark, root, parent);
            commit(stream, "h" + i + "/theirs", mark + 1, mark, theirs);
            mark++;
        }
        Path input = Files.writeString(home.resolve("stream"), stream);
        origin.git(home, "-C", "work", "config", "gc.auto", "0");
        ProcessBuilder importer = new ProcessBuilder("git", "fast-import", "--quiet")
                .directory(origin.work.toFile())
                .redirectInput(input.toFile())
                .redirectErrorStream(true);
        Process process = importer.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        origin.git("push", "-q", "origin", "refs/heads/*");
        int clean = 0;
        try (GitMirror mirror = origin.open()) {
            for (int i = 0; i < HISTORIES; i++) {
                CommitId ours = mirror.branch("h" + i + "/ours").orElseThrow();
                CommitId theirs = mirror.branch("h" + i + "/theirs").orElseThrow();
                String merged = byGit(ours, "merge", "-q", "--no-ff", "-m", "x", theirs.sha());
                String picked = byGit(ours, "cherry-pick", "--keep-redundant-commits", theirs.sha());
                assertThat(tree(mirror, mirror.merge(ours, theirs, MANAGER, NOON, "x")))
                        .as("merge of history " + i)
                        .isEqualTo(merged);
                assertThat(tree(mirror, ours, mirror.cherryPick(ours, theirs, MANAGER, NOON)))
                        .as("pick of history " + i)
                        .isEqualTo(picked);
                clean += merged.equals("conflict") ? 0 : 1;
                clean += picked.equals("conflict") ? 0 : 1;
            }
        }
        // Both kinds come up often, or the comparison would say little.
        assertThat(clean).isBetween(HISTORIES / 2, 2 * HISTORIES - HISTORIES / 2);
    }

    @Test
    void attributesOfOurSideDecide() throws Exception {
        origin.write(".gitattributes", "CHANGELOG.md merge=union\nlogo binary\nsub/theirs -merge\n")
                .write("sub/.gitattributes", "*.log merge=union\n")
                .write("CHANGELOG.md", "# Changes\n")
                .write("sub/a.log", "start\n")
                .write("logo", "1\n")
                .commit("feat: start");
        origin.git("branch", "line");
        CommitId trunk = origin.write("CHANGELOG.md", "# Changes\n- trunk\n")
                .write("sub/a.log", "start\ntrunk\n")
                .commit("feat: trunk");
        origin.git("checkout", "-q", "line");
        CommitId fix = origin.write("CHANGELOG.md", "# Changes\n- line\n")
                .write("sub/a.log", "start\nline\n")
                .commit("fix: line");
        CommitId logo = origin.write("logo", "2\n").commit("fix: logo");
        origin.git("checkout", "-q", "main");
        CommitId other = origin.write("logo", "3\n").commit("feat: logo");
        origin.git("push", "-q", "origin", "main", "line");
        try (GitMirror mirror = origin.open()) {
            CommitId merged = ((MergeResult.Merged) mirror.merge(trunk, fix, MANAGER, NOON, "x")).commit();
            assertThat(text(mirror, merged, "CHANGELOG.md")).isEqualTo("# Changes\n- trunk\n- line\n");
            assertThat(text(mirror, merged, "sub/a.log")).isEqualTo("start\ntrunk\nline\n");
            CommitId picked = ((PickResult.Picked) mirror.cherryPick(trunk, fix, MANAGER, NOON)).commit();
            assertThat(text(mirror, picked, "CHANGELOG.md")).isEqualTo("# Changes\n- trunk\n- line\n");
            assertThat(((MergeResult.Conflict) mirror.merge(other, logo, MANAGER, NOON, "x")).files())
                    .containsExactly("logo");
        }
    }

    @Test
    void configurationAndHooksOfTheMachineHaveNoSay() throws Exception {
        origin.write(".gitattributes", "* merge=evil\n").write("f", "1\n").commit("feat: start");
        origin.git("branch", "line");
        CommitId trunk = origin.write("f", "1\ntrunk\n").commit("feat: trunk");
        origin.git("checkout", "-q", "line");
        CommitId line = origin.write("f", "line\n1\n").commit("fix: line");
        origin.git("push", "-q", "origin", "main", "line");
        Path ran = home.resolve("ran");
        try (GitMirror mirror = origin.open()) {
            // A user's configuration is not read; the copy's own is ours, and so are its hooks.
            Path copy = origin.copy();
            Files.writeString(
                    Files.createDirectories(copy.resolve("hooks")).resolve("reference-transaction"),
                    "#!/bin/sh\ntouch " + ran + "\n");
            copy.resolve("hooks/reference-transaction").toFile().setExecutable(true);
            assertThat(mirror.merge(trunk, line, MANAGER, NOON, "x")).isInstanceOf(MergeResult.Merged.class);
        }
        assertThat(ran).doesNotExist();
    }

    @Test
    void pickedMergesBringAllThatTheyMerged() throws Exception {
        CommitId start = origin.write("f", "1\n").commit("feat: start");
        origin.git("checkout", "-q", "-b", "fix");
        origin.write("a", "a").commit("fix: one");
        origin.write("b", "b").commit("fix: two");
        origin.git("checkout", "-q", "main");
        origin.write("trunk", "t").commit("feat: trunk");
        origin.git("merge", "-q", "--no-ff", "-m", "Merge pull request #9", "fix");
        CommitId merge = origin.head();
        origin.git("push", "-q", "origin", "main");
        CommitForm form = CommitForm.plain(MANAGER, NOON);
        try (GitMirror mirror = origin.open()) {
            CommitId first = ((PickResult.Picked) mirror.cherryPick(start, merge, Optional.of(1), form)).commit();
            assertThat(mirror.tree(first).paths()).containsExactly("a", "b", "f");
            CommitId second = ((PickResult.Picked) mirror.cherryPick(start, merge, Optional.of(2), form)).commit();
            assertThat(mirror.tree(second).paths()).containsExactly("f", "trunk");
            assertThat(mirror.cherryPick(first, merge, Optional.of(1), form)).isEqualTo(new PickResult.Empty());
        }
    }

    @Test
    void withoutGitJGitMergesAndAConflictSaysSo() throws Exception {
        origin.write("old", numbers(40)).commit("feat: start");
        origin.git("branch", "line");
        origin.git("mv", "old", "new");
        CommitId trunk = origin.commit("refactor: name");
        origin.git("checkout", "-q", "line");
        CommitId fix =
                origin.write("old", numbers(40).replace("\n20\n", "\ntwenty\n")).commit("fix: twenty");
        origin.git("push", "-q", "origin", "main", "line");
        assertThat(TreeMerger.choose("/nowhere")).isInstanceOf(JGitTreeMerger.class);
        try (GitMirror mirror = origin.open()) {
            CommitId merged = ((MergeResult.Merged) mirror.merge(trunk, fix, MANAGER, NOON, "x")).commit();
            assertThat(text(mirror, merged, "new")).contains("twenty");
            MergeResult.Conflict byJGit = mirror.with(
                    "merging", repository -> (MergeResult.Conflict) new CommitMaker(repository, JGitTreeMerger::new)
                            .merge(trunk, fix, MergePlaces.none(), CommitForm.plain(MANAGER, NOON), "x"));
            assertThat(byJGit.describe())
                    .isEqualTo("conflicts in old (merged by JGit, which follows no renames: with"
                            + " git 2.38 or later on the PATH, git itself merges)");
        }
    }

    /** What git makes of it in a work tree: the tree's id, or "conflict". */
    private String byGit(CommitId onto, String... command) {
        origin.git("checkout", "-q", "-f", "--detach", onto.sha());
        try {
            origin.git(command);
        } catch (AssertionError e) {
            assertThat(e).hasMessageContaining("CONFLICT");
            origin.git("reset", "-q", "--hard");
            return "conflict";
        }
        return origin.git("rev-parse", "HEAD^{tree}");
    }

    private String tree(GitMirror mirror, MergeResult result) throws IOException {
        if (result instanceof MergeResult.Conflict conflict) {
            assertThat(conflict.files()).isNotEmpty();
            return "conflict";
        }
        return treeOf(((MergeResult.Merged) result).commit());
    }

    private String tree(GitMirror mirror, CommitId onto, PickResult result) throws IOException {
        if (result instanceof PickResult.Conflict) {
            return "conflict";
        }
        return treeOf(result instanceof PickResult.Picked p ? p.commit() : onto);
    }

    private String treeOf(CommitId commit) throws IOException {
        return origin.git(origin.copy(), "rev-parse", commit.sha() + "^{tree}");
    }

    private static String text(GitMirror mirror, CommitId commit, String path) {
        return new String(mirror.tree(commit).read(path).orElseThrow(), StandardCharsets.UTF_8);
    }

    private static String numbers(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> i + "\n").collect(Collectors.joining());
    }

    private static TreeMap<String, String> someFiles(Random random) {
        TreeMap<String, String> files = new TreeMap<>();
        for (String folder : List.of("app/", "lib/core/", "")) {
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                String name = folder + "file" + i;
                files.put(
                        name,
                        IntStream.range(0, 12 + random.nextInt(20))
                                .mapToObj(line -> name + " " + line + " " + random.nextInt(3) + "\n")
                                .collect(Collectors.joining()));
            }
        }
        if (random.nextInt(3) == 0) {
            files.put(".gitattributes", "file1 merge=union\n" + (random.nextBoolean() ? "file2 -merge\n" : ""));
        }
        return files;
    }

    /** A few of: edits, renames of files and folders, additions, removals. */
    private static TreeMap<String, String> changed(TreeMap<String, String> from, Random random) {
        TreeMap<String, String> files = new TreeMap<>(from);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            List<String> names = new ArrayList<>(files.keySet());
            names.remove(".gitattributes");
            Collections.shuffle(names, random);
            String name = names.get(0);
            switch (random.nextInt(8)) {
                case 0 -> files.put(folder(name) + "renamed" + random.nextInt(3), files.remove(name));
                case 1 -> moveFolder(files, random.nextBoolean() ? "app/" : "lib/", random.nextBoolean() ? "x/" : "y/");
                case 2 -> files.put(folder(name) + "added" + random.nextInt(3), "new " + random.nextInt(3) + "\n");
                case 3 -> files.remove(names.size() > 3 ? name : "none");
                default -> files.put(name, edited(files.get(name), random));
            }
        }
        return files;
    }

    private static String folder(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    private static void moveFolder(TreeMap<String, String> files, String from, String to) {
        for (String name : List.copyOf(files.keySet())) {
            if (name.startsWith(from)) {
                files.put(to + name.substring(from.length()), files.remove(name));
            }
        }
    }

    private static String edited(String text, Random random) {
        List<String> lines = new ArrayList<>(List.of(text.split("(?<=\n)")));
        int at = random.nextInt(lines.size());
        switch (random.nextInt(3)) {
            case 0 -> lines.add(at, "added " + random.nextInt(100) + "\n");
            case 1 -> lines.set(at, "edited " + random.nextInt(100) + "\n");
            default -> lines.remove(at);
        }
        return lines.isEmpty() ? "left\n" : String.join("", lines);
    }

    /** For git fast-import. */
    private static void commit(StringBuilder to, String branch, int mark, int from, TreeMap<String, String> files) {
        to.append("commit refs/heads/").append(branch).append("\nmark :").append(mark);
        to.append("\ncommitter A <a@example.org> ").append(1767225600 + mark).append(" +0000\ndata 1\nx\n");
        to.append(from == 0 ? "" : "from :" + from + "\n").append("deleteall\n");
        files.forEach((name, text) -> to.append("M 100644 inline ")
                .append(name)
                .append("\ndata ")
                .append(text.length())
                .append('\n')
                .append(text)
                .append('\n'));
        to.append('\n');
    }
}
