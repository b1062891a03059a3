package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.archive.SourceKind;
import io.jenkins.plugins.darwin.chart.ChartKind;
import io.jenkins.plugins.darwin.image.ImageKind;
import io.jenkins.plugins.darwin.kind.Kinds;
import io.jenkins.plugins.darwin.notes.NotesKind;
import java.util.List;

/** The kinds of content that a release can have. A new one is a line here, a folder of its own, and its part of the schema. */
public final class ReleaseKinds {
    /** In the order in which they are made and shown. */
    public static final Kinds ALL =
            new Kinds(List.of(new ImageKind(), new SourceKind(), new ChartKind(), new NotesKind()));

    private ReleaseKinds() {}
}
