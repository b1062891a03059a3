package io.jenkins.plugins.darwin.torture;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.torture.Toll.Harm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Two release managers, each on a machine of their own, who start every command at the same moment. */
final class RaceCampaign {
    private final Path dir;
    private final long seed;
    private final Toll toll = new Toll("race");

    RaceCampaign(Path dir, long seed) {
        this.dir = dir;
        this.seed = seed;
    }

    /** @param runs races of each step */
    Toll run(int runs) throws Exception {
        try (RealRegistry server = RealRegistry.start(dir.resolve("server"))) {
            for (int n = 1; n <= runs; n++) {
                one(n, server);
                Files.delete(dir.resolve("run" + n));
            }
        }
        return toll;
    }

    private void one(int n, RealRegistry server) throws InterruptedException {
        String where = "race " + n + " of seed " + seed;
        Random random = new Random(seed * 1_000_003 + n);
        ReleaseFixture asha = ReleaseFixture.create(
                Files.folder(dir.resolve("run" + n)),
                server.host() + "/r" + n + "/staging",
                server.host() + "/r" + n + "/darwin",
                RegistryOptions.defaults());
        ReleaseFixture ravi = asha.colleague("ravi");
        ravi.clock().set(asha.clock().instant().plusMillis(1 + random.nextInt(1000)));
        for (Step step : Step.CHAIN) {
            if (step.equals(Step.CHAIN.get(6))) {
                continue; // the third ballot is cast between the races
            }
            Step other = step.equals(Step.CHAIN.get(4)) ? Step.CHAIN.get(6) : step;
            toll.run();
            if (!together(asha, step, ravi, other, random.nextInt(40), where)) {
                return;
            }
        }
        settle(asha);
        toll.addAll(Judge.released(asha, where));
        toll.addAll(Judge.released(ravi, where + ", looked at by the other"));
    }

    /** docker-registry has no compare-and-set: where both wrote one list at the same instant, one more run finds it out. */
    private void settle(ReleaseFixture release) {
        try {
            release.promote();
        } catch (ReleaseException e) {
            toll.told();
        }
    }

    private boolean together(ReleaseFixture one, Step step, ReleaseFixture two, Step other, int apart, String where)
            throws InterruptedException {
        ExecutorService people = Executors.newFixedThreadPool(2);
        try {
            CyclicBarrier start = new CyclicBarrier(2);
            List<Future<?>> runs = new ArrayList<>();
            runs.add(people.submit(() -> {
                start.await();
                return step.run().apply(one);
            }));
            runs.add(people.submit(() -> {
                start.await();
                Thread.sleep(apart);
                return other.run().apply(two);
            }));
            toll.fault();
            List<ReleaseFixture> again = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                try {
                    runs.get(i).get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof ReleaseException)) {
                        toll.add(Harm.WRONG, where, step.name() + ": " + e.getCause());
                    }
                    toll.told();
                    again.add(i == 0 ? one : two);
                }
            }
            for (ReleaseFixture each : again) {
                (each == one ? step : other).run().apply(each);
            }
            return true;
        } catch (ReleaseException e) {
            toll.add(Harm.STUCK, where, step.name() + ", run again: " + e.getMessage());
            return false;
        } finally {
            people.shutdownNow();
        }
    }
}
