package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.release.Notes;
import io.jenkins.plugins.darwin.release.Workspace;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "notes", description = "P4.1: prints the release notes, from the commits since the previous release.")
final class NotesCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "VERSION", description = "X.Y.Z, for example 1.3.0.")
    private String version;

    private final Darwin darwin;

    NotesCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public Integer call() {
        Version parsed = Version.parse(version);
        try (Workspace workspace = darwin.workspace()) {
            Notes.Draft draft = Notes.draft(workspace, parsed);
            String notes = draft.text();
            workspace.progress().message(draft.account().toString());
            new Output(darwin.surroundings(), darwin.json())
                    .success(
                            "notes",
                            version,
                            "done",
                            List.of(),
                            List.of(),
                            Map.of("notes", notes, "account", draft.account()),
                            List.of(notes.stripTrailing()));
        }
        return 0;
    }
}
