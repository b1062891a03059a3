package io.jenkins.plugins.darwin.torture;

import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.TestKey;
import io.jenkins.plugins.darwin.torture.Toll.Harm;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every command of a release as a process of its own, killed with kill -9 at a moment that the seed draws, then run again. The
 * time that each command takes is measured first, so that the moments lie all over its work.
 */
final class KillCampaign {
    private static final int TRIES = 3;
    private static final String CLASS_PATH = classPath();

    private final Path dir;
    private final long seed;
    private final Toll toll = new Toll("kill");
    private final Map<Step, Long> usual = new HashMap<>();

    KillCampaign(Path dir, long seed) {
        this.dir = dir;
        this.seed = seed;
    }

    private record Ended(int code, String said, long millis) {}

    /** @param kills at most so many; a chain that is begun is ended */
    Toll run(int kills) throws Exception {
        Random random = new Random(seed);
        try (RealRegistry server = RealRegistry.start(dir.resolve("server"))) {
            chain(0, server, random, 0);
            if (!toll.found().isEmpty()) {
                return toll; // what fails undisturbed needs no kills
            }
            for (int n = 1; toll.runs() < kills; n++) {
                chain(n, server, random, kills);
            }
        }
        return toll;
    }

    private void chain(int n, RealRegistry server, Random random, int kills) throws Exception {
        String where = "kill chain " + n + " of seed " + seed;
        Path own = Files.folder(dir.resolve("chain" + n));
        ReleaseFixture release = ReleaseFixture.create(
                        own,
                        server.host() + "/k" + n + "/staging",
                        server.host() + "/k" + n + "/darwin",
                        RegistryOptions.defaults())
                .configInRepository();
        release.clock().set(java.time.Instant.now()); // the commands have no other clock than the system's
        java.nio.file.Files.writeString(own.resolve("key"), ReleaseFixture.key().secret());
        for (Step step : Step.CHAIN) {
            boolean killed = toll.runs() < kills;
            if (killed) {
                toll.run();
                // Up to a little after its usual end: some are killed just when they are done.
                long moment = (long) (usual.get(step) * (0.3 + 0.8 * random.nextDouble()));
                if (run(own, step, moment) == null) {
                    toll.fault();
                }
            }
            Ended ended = null;
            for (int tries = 1; tries <= TRIES && (ended == null || ended.code() != 0); tries++) {
                ended = run(own, step, Long.MAX_VALUE);
                if (ended.code() == 2 || ended.said().contains("\tat ")) {
                    toll.add(Harm.WRONG, where, step.name() + ": " + ended.said());
                }
                if (ended.code() != 0) {
                    toll.told();
                }
            }
            if (ended.code() != 0) {
                toll.add(Harm.STUCK, where, step.name() + " after a kill: " + ended.code() + " " + ended.said());
                return;
            }
            if (!killed) {
                usual.put(step, ended.millis());
            }
        }
        release.clock().set(java.time.Instant.now());
        toll.addAll(Judge.released(release, where));
        Files.delete(own);
    }

    /** Ours, whoever loaded us: some launchers of tests have one of their own. */
    private static String classPath() {
        if (KillCampaign.class.getClassLoader() instanceof URLClassLoader own) {
            return Stream.of(own.getURLs())
                    .map(url -> Path.of(URI.create(url.toString())).toString())
                    .collect(Collectors.joining(File.pathSeparator));
        }
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** @return null when it was killed */
    private static Ended run(Path own, Step step, long killAfter) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                CLASS_PATH,
                "io.jenkins.plugins.darwin.cli.Main",
                "--repo",
                own.resolve("origin.git").toString()));
        command.addAll(step.arguments());
        File output = own.resolve("output").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Files.folder(own.resolve("work")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("DARWIN_"));
        environment.put("HOME", own.toString());
        environment.put("XDG_CACHE_HOME", own.resolve("home-cache").toString());
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("DARWIN_SIGNING_KEY", own.resolve("key").toString());
        environment.put("DARWIN_SIGNING_PASSPHRASE", TestKey.PASSPHRASE);
        long began = System.nanoTime();
        Process process = builder.start();
        boolean ended = process.waitFor(killAfter == Long.MAX_VALUE ? 120_000 : killAfter, TimeUnit.MILLISECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor(); // SIGKILL
            if (killAfter == Long.MAX_VALUE) {
                return new Ended(-1, "it did not end within two minutes", 120_000);
            }
            return null;
        }
        return new Ended(
                process.exitValue(),
                java.nio.file.Files.readString(output.toPath()),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }
}
