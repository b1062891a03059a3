package io.jenkins.plugins.darwin.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleRepositoryTest {
    private static final Path FOLDER = Path.of("examples/darwin");

    @TempDir
    Path dir;

    @Test
    void historyNamesEveryFileOfTheFolderOnce() throws IOException {
        List<String> named = new ArrayList<>();
        ExampleRepository.history().commits().forEach(c -> named.addAll(c.add()));
        try (Stream<Path> files = Files.walk(FOLDER)) {
            List<String> there = files.filter(Files::isRegularFile)
                    .map(f -> FOLDER.relativize(f).toString())
                    .filter(f -> !f.equals("history.yaml"))
                    .toList();
            assertThat(named).containsExactlyInAnyOrderElementsOf(there);
        }
    }

    @Test
    void tagHasTheFolderAsItIs() throws IOException {
        try (Repository repo = created()) {
            RevWalk walk = new RevWalk(repo);
            RevObject tag = walk.parseAny(repo.resolve("refs/tags/v1.2.0"));
            assertThat(tag).isInstanceOf(RevTag.class);
            Map<String, String> files = files(repo, walk.parseCommit(repo.resolve("v1.2.0^{commit}")));
            assertThat(files).hasSizeGreaterThan(25);
            for (Map.Entry<String, String> file : files.entrySet()) {
                assertThat(file.getValue())
                        .as(file.getKey())
                        .isEqualTo(Files.readString(FOLDER.resolve(file.getKey())));
            }
        }
    }

    @Test
    void isTheSameEverywhere() {
        CommitId first = ExampleRepository.create(dir.resolve("a.git"));
        assertThat(ExampleRepository.create(dir.resolve("deep/er/b.git"))).isEqualTo(first);
    }

    @Test
    void scriptsAreExecutable() throws IOException {
        try (Repository repo = created()) {
            TreeWalk walk = TreeWalk.forPath(repo, "compute/dist/entrypoint.sh", repo.resolve("main^{tree}"));
            assertThat(walk.getFileMode()).isEqualTo(FileMode.EXECUTABLE_FILE);
            walk = TreeWalk.forPath(repo, "services.yaml", repo.resolve("main^{tree}"));
            assertThat(walk.getFileMode()).isEqualTo(FileMode.REGULAR_FILE);
        }
    }

    @Test
    void featuresComeAfterTheTag() throws IOException {
        try (Repository repo = created();
                RevWalk walk = new RevWalk(repo)) {
            walk.markStart(walk.parseCommit(repo.resolve("main")));
            walk.markUninteresting(walk.parseCommit(repo.resolve("v1.2.0^{commit}")));
            List<String> subjects = new ArrayList<>();
            walk.forEach(c -> subjects.add(c.getShortMessage()));
            assertThat(subjects)
                    .hasSize(13)
                    .contains(
                            "feat(compute): GPU node support (#123)",
                            "feat(sdk)!: say which runtime a cluster runs (#128)");
            Map<String, String> files = files(repo, walk.parseCommit(repo.resolve("main")));
            assertThat(files.get("compute/dist/compute.yaml")).contains("kinds: [a10, h100]");
            assertThat(files.get("serve/dist/serve.yaml"))
                    .contains("keep-alive: true")
                    .doesNotContain("mirror");
            assertThat(files).containsKey("mlflow/migrations/001-retention.sql");
        }
    }

    @Test
    void fixIsOneCommitThatTouchesComputeAlone() throws IOException {
        Path bare = dir.resolve("origin.git");
        CommitId cut = ExampleRepository.create(bare);
        CommitId fix = ExampleRepository.fixOnMain(bare);
        try (Repository repo = open(bare);
                RevWalk walk = new RevWalk(repo)) {
            RevCommit commit = walk.parseCommit(repo.resolve("main"));
            assertThat(commit.name()).isEqualTo(fix.sha());
            assertThat(commit.getShortMessage()).startsWith("fix(compute): ");
            RevCommit feature = walk.parseCommit(commit.getParent(0));
            assertThat(feature.getShortMessage()).startsWith("feat(serve): ");
            assertThat(feature.getParent(0).name()).isEqualTo(cut.sha());
            Map<String, String> before = files(repo, feature);
            Map<String, String> after = files(repo, commit);
            assertThat(after.keySet()).isEqualTo(before.keySet());
            assertThat(after.keySet().stream().filter(f -> !after.get(f).equals(before.get(f))))
                    .containsExactly("compute/dist/compute.py");
        }
        assertThat(ExampleRepository.fixOnMain(bare)).as("a second time").isEqualTo(fix);
        assertThat(ExampleRepository.create(bare)).as("head of what is there").isEqualTo(fix);
    }

    @Test
    void refusesAPlaceThatIsTaken() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "mine");
        Path folder = Files.createDirectory(dir.resolve("folder"));
        Files.writeString(folder.resolve("mine"), "mine");
        for (Path taken : List.of(file, folder)) {
            assertThatThrownBy(() -> ExampleRepository.create(taken))
                    .isInstanceOfSatisfying(
                            ReleaseException.class, e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.REFUSED));
        }
        assertThat(file).hasContent("mine");
        assertThat(folder).isDirectoryContaining("glob:**/mine");
        try (Stream<Path> left = Files.list(dir)) {
            assertThat(left).containsExactlyInAnyOrder(file, folder);
        }
    }

    @Test
    void editThatFindsNothingIsAnError() throws IOException {
        History history = History.parse("""
                people: { a: A <a@example.org> }
                commits:
                  - { message: one, author: a, date: 2026-01-01T00:00:00Z, write: [{ file: f, text: "x x" }] }
                  - { message: two, author: a, date: 2026-01-01T00:00:00Z, edit: [{ file: f, find: "x", put: "y" }] }
                """);
        try (Repository repo = created();
                HistoryWriter writer = new HistoryWriter(repo, "refs/heads/other")) {
            writer.commit(history.commits().get(0), path -> path.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> writer.commit(history.commits().get(1), path -> new byte[0]))
                    .hasMessage("f has not exactly one place with 'x'");
            assertThat(repo.resolve("refs/heads/other")).isNull();
        }
    }

    private Repository created() throws IOException {
        ExampleRepository.create(dir.resolve("origin.git"));
        return open(dir.resolve("origin.git"));
    }

    private static Repository open(Path bare) throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(bare.toFile())
                .setBare()
                .setMustExist(true)
                .build();
    }

    private static Map<String, String> files(Repository repo, RevCommit commit) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (TreeWalk walk = new TreeWalk(repo)) {
            walk.addTree(commit.getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                files.put(
                        walk.getPathString(),
                        new String(repo.open(walk.getObjectId(0)).getBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
