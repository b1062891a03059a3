package io.jenkins.plugins.darwin.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.darwin.git.GitEntry;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.Candidate.Artifact;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseConfig.SourceFormat;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.testing.MemoryTree;
import io.jenkins.plugins.darwin.testing.Messages;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Random;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SourceArchiveTest {
    /** An odd second, within the hour that Berlin and New York skip or repeat on other days. */
    private static final Instant TIME = Instant.parse("2025-11-02T01:30:07Z");

    private static final String LONG = "deep/" + "folder-with-a-long-name/".repeat(8) + "x".repeat(150) + ".txt";

    @TempDir
    Path temp;

    private static MemoryTree tree() {
        return new MemoryTree()
                .file("README.md", "# Darwin\n")
                .executable("bin/run", "#!/bin/sh\n")
                .file("empty", "")
                .file("docs/größe 文.md", "Größe\n")
                .file(LONG, "deep\n")
                .link("docs/readme", "../README.md")
                .link("gone", "not/there");
    }

    private Artifact write(GitTree tree, SourceFormat format, Path folder) {
        return write(tree, format, folder, Progress.silent());
    }

    private Artifact write(GitTree tree, SourceFormat format, Path folder, Progress progress) {
        String name = SourceArchive.fileName("darwin-1.3.0", format);
        return SourceArchive.write(
                tree, content -> content, "darwin-1.3.0", TIME, format, folder.resolve(name), progress);
    }

    private Path extract(Artifact archive, SourceFormat format) throws IOException {
        Path out = Files.createDirectories(temp.resolve("out-" + format));
        String file = temp.resolve(archive.name()).toString();
        if (format == SourceFormat.ZIP) {
            Tools.run(out, "unzip", "-q", file);
        } else {
            Tools.run(out, "tar", "xzf", file);
        }
        return out.resolve("darwin-1.3.0");
    }

    @ParameterizedTest
    @EnumSource
    void otherToolsUnpackTheTree(SourceFormat format) throws IOException {
        Path top = extract(write(tree(), format, temp), format);
        assertThat(top.resolve("README.md")).hasContent("# Darwin\n");
        assertThat(top.resolve("docs/größe 文.md")).hasContent("Größe\n");
        assertThat(top.resolve(LONG)).hasContent("deep\n");
        assertThat(top.resolve("empty")).isEmptyFile();
        assertThat(Files.readSymbolicLink(top.resolve("docs/readme"))).hasToString("../README.md");
        assertThat(top.resolve("docs/readme")).hasContent("# Darwin\n");
        assertThat(Files.isSymbolicLink(top.resolve("gone"))).isTrue();
        assertThat(Files.getPosixFilePermissions(top.resolve("bin/run")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(Files.getPosixFilePermissions(top.resolve("README.md")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(Files.getLastModifiedTime(top.resolve("README.md"), LinkOption.NOFOLLOW_LINKS)
                        .toInstant())
                .isEqualTo(TIME);
    }

    /** The judge is git itself: the same tree through {@code git archive}, unpacked beside ours. */
    @ParameterizedTest
    @EnumSource
    void holdsWhatGitArchiveHolds(SourceFormat format) throws IOException {
        MemoryTree tree = tree().file(".gitattributes", """
                .gitattributes export-ignore
                *.draft export-ignore
                keep.draft -export-ignore
                /private export-ignore
                build/ export-ignore
                docs/** export-ignore
                docs/guide/** !export-ignore
                [attr]internal export-ignore
                """)
                .file("a.draft", "no")
                .file("keep.draft", "yes")
                .file("sub/keep.draft", "yes")
                .file("private/deep/x", "no")
                .file("sub/private/x", "yes")
                .file("sub/build/x", "no")
                .file("build", "a file, so yes")
                .file("docs/no.md", "no")
                .file("docs/guide/x.md", "yes")
                .file("sub/.gitattributes", "*.tmp export-ignore\nprivate/x -export-ignore\n*.draft -export-ignore\n")
                .file("sub/x.tmp", "no")
                .file("x.tmp", "yes")
                .file("sub/b.draft", "yes");
        Path work = Files.createDirectories(temp.resolve("work"));
        tree.checkout(work, Progress.silent());
        Tools.run(work, "git", "init", "-q");
        Tools.run(work, "git", "add", "-A");
        Tools.run(work, "git", "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-qm", "all");
        Path theirs = Files.createDirectories(temp.resolve("theirs"));
        Tools.run(work, "sh", "-c", "git archive HEAD | tar x -C " + theirs);
        Tools.run(theirs, "find", ".", "-type", "d", "-empty", "-delete"); // a folder whose files are all left out
        Path ours = extract(write(tree, format, temp), format);
        assertThat(Tools.run(temp, "diff", "-r", "--no-dereference", theirs.toString(), ours.toString()))
                .isEmpty();
        assertThat(ours.resolve("a.draft")).doesNotExist();
        assertThat(ours.resolve("sub/b.draft")).exists();
    }

    @Test
    void zipPassesTheTestOfUnzip() {
        write(tree(), SourceFormat.ZIP, temp);
        assertThat(Tools.run(temp, "unzip", "-t", "darwin-1.3.0-src.zip")).contains("No errors detected");
    }

    @Test
    void everythingInTheTarBelongsToRootInOneFolder() {
        write(tree(), SourceFormat.TAR_GZ, temp);
        assertThat(Tools.run(temp, "tar", "tvzf", "darwin-1.3.0-src.tar.gz").lines())
                .hasSize(8)
                .allMatch(line -> line.contains(" root/root ") && line.contains(" darwin-1.3.0/"));
    }

    @ParameterizedTest
    @EnumSource
    void bytesDependOnNothingButTheTree(SourceFormat format) throws IOException {
        Artifact first = write(tree(), format, temp.resolve("a"));
        TimeZone zone = TimeZone.getDefault();
        String user = System.getProperty("user.name");
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            System.setProperty("user.name", "somebody-else");
            Artifact second = write(tree(), format, temp.resolve("b"));
            assertThat(second).isEqualTo(first);
            assertThat(temp.resolve("b").resolve(second.name()))
                    .hasSameBinaryContentAs(temp.resolve("a").resolve(first.name()));
        } finally {
            TimeZone.setDefault(zone);
            System.setProperty("user.name", user);
        }
        assertThat(write(tree().file("README.md", "# darwin\n"), format, temp.resolve("c"))
                        .sha256())
                .isNotEqualTo(first.sha256());
    }

    @Test
    void gzipHeaderHasNoNameTimeOrSystem() throws IOException {
        write(tree(), SourceFormat.TAR_GZ, temp);
        try (InputStream in = Files.newInputStream(temp.resolve("darwin-1.3.0-src.tar.gz"))) {
            assertThat(in.readNBytes(10)).containsExactly(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
        }
    }

    @ParameterizedTest
    @EnumSource
    void checksumsAreThoseOfOtherTools(SourceFormat format) throws IOException {
        Messages messages = new Messages();
        byte[] noise = new byte[3_000_000];
        new Random(1).nextBytes(noise);
        Artifact artifact = write(tree().file("noise", noise), format, temp, messages);
        assertThat(Tools.run(temp, "sha256sum", artifact.name()))
                .startsWith(artifact.sha256().hex() + " ");
        assertThat(Tools.run(temp, "sha512sum", artifact.name()))
                .startsWith(artifact.sha512().hex() + " ");
        assertThat(artifact.size()).isEqualTo(Files.size(temp.resolve(artifact.name())));
        assertThat(messages.advanced()).isGreaterThanOrEqualTo(noise.length);
    }

    @ParameterizedTest
    @CsvSource({"../outside", "/etc/passwd", "docs/../../outside", "C:\\windows", "up/../../../outside"})
    void aLinkThatLeadsOutIsRefusedByName(String target) {
        GitTree tree = tree().link("deep/up", "..").link("up", "deep").link("escape", target);
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> write(tree, SourceFormat.TAR_GZ, temp))
                .withMessageContaining("escape")
                .withMessageContaining(target)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.REFUSED));
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void aLinkThatLeadsOutThroughAnotherIsRefused() {
        // By its spelling a/b/c/../../x stays inside; b is a link to the root, so it does not.
        GitTree tree = tree().link("a/b", "..").file("c/file", "x").link("sly", "a/b/c/../../x");
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> write(tree, SourceFormat.ZIP, temp))
                .withMessageContaining("sly");
    }

    @Test
    void aLoopLeadsNowhereAndIsKept() throws IOException {
        Path top = extract(
                write(tree().link("one", "two").link("two", "one"), SourceFormat.TAR_GZ, temp), SourceFormat.TAR_GZ);
        assertThat(Files.readSymbolicLink(top.resolve("one"))).hasToString("two");
    }

    @Test
    void aSubmoduleIsLeftOutAndSaid() throws IOException {
        Messages messages = new Messages();
        Path top = extract(
                write(tree().submodule("vendor/lib"), SourceFormat.TAR_GZ, temp, messages), SourceFormat.TAR_GZ);
        assertThat(top.resolve("vendor")).doesNotExist();
        assertThat(messages.lines()).anyMatch(line -> line.contains("submodule vendor/lib"));
    }

    @Test
    void aStopInTheMiddleLeavesTheOldFileAndNoOther() throws IOException {
        Artifact old = write(tree(), SourceFormat.ZIP, temp);
        MemoryTree torn = new MemoryTree() {
            @Override
            public InputStream open(GitEntry entry) {
                throw ReleaseException.failed("the mirror is gone");
            }
        };
        torn.file("README.md", "new");
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> write(torn, SourceFormat.ZIP, temp))
                .withMessage("the mirror is gone");
        assertThat(Tools.run(temp, "sha256sum", old.name()))
                .startsWith(old.sha256().hex());
        assertThat(temp.toFile().list()).containsExactly(old.name());
    }

    @Test
    void aFileThatCannotBeWrittenIsToldInOneSentence() throws IOException {
        Path notAFolder = Files.writeString(temp.resolve("file"), "");
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> write(tree(), SourceFormat.ZIP, notAFolder))
                .withMessageContaining("Could not write")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.FAILED));
    }

    @Test
    void pathsThatDifferByCaseAloneAreNamed() {
        Messages messages = new Messages();
        MemoryTree tree = tree().file("Notes.md", "a")
                .file("NOTES.md", "b")
                .file("Docs/x", "c")
                .file("docs/y", "d")
                .file("docs/größe 文.MD", "e");
        write(tree, SourceFormat.ZIP, temp, messages);
        assertThat(String.join("\n", messages.lines()))
                .contains("NOTES.md and Notes.md")
                .contains("Docs and docs")
                .contains("docs/größe 文.MD and docs/größe 文.md")
                .doesNotContain("README");
    }
}
