package io.jenkins.plugins.darwin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs the peers. */
final class Shell {
    private Shell() {}

    /** @return seconds of wall clock */
    static double seconds(Path directory, String command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("bench", ".log");
        try {
            long start = System.nanoTime();
            Process process = new ProcessBuilder("sh", "-ec", command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            int code = process.waitFor();
            double took = (System.nanoTime() - start) / 1e9;
            if (code != 0) {
                throw new IOException(command + ": exit " + code + "\n" + Files.readString(log));
            }
            return took;
        } finally {
            Files.deleteIfExists(log);
        }
    }

    static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
