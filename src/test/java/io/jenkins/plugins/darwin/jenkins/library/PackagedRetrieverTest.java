package io.jenkins.plugins.darwin.jenkins.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackagedRetrieverTest {
    private static final Path VARS = Path.of("vars");

    @Test
    void listNamesEveryFileOfTheFolder() throws IOException {
        try (Stream<Path> files = Files.list(VARS)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(PackagedRetriever.FILES);
        }
    }

    @Test
    void allOfThemAreInTheJar() throws IOException {
        for (String file : PackagedRetriever.FILES) {
            try (var packaged = PackagedRetriever.class.getResourceAsStream("vars/" + file)) {
                assertThat(packaged).as(file).isNotNull().hasBinaryContent(Files.readAllBytes(VARS.resolve(file)));
            }
        }
    }

    /** The page "Global Variables Reference" shows the .txt. */
    @Test
    void everyVariableHasItsHelp() {
        assertThat(PackagedRetriever.FILES.stream().filter(f -> f.endsWith(".groovy")))
                .isNotEmpty()
                .allMatch(f -> PackagedRetriever.FILES.contains(f.replace(".groovy", ".txt")));
    }

    /** A variable with a step's name would hide the step. */
    @Test
    void noVariableHidesAStep() {
        assertThat(PackagedRetriever.FILES)
                .noneMatch(f -> f.matches("darwin(CutRelease|BuildRc|Sign|AwaitVote|Promote)\\..*"));
    }
}
