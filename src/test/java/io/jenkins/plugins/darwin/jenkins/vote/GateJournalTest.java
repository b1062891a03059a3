package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateJournalTest {
    @TempDir
    Path folder;

    private Path file;
    private GateJournal journal;

    @BeforeEach
    void create() {
        file = folder.resolve("1.3.0-RC1/votes.jsonl");
        GateJournal.create(file, "opening");
        journal = new GateJournal(file);
    }

    @Test
    void linesComeBackInOrder() {
        long first = journal.append("ä");
        long second = journal.append("b");
        assertThat(first).isEqualTo("opening\nä\n".getBytes(StandardCharsets.UTF_8).length);
        assertThat(journal.read()).isEqualTo(new GateJournal.Content(java.util.List.of("opening", "ä", "b"), second));
        assertThat(journal.size()).isEqualTo(second);
    }

    /** A crash in the middle of a line: nobody was told that it counts, and the next line begins where it began. */
    @Test
    void anUnfinishedLineIsCutOff() throws IOException {
        journal.append("whole");
        Files.writeString(file, "half of a bal", StandardOpenOption.APPEND);
        assertThat(journal.read().lines()).containsExactly("opening", "whole");
        journal.append("next");
        assertThat(Files.readString(file)).isEqualTo("opening\nwhole\nnext\n");
    }

    @Test
    void anUnfinishedCharacterIsCutOff() throws IOException {
        Files.write(file, new byte[] {'x', (byte) 0xc3}, StandardOpenOption.APPEND);
        assertThat(journal.read().lines()).containsExactly("opening");
        assertThat(Files.size(file)).isEqualTo("opening\n".length());
    }

    /** Otherwise a ballot would bring a part of a deleted build back. */
    @Test
    void aDeletedJournalStaysDeleted() throws IOException {
        Files.delete(file);
        assertThatThrownBy(() -> journal.append("late"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("deleted");
        assertThat(file).doesNotExist();
    }

    @Test
    void nothingIsLeftOfTheMaking() {
        assertThat(file.getParent().toFile().list()).containsExactly("votes.jsonl");
    }
}
