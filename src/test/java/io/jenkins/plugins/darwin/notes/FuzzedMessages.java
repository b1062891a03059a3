package io.jenkins.plugins.darwin.notes;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Version;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Commit messages of strangers, for fuzzing: all the way to the notes that people read. */
public final class FuzzedMessages {
    private FuzzedMessages() {}

    public static void message(byte[] input) {
        String message = new String(input, StandardCharsets.UTF_8);
        NoteCommit commit = new NoteCommit(new CommitId("0".repeat(39) + "1"), List.of(), message);
        ReleaseNotes.of(List.of(commit), ReleaseNotes.Options.none())
                .markdown("darwin", Version.parse("1.3.0"), Optional.empty());
    }
}
