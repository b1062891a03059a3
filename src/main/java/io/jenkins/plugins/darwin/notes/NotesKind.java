package io.jenkins.plugins.darwin.notes;

import io.jenkins.plugins.darwin.archive.ArtifactFile;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.kind.ContentKind;
import io.jenkins.plugins.darwin.kind.Made;
import io.jenkins.plugins.darwin.kind.Making;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.Version;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code RELEASE_NOTES.md}: every candidate has it. */
public final class NotesKind implements ContentKind {
    @Override
    public String word() {
        return "notes";
    }

    @Override
    public List<Item> items(ReleaseConfig config, Version version, GitTree tree) {
        return List.of(Item.file(ReleaseNotes.FILE));
    }

    @Override
    public void make(Making making, List<Item> items, Made made) {
        byte[] text = making.notes().get().getBytes(StandardCharsets.UTF_8);
        made.file(
                word(),
                ArtifactFile.write(
                        making.directory().resolve(ReleaseNotes.FILE), "text/markdown", out -> out.write(text)));
    }
}
