package io.jenkins.plugins.darwin.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine;

/** The {@code darwin} command. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        OptionalInt again = Utf8Names.startAgain(args);
        if (again.isPresent()) {
            System.exit(again.getAsInt());
        }
        System.exit(run(args, ProcessEnvironment.read(), Path.of("").toAbsolutePath(), System.out, System.err));
    }

    /**
     * Runs one command.
     *
     * @param environment where secrets and folders may come from
     * @param directory what relative paths are relative to
     * @return the exit code: 0 done, 1 failed, 2 wrong usage or configuration, 3 refused, 4 released with open ends
     */
    public static int run(
            String[] args, Map<String, String> environment, Path directory, PrintStream out, PrintStream err) {
        Darwin darwin = new Darwin(new Surroundings(Map.copyOf(environment), directory, out, err));
        CommandLine command = new CommandLine(darwin, new Commands(darwin));
        Failures failures = new Failures(darwin);
        command.setExecutionExceptionHandler(failures);
        command.setParameterExceptionHandler(failures);
        command.setOut(writer(out));
        command.setErr(writer(err));
        command.setColorScheme(CommandLine.Help.defaultColorScheme(
                darwin.surroundings().terminal() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        return command.execute(args);
    }

    private static PrintWriter writer(PrintStream to) {
        return new PrintWriter(to, true, Charset.defaultCharset()); // the terminal's
    }
}
