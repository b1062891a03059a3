package io.jenkins.plugins.darwin.image;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs the tools and scripts that make one image, one after the other, with one log. Each line goes to the log file and to
 * the progress at once. When the thread is interrupted, the process and all its descendants are ended.
 */
final class ChildProcess {
    private static final int TAIL_LINES = 40;
    private static final int LONGEST_LINE = 2000;
    /** How long a process may take to tidy up after a polite request to end. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final String what;
    private final Path log;
    private final Map<String, String> environment;
    private final Progress progress;
    private final Deque<String> tail = new ArrayDeque<>();

    /**
     * @param what is made, for people: {@code Image darwin-compute}
     * @param label begins each line that is shown
     * @param log is made anew
     */
    ChildProcess(String what, String label, Path log, Map<String, String> environment, Progress progress) {
        this.what = what;
        this.log = log;
        this.environment = environment;
        this.progress = new Labelled(label, progress);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            Files.writeString(log, "");
        } catch (IOException e) {
            throw ReleaseException.failed("Could not write the log " + log + ": " + e.getMessage() + ".", e);
        }
    }

    private record Labelled(String label, Progress to) implements Progress {
        @Override
        public void message(String line) {
            to.message(label + " | " + line);
        }

        @Override
        public Task start(String name, long total, Unit unit) {
            return to.start(label + ": " + name, total, unit);
        }
    }

    /**
     * Runs one program to its end.
     *
     * @throws ReleaseException failed, when it can't be started, ends with anything but 0 (with the end of the log), or the
     *     thread is interrupted, whose flag stays set
     */
    void run(Path directory, List<String> command) {
        String tool = Path.of(command.get(0)).getFileName().toString();
        Process process = start(directory, command, tool);
        Thread reader = new Thread(() -> read(process), "log of " + what);
        reader.setDaemon(true);
        reader.start();
        try {
            int exit = process.waitFor();
            reader.join(GRACE.toMillis()); // a child left behind may hold the pipe open for ever
            if (exit != 0) {
                throw failure(tool + " ended with " + exit);
            }
        } catch (InterruptedException e) {
            endAll(process.toHandle());
            Thread.currentThread().interrupt();
            throw ReleaseException.failed(what + " was not built: interrupted. Its log so far: " + log, e);
        }
    }

    /** A failure with the end of the log and where the whole is. */
    ReleaseException failure(String why) {
        List<String> lines;
        synchronized (tail) {
            lines = List.copyOf(tail);
        }
        String end =
                lines.isEmpty() ? " It printed nothing." : "\nThe end of its log:\n  " + String.join("\n  ", lines);
        return ReleaseException.failed(what + " was not built: " + why + "." + end + "\nThe whole log: " + log);
    }

    private Process start(Path directory, List<String> command, String tool) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(nothing(directory)));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw ReleaseException.failed(
                    what + " was not built: " + tool + " could not be started (" + e.getMessage() + ").", e);
        }
    }

    /** A script that asks a question gets the end of its input, and nobody waits for an answer. */
    private static java.io.File nothing(Path directory) {
        Path unix = Path.of("/dev/null");
        return (Files.exists(unix) ? unix : Path.of("NUL")).toFile();
    }

    private void read(Process process) {
        try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                Writer out = Files.newBufferedWriter(log, StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.write(line + "\n");
                out.flush();
                String shown = printable(line);
                synchronized (tail) {
                    tail.addLast(shown);
                    if (tail.size() > TAIL_LINES) {
                        tail.removeFirst();
                    }
                }
                progress.message(shown);
            }
        } catch (IOException e) {
            progress.message("The log can't be written any further: " + e.getMessage());
        }
    }

    /** Colours and cursor movements of a tool would spoil a terminal or a log page. */
    private static String printable(String line) {
        String plain = line.replaceAll("\u001b\\[[0-9;?]*[ -/]*[@-~]", "");
        plain = ForeignText.lines(plain);
        return plain.length() > LONGEST_LINE ? plain.substring(0, LONGEST_LINE) + "..." : plain;
    }

    private static void endAll(ProcessHandle process) {
        List<ProcessHandle> family =
                Stream.concat(process.descendants(), Stream.of(process)).toList();
        family.forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + GRACE.toNanos();
        while (family.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                break; // asked twice: no more patience; the caller sets the flag
            }
        }
        // Those that were started meanwhile, too.
        Stream.concat(process.descendants(), family.stream()).toList().forEach(ProcessHandle::destroyForcibly);
    }
}
