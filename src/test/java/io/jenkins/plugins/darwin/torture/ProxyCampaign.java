package io.jenkins.plugins.darwin.torture;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.Fault;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.RecordingProxy;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.WireRequest;
import io.jenkins.plugins.darwin.torture.Toll.Harm;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Function;

/**
 * A whole release each run, over a wire that drops, delays, truncates, refuses and changes bits. A step that fails is run
 * again, as a person does; at last without faults, when it has to come to its end.
 */
final class ProxyCampaign {
    /** One request of so many meets a fault. */
    private static final int RATE = 12;

    private static final int TRIES = 6;

    private final Path dir;
    private final long seed;
    private final Toll toll = new Toll("proxy");

    ProxyCampaign(Path dir, long seed) {
        this.dir = dir;
        this.seed = seed;
    }

    Toll run(int runs) throws Exception {
        try (RealRegistry server = RealRegistry.start(dir.resolve("server"))) {
            for (int n = 1; n <= runs; n++) {
                try (RecordingProxy proxy = RecordingProxy.before(server.uri())) {
                    one(n, server, proxy);
                }
                Files.delete(dir.resolve("run" + n));
            }
        }
        return toll;
    }

    private void one(int n, RealRegistry server, RecordingProxy proxy) {
        String where = "proxy run " + n + " of seed " + seed;
        Random random = new Random(seed * 1_000_003 + n);
        // The names have the same length in each run, so that a seed gives the same bytes.
        String paths = "/p%04d".formatted(n);
        ReleaseFixture release = ReleaseFixture.create(
                Files.folder(dir.resolve("run" + n)),
                proxy.host() + paths + "/staging",
                proxy.host() + paths + "/darwin",
                RegistryOptions.defaults());
        toll.run();
        for (Step step : Step.CHAIN) {
            proxy.rule(faults(random));
            boolean done = false;
            for (int tries = 1; tries <= TRIES && !done; tries++) {
                done = attempt(release, step, where);
            }
            proxy.heal();
            if (!done && !attempt(release, step, where)) {
                toll.add(Harm.STUCK, where, step.name() + " without faults: " + last);
                return;
            }
        }
        toll.addAll(Judge.released(release, where));
    }

    private String last = "";

    private boolean attempt(ReleaseFixture release, Step step, String where) {
        try {
            step.run().apply(release);
            return true;
        } catch (ReleaseException e) {
            toll.told();
            last = e.getMessage();
            trace(where, step.name() + ": " + last);
        } catch (RuntimeException e) {
            toll.add(Harm.WRONG, where, step.name() + ": " + e);
            last = e.toString();
        }
        return false;
    }

    /** For who looks into a run: {@code --runs N --seed N} gives it again. */
    private static void trace(String what, String detail) {
        if (Boolean.getBoolean("torture.trace")) {
            System.err.println(what + ": " + detail);
        }
    }

    private Function<WireRequest, Fault> faults(Random random) {
        return request -> {
            int draw = random.nextInt(RATE * 10);
            int place = random.nextInt(2000);
            Fault fault = switch (draw) {
                case 0 -> new Fault.CutBefore();
                case 1 -> new Fault.CutAfter();
                case 2 -> new Fault.CutUpload(place);
                case 3 -> new Fault.CutAnswer(place);
                case 4 -> new Fault.Delay(place / 20);
                case 5 -> Fault.reply(503, "text/html", "<html>busy</html>");
                case 6 -> Fault.reply(429, "application/json", "{}");
                case 7 -> Fault.reply(403, "application/json", "{\"errors\":[{\"code\":\"DENIED\"}]}");
                case 8 -> new Fault.FlipUpload(place);
                case 9 -> new Fault.FlipAnswer(place);
                default -> Fault.NONE;
            };
            if (fault != Fault.NONE) {
                toll.fault();
                trace(request.toString(), fault.toString());
            }
            return fault;
        };
    }
}
