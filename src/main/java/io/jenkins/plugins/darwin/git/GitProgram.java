package io.jenkins.plugins.darwin.git;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program {@code git} of this machine, run as a plain tool. */
final class GitProgram {
    private static final Pattern VERSION = Pattern.compile("git version (\\d+)\\.(\\d+)(\\S*)");
    /** For what only computes or asks; more means that it hangs. */
    private static final long LONGEST_SECONDS = 600;

    /** git knows this name on every system. */
    private static final String NOTHING = "/dev/null";

    private final Path file;

    private GitProgram(Path file) {
        this.file = file;
    }

    /** @param searchPath folders of programs, as in the environment's PATH */
    static Optional<GitProgram> find(String searchPath) {
        for (String folder : searchPath.split(File.pathSeparator)) {
            for (String name : List.of("git", "git.exe")) {
                if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
                    return Optional.of(new GitProgram(Path.of(folder, name).toAbsolutePath()));
                }
            }
        }
        return Optional.empty();
    }

    /** A release of git, as far as it matters. */
    record Release(int major, int minor, String text) {
        boolean atLeast(int wantedMajor, int wantedMinor) {
            return major > wantedMajor || major == wantedMajor && minor >= wantedMinor;
        }
    }

    /** Which one it is; empty when it can't be run. */
    Optional<Release> release() {
        try {
            Answer answer = plain(Path.of(".").toAbsolutePath(), Map.of(), new byte[0], "--version");
            Matcher m = VERSION.matcher(answer.text().strip());
            return answer.exit() == 0 && m.lookingAt()
                    ? Optional.of(new Release(
                            Integer.parseInt(m.group(1)),
                            Integer.parseInt(m.group(2)),
                            m.group(1) + "." + m.group(2) + m.group(3)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** @param complaint what it wrote to its error output */
    record Answer(int exit, byte[] output, String complaint) {
        String text() {
            return new String(output, StandardCharsets.UTF_8);
        }
    }

    /**
     * Runs it on a repository with nothing of the machine's or of a user's: no configuration beside the repository's own
     * file, no hooks, no attributes of the machine, no filters or merge drivers (those stand in configuration), and an
     * environment that is empty but for these.
     *
     * @param gitDir of the repository
     * @param workTree a folder that counts as its work tree
     */
    Answer alone(Path gitDir, Path workTree, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "--git-dir=" + gitDir,
                "--work-tree=" + workTree,
                "-c",
                "core.bare=false",
                "-c",
                "core.hooksPath=" + NOTHING,
                "-c",
                "core.fsmonitor=false"));
        all.addAll(List.of(arguments));
        return plain(
                workTree,
                Map.of(
                        "GIT_CONFIG_NOSYSTEM",
                        "1",
                        "GIT_CONFIG_GLOBAL",
                        NOTHING,
                        "GIT_ATTR_NOSYSTEM",
                        "1",
                        "GIT_INDEX_FILE",
                        workTree.resolve("no-index").toString(),
                        "HOME",
                        workTree.toString(),
                        "XDG_CONFIG_HOME",
                        workTree.toString()),
                new byte[0],
                all.toArray(String[]::new));
    }

    /** Runs it with an environment of a few plain names and these. */
    private Answer plain(Path folder, Map<String, String> environment, byte[] input, String... arguments)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder().directory(folder.toFile());
        builder.command().add(file.toString());
        builder.command().addAll(List.of(arguments));
        Map<String, String> all = builder.environment();
        all.keySet()
                .removeIf(
                        name -> !List.of("PATH", "TMPDIR", "SYSTEMROOT", "TEMP").contains(name));
        all.put("LC_ALL", "C");
        all.put("GIT_TERMINAL_PROMPT", "0");
        all.putAll(environment);
        return run(builder, input);
    }

    /**
     * Runs it in a folder of the user as the user would, with the user's own configuration and environment, less our
     * secrets. It asks no person.
     */
    Answer asUser(Path folder, String input, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder().directory(folder.toFile());
        builder.command().add(file.toString());
        builder.command().addAll(List.of(arguments));
        Map<String, String> all = builder.environment();
        all.keySet().removeIf(name -> name.startsWith("DARWIN_") || name.matches("GIT_(DIR|WORK_TREE|INDEX_FILE)"));
        all.put("GIT_TERMINAL_PROMPT", "0");
        all.put("SSH_ASKPASS", ""); // the windows of a desktop; GIT_ASKPASS is what a CI server sets
        return run(builder, input.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer run(ProcessBuilder builder, byte[] input) throws IOException {
        Process process = builder.start();
        ByteArrayOutputStream complaint = new ByteArrayOutputStream();
        Thread reader = new Thread(() -> {
            try (InputStream in = process.getErrorStream()) {
                in.transferTo(complaint);
            } catch (IOException e) {
                // it ended
            }
        });
        reader.setDaemon(true);
        reader.start();
        try {
            try (OutputStream out = process.getOutputStream()) {
                out.write(input);
            } catch (IOException e) {
                // it reads none
            }
            byte[] output;
            try (InputStream in = process.getInputStream()) {
                output = in.readAllBytes();
            }
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the program git did not end within " + LONGEST_SECONDS + " seconds");
            }
            reader.join(TimeUnit.SECONDS.toMillis(10));
            return new Answer(process.exitValue(), output, complaint.toString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the program git ran", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
