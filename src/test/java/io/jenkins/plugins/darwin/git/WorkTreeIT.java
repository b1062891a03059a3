package io.jenkins.plugins.darwin.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge is git itself: what {@code git archive} and {@code git checkout} write. */
class WorkTreeIT {
    @TempDir
    Path temp;

    private Path work;

    @BeforeEach
    void repository() throws IOException {
        work = Files.createDirectories(temp.resolve("work"));
        git("init", "-q", "-b", "main");
        git("config", "user.name", "Renée Ünal");
        git("config", "user.email", "renee@example.org");
        git("config", "core.autocrlf", "false");
    }

    private String git(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Tools.run(work, command).strip();
    }

    private void file(String path, String content) throws IOException {
        file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    private void file(String path, byte[] content) throws IOException {
        Path file = work.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    /** Stored as it is, past the conversions of {@code git add}. */
    private void blob(String path, byte[] content) throws IOException {
        Path file = temp.resolve("blob");
        Files.write(file, content);
        String id = git("hash-object", "-w", "--no-filters", file.toString());
        git("update-index", "--add", "--cacheinfo", "100644," + id + "," + path);
    }

    private CommitId commit(String message) {
        git("-c", "commit.gpgsign=false", "commit", "-qm", message);
        return new CommitId(git("rev-parse", "HEAD"));
    }

    private GitMirror mirror() {
        return GitMirror.open(GitRemote.of(work.toString()), temp.resolve("cache"), Progress.silent());
    }

    private static final byte[] LATIN = "a\nb\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);

    @Test
    void filesAreWrittenAsGitArchiveWritesThem() throws IOException {
        file(".gitattributes", """
                *.bat text eol=crlf
                *.auto text=auto eol=crlf
                *.lf text eol=lf
                *.old crlf
                *.id ident
                *.u16 text working-tree-encoding=UTF-16
                *.u16le text working-tree-encoding=UTF-16LE-BOM eol=crlf
                *.jis text working-tree-encoding=SHIFT-JIS
                *.raw binary eol=crlf
                [attr]windows text eol=crlf
                *.win windows
                plain.bat -text
                """);
        file("sub/.gitattributes", "*.bat eol=lf\n");
        git("add", "-A");
        for (String name :
                new String[] {"a.bat", "sub/a.bat", "b.auto", "c.lf", "d.old", "e.raw", "f.win", "plain.bat", "g.txt"
                }) {
            blob(name, "one\ntwo\r\nthree\rfour\n".getBytes(StandardCharsets.UTF_8));
            blob(name.replace(".", "-lf."), "one\ntwo\n\nthree".getBytes(StandardCharsets.UTF_8));
            blob(name.replace(".", "-empty."), new byte[0]);
            blob(name.replace(".", "-zero."), new byte[] {'a', '\n', 0, 'b', '\n'});
            blob(name.replace(".", "-latin."), LATIN);
            byte[] noise = new byte[5000];
            new Random(name.hashCode()).nextBytes(noise);
            blob(name.replace(".", "-noise."), noise);
        }
        blob(
                "h.id",
                "$Id$ x $Id: old$ $Id: by other 1.2 $ $Id:$ $Id: cut\n$ $Identity$ $Id"
                        .getBytes(StandardCharsets.UTF_8));
        blob("i.u16", "Größe\nzwei\n".getBytes(StandardCharsets.UTF_8));
        blob("j.u16le", "Größe\nzwei\n".getBytes(StandardCharsets.UTF_8));
        blob("k.jis", "\u65e5\u672c\n".getBytes(StandardCharsets.UTF_8));
        CommitId commit = commit("feat: all");
        assertSameAsArchive(commit, "HEAD");
    }

    /** Round after round of files and rules by chance. */
    @Test
    void anyMixOfAttributesIsWrittenAsGitArchiveWritesIt() throws IOException {
        Random random = new Random(11);
        String[] rules = {
            "text",
            "-text",
            "text=auto",
            "!text",
            "eol=crlf",
            "eol=lf",
            "ident",
            "-ident",
            "binary",
            "crlf",
            "-crlf",
            "!eol"
        };
        String[] pieces = {"line\n", "line\r\n", "\r", "$Id$", "$Id: x $", "\u00e9", "\0", "\t", "\u0001", "word "};
        for (int round = 0; round < 12; round++) {
            StringBuilder attributes = new StringBuilder();
            for (int i = 0; i < 12; i++) {
                attributes.append(random.nextBoolean() ? "*.t" + random.nextInt(4) : "f" + random.nextInt(20) + ".*");
                for (int j = random.nextInt(3); j >= 0; j--) {
                    attributes.append(' ').append(rules[random.nextInt(rules.length)]);
                }
                attributes.append('\n');
            }
            blob(".gitattributes", attributes.toString().getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 20; i++) {
                StringBuilder content = new StringBuilder();
                for (int j = random.nextInt(40); j >= 0; j--) {
                    content.append(pieces[random.nextInt(random.nextInt(4) == 0 ? pieces.length : 2)]);
                }
                blob("f" + i + ".t" + i % 4, content.toString().getBytes(StandardCharsets.ISO_8859_1));
            }
            assertSameAsArchive(commit("feat: round " + round), "HEAD");
        }
    }

    private void assertSameAsArchive(CommitId commit, String ref) throws IOException {
        Path theirs = Files.createDirectories(temp.resolve("theirs-" + commit.abbreviated()));
        Tools.run(work, "sh", "-c", "git archive " + ref + " | tar x -C " + theirs);
        Path ours = temp.resolve("ours-" + commit.abbreviated());
        try (GitMirror mirror = mirror()) {
            WorkTree tree = mirror.workTree(commit, Progress.silent());
            tree.checkout(ours, Progress.silent());
            for (GitEntry entry : tree.list()) {
                assertThat(entry.size()).as(entry.path()).isEqualTo(Files.size(ours.resolve(entry.path())));
            }
        }
        assertThat(Tools.run(temp, "diff", "-r", theirs.toString(), ours.toString()))
                .isEmpty();
    }

    @Test
    void formatsAreFilledInAsGitDoes() throws IOException {
        String all =
                "H %H|T %T|P %P|an %an|ae %ae|al %al|ad %ad|aD %aD|ai %ai|aI %aI|at %at|as %as|cn %cn|ce %ce|cd %cd|cI %cI|ct %ct|cs %cs"
                        + "|s %s|f %f|b %b|B %B|e %e|N %N|n %n|x %x41|pp %%|? %Q|D %D|d %d";
        file("v.txt", "$Format:" + all + "$\n$Format:%H$ and $Format:%cI$ $Format:open\n");
        file(".gitattributes", "v.txt export-subst\n");
        git("add", "-A");
        CommitId first = commit("feat(x): first, \u00e4 subject\nover two lines.\n\nBody one.\n\nBody two.");
        git("checkout", "-q", "--detach");
        git("branch", "-D", "main");
        git("tag", "v1.1.0");
        git("checkout", "-q", "-b", "other");
        git("commit", "-q", "--allow-empty", "-m", "later");
        String theirs = Tools.run(work, "sh", "-c", "git archive v1.1.0 | tar xO v.txt");
        try (GitMirror mirror = mirror()) {
            byte[] stored = mirror.tree(first).read("v.txt").orElseThrow();
            byte[] ours = mirror.format(first, "v1.1.0").fill(stored);
            assertThat(new String(ours, StandardCharsets.UTF_8)).isEqualTo(theirs);
        }
    }

    @Test
    void contentOfGitLfsComesFromTheFolderOfTheRemote() throws IOException {
        byte[] content = new byte[100_000];
        new Random(3).nextBytes(content);
        io.jenkins.plugins.darwin.model.Digest digest = io.jenkins.plugins.darwin.model.Digest.sha256(content);
        file(
                "model.bin",
                "version https://git-lfs.github.com/spec/v1\noid sha256:" + digest.hex() + "\nsize " + content.length
                        + "\n");
        file(".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n");
        Tools.run(work, "git", "-c", "filter.lfs.clean=cat", "-c", "filter.lfs.required=false", "add", "-A");
        CommitId commit = commit("feat: model");
        try (GitMirror mirror = mirror()) {
            assertThatExceptionOfType(ReleaseException.class)
                    .isThrownBy(() -> mirror.workTree(commit, Progress.silent()).list())
                    .withMessageContaining("A file is kept in Git LFS")
                    .withMessageContaining("model.bin");
            Path object = work.resolve(".git/lfs/objects/" + digest.hex().substring(0, 2) + "/"
                    + digest.hex().substring(2, 4) + "/" + digest.hex());
            Files.createDirectories(object.getParent());
            Files.write(object, new byte[content.length]);
            assertThatExceptionOfType(ReleaseException.class)
                    .isThrownBy(() -> mirror.workTree(commit, Progress.silent()).list())
                    .withMessageContaining("expected 100000 bytes with " + digest.abbreviated());
            Files.write(object, content);
            WorkTree tree = mirror.workTree(commit, Progress.silent());
            assertThat(tree.find("model.bin")).map(GitEntry::size).contains(100_000L);
            assertThat(tree.read("model.bin")).hasValue(content);
            assertThat(tree.list("model.bin")).hasSize(1);
            Files.delete(object); // kept on this machine now
            assertThat(mirror.workTree(commit, Progress.silent()).read("model.bin"))
                    .hasValue(content);
        }
    }
}
