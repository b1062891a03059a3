package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** Turns what was thrown into one clear sentence and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Darwin darwin;

    Failures(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (e instanceof ReleaseException known) {
            return say(command, known.getMessage(), known.kind().exitCode(), known.kind().name());
        }
        // A defect of ours: the trace is what a report of it needs.
        e.printStackTrace(darwin.surroundings().err());
        return say(command, "darwin failed in a way that nobody foresaw: " + e + ". Please report it with the trace above.", 1, "FAILED");
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        CommandLine.UnmatchedArgumentException.printSuggestions(e, darwin.surroundings().err());
        return say(e.getCommandLine(), firstLine(e.getMessage()) + " See '" + name + " --help'.", 2, "USAGE", List.of(args).contains("--json"));
    }

    private int say(CommandLine command, String message, int code, String kind) {
        return say(command, message, code, kind, darwin.json());
    }

    private int say(CommandLine command, String message, int code, String kind, boolean json) {
        Output output = new Output(darwin.surroundings(), json);
        output.failure(command.getCommandName(), kind.toLowerCase(java.util.Locale.ROOT), Map.of(), message);
        return code;
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.endsWith(".") ? line : line + ".";
    }
}
