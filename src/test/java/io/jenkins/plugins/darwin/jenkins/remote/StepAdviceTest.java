package io.jenkins.plugins.darwin.jenkins.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What to do next, in the words of a pipeline. */
class StepAdviceTest {
    private static final Path SOURCES = Path.of("src/main/java/io/jenkins/plugins/darwin");
    private static final Version VERSION = Version.parse("1.3.0");

    @Test
    void theStepIsNamedAsAPipelineCallsIt() {
        assertThat(Answer.failed(ReleaseException.refused("No branch.", Next.of(Next.Act.CUT, VERSION)))
                        .failure())
                .isEqualTo("No branch. Run darwinCutRelease '1.3.0'.");
        assertThat(Answer.failed(ReleaseException.refused(
                                "No candidate.", Next.of(Next.Act.BUILD, VERSION), Next.of(Next.Act.SIGN, VERSION)))
                        .failure())
                .isEqualTo("No candidate. Run darwinBuildRc '1.3.0', then run darwinSign '1.3.0'.");
        assertThat(Answer.failed(ReleaseException.refused("No.")).failure()).isEqualTo("No.");
    }

    @ParameterizedTest
    @EnumSource(Next.Act.class)
    void noActSpeaksOfTheCommandLine(Next.Act act) {
        String words = Answer.failed(ReleaseException.refused("No.", Next.of(act, VERSION)))
                .failure();
        assertThat(words).startsWith("No. ").endsWith(".").hasSizeGreaterThan("No. .".length());
        assertThat(words).doesNotContain("--", "'darwin ", "DARWIN_", "https_proxy", "{", "''");
    }

    /** The engine says what as data; commands, options and variables are the command line's own words. */
    @Test
    void theEngineNamesNoCommandAndNoVariable() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> lines = files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> Stream.of("cli", "jenkins").noneMatch(room -> f.startsWith(SOURCES.resolve(room))))
                    .flatMap(StepAdviceTest::sentences)
                    .filter(l ->
                            l.matches(".*'darwin [a-z]+.*|.*[ (]--(config|keys|no-bump|cacert|candidate|accept)\\b.*"
                                    + "|.*DARWIN_[A-Z_]+[^\\\\\"*].*"))
                    .toList();
            // The starter's own comment is for whoever ran the command that wrote it, the notice of a withdrawal for
            // strangers; and
            // what a child process never gets is named as it is called.
            assertThat(lines)
                    .allMatch(l -> l.contains("darwin init --schema")
                            || l.contains("Please do not use it.")
                            || l.strip().startsWith("List.of(\"DARWIN_SIGNING_KEY\""));
        }
    }

    /** Lines with a string literal that is a text for people. */
    private static Stream<String> sentences(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(l -> l.contains("\""))
                    .filter(l -> !l.strip().startsWith("*") && !l.strip().startsWith("//"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
