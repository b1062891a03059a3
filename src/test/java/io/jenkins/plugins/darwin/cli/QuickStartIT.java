package io.jenkins.plugins.darwin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code bin/darwin}: its archive of loaded classes makes starts quick, and never changes what a command says. */
class QuickStartIT {
    private static final String SAYS = "darwin 0.1.0\n";

    @TempDir
    private Path top;

    private Path jar;
    private Path archive;
    private String path = "";

    @BeforeEach
    void aBuiltTree() throws IOException {
        Files.createDirectories(top.resolve("bin"));
        for (String source :
                new String[] {"src/main", "examples", "pom.xml"}) { // older than any jar: nothing is to be built
            Files.setLastModifiedTime(Files.createDirectories(top.resolve(source)), FileTime.fromMillis(0));
        }
        Files.createDirectories(top.resolve("target"));
        Files.copy(Path.of("bin/darwin"), top.resolve("bin/darwin"), StandardCopyOption.COPY_ATTRIBUTES);
        jar = Files.copy(Path.of("target/darwin-release-cli.jar"), top.resolve("target/darwin-release-cli.jar"));
        archive = top.resolve("target/darwin-release-cli.jsa");
    }

    @Test
    void isMadeAtTheFirstStartAndUsedFromThenOn() throws Exception {
        assertThat(run("--version")).isEqualTo(SAYS);
        assertThat(archive).isNotEmptyFile();
        FileTime made = Files.getLastModifiedTime(archive);

        Path loaded = top.resolve("loaded.txt");
        assertThat(run("--version", "-Xlog:class+load:file=" + loaded)).isEqualTo(SAYS);
        assertThat(Files.readString(loaded))
                .containsPattern("darwin\\.cli\\.Darwin source: shared objects file \\(top\\)");
        assertThat(Files.getLastModifiedTime(archive)).isEqualTo(made);
        try (var left = Files.list(top.resolve("target"))) {
            assertThat(left).containsExactlyInAnyOrder(jar, archive);
        }
    }

    @Test
    void ofAnotherJarIsIgnoredWithoutAWord() throws Exception {
        run("--version");
        Files.setLastModifiedTime(
                jar, FileTime.fromMillis(Files.getLastModifiedTime(jar).toMillis() - 60_000));
        assertThat(run("--version")).isEqualTo(SAYS);
        assertThat(Files.readString(top.resolve("err.txt"))).isEmpty();
    }

    @Test
    void isNotTriedAgainWhereItCannotBeMade() throws Exception {
        Path java =
                Files.writeString(Files.createDirectories(top.resolve("tools")).resolve("java"), """
                #!/bin/sh
                case "$*" in *ArchiveClassesAtExit*) exit 1 ;; esac
                PATH="${PATH#*:}" exec java "$@"
                """);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        path = java.getParent() + ":";
        assertThat(run("--version")).isEqualTo(SAYS);
        assertThat(archive).isEmptyFile();
        assertThat(run("--version")).isEqualTo(SAYS);
        assertThat(archive).isEmptyFile();
        assertThat(Files.readString(top.resolve("err.txt"))).isEmpty();
    }

    /** @return standard output; standard error goes to err.txt */
    private String run(String argument, String... options) throws IOException, InterruptedException {
        Path out = top.resolve("out.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", top.resolve("bin/darwin").toString(), argument)
                .directory(top.toFile())
                .redirectOutput(out.toFile())
                .redirectError(top.resolve("err.txt").toFile());
        builder.environment().merge("PATH", path, (now, more) -> more + now);
        if (options.length > 0) {
            builder.environment().put("JDK_JAVA_OPTIONS", String.join(" ", options));
        }
        Process process = builder.start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(process.exitValue())
                .as(text + Files.readString(top.resolve("err.txt")))
                .isZero();
        return text;
    }
}
