package io.jenkins.plugins.darwin.torture;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.torture.Toll.Harm;
import java.nio.file.Path;

/** The registry's own clean-up between all steps, with and without untagged manifests: nothing of ours is taken. */
final class CleanUpCampaign {
    private final Path dir;
    private final Toll toll = new Toll("clean-up");

    CleanUpCampaign(Path dir) {
        this.dir = dir;
    }

    /** @param runs whole releases; every other one with {@code -m} */
    Toll run(int runs) throws Exception {
        for (int n = 1; n <= runs; n++) {
            Path own = Files.folder(dir.resolve("run" + n));
            try (RealRegistry server = RealRegistry.start(own.resolve("server"))) {
                one(server, own, n % 2 == 0);
            }
            Files.delete(own);
        }
        return toll;
    }

    private void one(RealRegistry server, Path own, boolean untagged) {
        String where = "clean-up " + (untagged ? "with -m" : "without -m");
        ReleaseFixture release = ReleaseFixture.create(
                own, server.host() + "/staging", server.host() + "/darwin", RegistryOptions.defaults());
        toll.run();
        for (Step step : Step.CHAIN) {
            try {
                step.run().apply(release);
            } catch (ReleaseException e) {
                toll.add(Harm.LOST, where, step.name() + ": " + e.getMessage());
                return;
            }
            if (!step.name().equals("cut")) { // before the first push it has nothing to look at, and says so
                server.collectGarbage(untagged);
                toll.fault();
            }
        }
        toll.addAll(Judge.released(release, where));
    }
}
