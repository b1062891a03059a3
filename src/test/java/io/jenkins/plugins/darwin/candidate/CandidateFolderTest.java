package io.jenkins.plugins.darwin.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CandidateFolderTest {
    @TempDir
    Path temp;

    @Test
    void aFileAppearsWholeAndNothingStaysBesideIt() throws IOException {
        CandidateFolder folder = new CandidateFolder(temp.resolve("1.3.0-RC1"));
        folder.create();
        folder.write("a.asc", "first".getBytes());
        Path before = folder.file("a.asc");
        Object key = Files.readAttributes(before, java.nio.file.attribute.BasicFileAttributes.class)
                .fileKey();
        folder.write("a.asc", "second".getBytes());
        assertThat(before).hasContent("second");
        // Another file under the name: who had the first one open still reads all of that.
        assertThat(Files.readAttributes(before, java.nio.file.attribute.BasicFileAttributes.class)
                        .fileKey())
                .isNotEqualTo(key);
        try (Stream<Path> all = Files.list(temp)) {
            assertThat(all).containsExactly(temp.resolve("1.3.0-RC1"));
        }
        assertThat(folder.names()).containsExactly("a.asc");
    }

    @Test
    void whatAKilledProcessLeftIsRemovedByTheNextBuild() throws IOException {
        CandidateFolder folder = new CandidateFolder(temp.resolve("1.3.0-RC1"));
        folder.create();
        String prefix = folder.partial().path().getFileName().toString().replaceFirst("[0-9]+-[0-9]+-[0-9a-f]{8}$", "");
        Path left = Files.writeString(temp.resolve(prefix + "999999999-1-abcdef01"), "half of a sig");
        folder.partial();
        assertThat(left).doesNotExist();
    }

    @Test
    void aFolderThatIsGoneIsASentence() {
        CandidateFolder folder = new CandidateFolder(temp.resolve("none"));
        assertThatThrownBy(() -> folder.write("a.asc", new byte[0]))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("Tried to write " + temp.resolve("none/a.asc"));
    }
}
