package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.config.ConfigReader;
import io.jenkins.plugins.darwin.git.LocalRepository;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.release.Init;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "init", description = "Writes a commented darwin-release.yaml from what it finds in the repository.")
final class InitCommand implements Callable<Integer> {
    @Option(
            names = "--schema",
            description = "Print the JSON Schema of darwin-release.yaml, for editors, and write nothing.")
    private boolean schema;

    private final Darwin darwin;

    InitCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public Integer call() {
        if (schema) {
            darwin.surroundings().out().print(ConfigReader.schema());
            return 0;
        }
        Path top = LocalRepository.workTree(darwin.repo(), darwin.surroundings().directory());
        Path file = top.resolve(ConfigReader.FILE_NAME);
        if (Files.exists(file)) {
            throw ReleaseException.refused(file + " exists already: edit it, or move it away first.");
        }
        String content = Init.starter(top);
        Change change = Change.absent("file", file.toString(), content.lines().count() + " lines");
        if (darwin.dryRun()) {
            new Output(darwin.surroundings(), darwin.json())
                    .success("init", null, "planned", List.of(change), List.of(), null, List.of(content));
            return 0;
        }
        try {
            Files.writeString(file, content, java.nio.file.StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw ReleaseException.failed("Tried to write " + file + " but failed because: " + e.getMessage() + ".", e);
        }
        new Output(darwin.surroundings(), darwin.json())
                .success(
                        "init",
                        null,
                        "done",
                        List.of(change.asMade()),
                        List.of(),
                        null,
                        List.of(
                                "Wrote " + file + ". Read it, fill in registries and voters, commit it.",
                                "Next: darwin preflight X.Y.Z"));
        return 0;
    }
}
