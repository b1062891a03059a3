package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.ConflictException;
import java.util.List;
import java.util.Locale;
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
    public int handleExecutionException(Exception e, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (e instanceof ReleaseException known) {
            List<Change> conflicts = known instanceof ConflictException conflict ? conflict.conflicts() : List.of();
            return say(
                    command,
                    version(parsed),
                    conflicts,
                    Advice.of(known),
                    known.kind().exitCode(),
                    known.kind().name(),
                    darwin.json());
        }
        // A defect of ours: the trace is what a report of it needs.
        e.printStackTrace(darwin.surroundings().err());
        return say(
                command,
                version(parsed),
                List.of(),
                "darwin failed in a way that nobody foresaw: " + e + ". Please report it with the trace above.",
                1,
                "FAILED",
                darwin.json());
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        CommandLine.UnmatchedArgumentException.printSuggestions(
                e, darwin.surroundings().err());
        return say(
                e.getCommandLine(),
                null,
                List.of(),
                firstLine(e.getMessage()) + " See '" + name + " --help'.",
                2,
                "USAGE",
                List.of(args).contains("--json"));
    }

    /** @param version that was asked for, null when none was */
    private int say(
            CommandLine command,
            String version,
            List<Change> conflicts,
            String message,
            int code,
            String kind,
            boolean json) {
        String name = command.getCommandSpec()
                .qualifiedName()
                .replaceFirst("^\\w+ ", ""); // without our own name, as successes have it
        new Output(darwin.surroundings(), json)
                .failure(name, version, kind.toLowerCase(Locale.ROOT), conflicts, message);
        return code;
    }

    /** The argument VERSION of the command or of one that it is part of. */
    private static String version(CommandLine.ParseResult parsed) {
        String found = null;
        for (CommandLine.ParseResult at = parsed; at != null; at = at.hasSubcommand() ? at.subcommand() : null) {
            found = at.matchedPositionals().stream()
                    .filter(p -> p.paramLabel().equals("VERSION"))
                    .flatMap(p -> p.originalStringValues().stream())
                    .findFirst()
                    .orElse(found);
        }
        return found;
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.endsWith(".") ? line : line + ".";
    }
}
