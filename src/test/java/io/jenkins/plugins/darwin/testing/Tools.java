package io.jenkins.plugins.darwin.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs other people's tools: what they say about our work is the test. */
public final class Tools {
    private Tools() {}

    /** What the tool printed; a tool that fails is a failed test with its output. */
    public static String run(Path directory, String... command) {
        try {
            Path output = Files.createTempFile("tool", ".log");
            try {
                Process process = new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                process.getOutputStream().close();
                if (!process.waitFor(5, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new AssertionError(List.of(command) + " did not end");
                }
                String text = Files.readString(output, StandardCharsets.UTF_8);
                if (process.exitValue() != 0) {
                    throw new AssertionError(List.of(command) + " ended with " + process.exitValue() + ":\n" + text);
                }
                return text;
            } finally {
                Files.delete(output);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(List.of(command) + ": " + e, e);
        }
    }
}
