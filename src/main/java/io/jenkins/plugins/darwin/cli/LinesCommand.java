package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.release.LiveLines;
import io.jenkins.plugins.darwin.release.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "lines",
        description = "Live lines: branches on their way with the fixes that they lack, last releases, end of support.")
final class LinesCommand implements Callable<Integer> {
    private final Darwin darwin;

    LinesCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public Integer call() {
        try (Workspace workspace = darwin.workspace()) {
            LiveLines.Result result = LiveLines.look(workspace);
            new Output(darwin.surroundings(), darwin.json())
                    .success("lines", null, "done", List.of(), result.warnings(), result, lines(result));
        }
        return 0;
    }

    private static List<String> lines(LiveLines.Result result) {
        List<String> lines = new ArrayList<>();
        for (LiveLines.Branch branch : result.branches()) {
            lines.add(branch.version() + "  " + branch.branch() + " at "
                    + branch.head().abbreviated()
                    + branch.target().map(t -> ", due " + t).orElse("")
                    + branch.manager().map(m -> ", " + m).orElse("")
                    + (branch.old() ? "; older than two weeks without a candidate" : ""));
            branch.missing().forEach(m -> lines.add("  lacks " + m.commit().abbreviated() + " " + m.subject()));
        }
        for (LiveLines.Line line : result.lines()) {
            lines.add(line.line() + "  last release " + line.last()
                    + line.supportEnds()
                            .map(end -> (line.supported() ? ", supported until " : ", support ended ") + end)
                            .orElse(""));
        }
        if (lines.isEmpty()) {
            lines.add("No line is under way, and nothing is released yet.");
        }
        return lines;
    }
}
