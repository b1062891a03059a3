package io.jenkins.plugins.darwin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.testing.Cli;
import io.jenkins.plugins.darwin.testing.PublicState;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo, twice, and killed in the middle. */
class DemoIT {
    @TempDir
    Path temp;

    private Cli demo(Path dir, String... more) {
        List<String> args = new ArrayList<>(List.of("--json", "demo", "--dir", dir.toString()));
        args.addAll(List.of(more));
        return Cli.run(temp, Map.of(), args.toArray(String[]::new));
    }

    private static SortedMap<String, String> hashes(Path dir) throws IOException {
        SortedMap<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = dir.relativize(file).toString();
                if (!name.startsWith(".cache")) { // what was fetched when
                    hashes.put(name, Digest.sha256(Files.readAllBytes(file)).toString());
                }
            }
        }
        return hashes;
    }

    /** What it promises to leave, and its own commands, pasted into a shell. */
    private void complete(Path dir) throws IOException {
        assertThat(dir).isDirectoryContaining("glob:**/report.html").isDirectoryContaining("glob:**/KEYS");
        assertThat(PublicState.refs(dir.resolve("origin.git")))
                .containsKeys("refs/heads/release/1.3.0", "refs/tags/v1.3.0");
        assertThat(PublicState.tags(dir.resolve("registry")))
                .containsKeys(
                        "staging/darwin-compute:1.3.0-RC1",
                        "staging/darwin-compute:1.3.0-RC2",
                        "release/darwin-compute:1.3.0",
                        "release/darwin-mlflow:latest",
                        "release/darwin-cluster-manager:1.3.0",
                        "release/ml-serve-app:1.3.0",
                        "release/charts/darwin:1.3.0",
                        "release/darwin-release:1.3.0")
                .doesNotContainKey("staging/darwin-compute:1.3.0-RC3");
        Cli told = Cli.run(temp, Map.of(), "demo", "--dir", dir.toString());
        List<String> commands = told.out()
                .lines()
                .dropWhile(l -> !l.startsWith("# "))
                .filter(l -> !l.startsWith("#"))
                .toList();
        assertThat(commands).hasSizeGreaterThan(8);
        String said = Tools.run(
                temp, "bash", "-euc", String.join("\n", commands) + "\ngpgconf --kill all\nrm -rf \"$GNUPGHOME\"");
        assertThat(said)
                .contains("Good signature from \"Asha Rao", "Merge release/1.3.0 into main", "darwin-1.3.0.tgz: OK")
                .doesNotContain("FAILED", "BAD");
        assertThat(said.lines().filter(l -> l.startsWith("sha256:")).distinct())
                .as("the staged and the released image")
                .hasSize(1);
    }

    @Test
    void twiceChangesNothing() throws IOException {
        Path dir = temp.resolve("it's a demo"); // the commands must quote it
        assertThat(demo(dir, "--dry-run").json().path("outcome").asText()).isEqualTo("planned");
        assertThat(dir).doesNotExist();
        assertThat(demo(dir).json().path("outcome").asText()).isEqualTo("done");
        SortedMap<String, String> once = hashes(dir);
        Cli second = demo(dir);
        assertThat(second.code()).isZero();
        assertThat(second.json().path("outcome").asText()).isEqualTo("unchanged");
        assertThat(hashes(dir)).isEqualTo(once);
        complete(dir);
        assertThat(hashes(dir)).isEqualTo(once);
        Cli.run(temp, Map.of(), "demo", "--dir", dir.toString());
    }

    @Test
    void aFolderOfSomethingElseIsLeftAlone() throws IOException {
        Path dir = Files.createDirectories(temp.resolve("mine"));
        Files.writeString(dir.resolve("thesis.txt"), "words");
        Cli run = Cli.run(temp, Map.of(), "demo", "--dir", dir.toString());
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.complaint()).contains("mine", "holds something else");
        assertThat(hashes(dir).keySet()).containsExactly("thesis.txt");
    }

    /** kill -9 again and again, at moments that nobody chose, until a run comes to its end. */
    @Test
    void killedInTheMiddleItGoesOn() throws Exception {
        Path dir = temp.resolve("demo");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int kills = 0;
        for (int run = 0; ; run++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "demo",
                            "--dir",
                            dir.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(temp.resolve("run-" + run + ".log").toFile())
                    .start();
            process.getOutputStream().close();
            // After some steps of its own story, so that slow machines are killed everywhere too.
            if (kills < 6 && killed(process, temp.resolve("run-" + run + ".log"), random)) {
                kills++;
                continue;
            }
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue())
                    .as("seed " + seed + ", run " + run + ": " + Files.readString(temp.resolve("run-" + run + ".log")))
                    .isZero();
            if (kills >= 3 || run > 8) {
                break;
            }
            Tools.run(
                    temp,
                    "rm",
                    "-rf",
                    dir.toString()); // it was too quick to be killed often enough: once more from the start
        }
        assertThat(kills).as("seed " + seed).isPositive();
        SortedMap<String, String> once = hashes(dir);
        assertThat(demo(dir).json().path("outcome").asText()).isEqualTo("unchanged");
        assertThat(hashes(dir)).isEqualTo(once);
        complete(dir);
    }

    private static boolean killed(Process process, Path log, Random random) throws IOException, InterruptedException {
        int steps = random.nextInt(4);
        while (process.isAlive() && Files.readAllLines(log).size() < steps) {
            Thread.sleep(5);
        }
        boolean ended = process.waitFor(random.nextInt(900), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        return !ended && process.exitValue() == 137;
    }
}
