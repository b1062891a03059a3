package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.PublicState;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others who push at the same time, and servers that say no. */
class RacesIT {
    @TempDir
    Path temp;

    /** A developer pushes to trunk each time somebody else does, just before. @param times how often */
    private void pushBefore(ReleaseFixture release, int times) throws IOException {
        Path hook = release.origin().resolve("hooks/pre-receive");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, """
                #!/bin/sh
                unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
                export GIT_AUTHOR_NAME=D GIT_AUTHOR_EMAIL=d@example.org GIT_COMMITTER_NAME=D GIT_COMMITTER_EMAIL=d@example.org
                while read old new ref; do
                  echo x >> pushes
                  if [ "$ref" = refs/heads/main ] && [ "$(grep -c x moves 2>/dev/null || true)" != %d ]; then
                    echo x >> moves
                    git update-ref "$ref" "$(git commit-tree -p "$ref" -m "feat: $(wc -l < moves)" "$ref^{tree}")"
                  fi
                done
                """.formatted(times));
        assertThat(hook.toFile().setExecutable(true)).isTrue();
    }

    private ReleaseFixture voted() {
        ReleaseFixture release = ReleaseFixture.layouts(temp);
        release.cut();
        release.build();
        release.sign();
        release.pass();
        return release;
    }

    @Test
    void trunkMovesOnceBetweenLookingAndPushing() throws IOException {
        ReleaseFixture release = voted();
        release.commit("feat: for the next release\n", Map.of("NEXT", "1\n".getBytes(StandardCharsets.UTF_8)));
        pushBefore(release, 1);
        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.DONE);
        assertThat(Files.readAllLines(release.origin().resolve("moves"))).hasSize(1);
        String log = Tools.run(release.origin(), "git", "log", "--format=%s", "main");
        assertThat(log.lines().limit(1)).containsExactly("Merge release/1.3.0 into main");
        assertThat(log).contains("feat: 1", "feat: for the next release");
        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
    }

    @Test
    void trunkNeverStandsStill() throws IOException {
        ReleaseFixture release = voted();
        pushBefore(release, 1000);
        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.OPEN);
        Files.delete(release.origin().resolve("hooks/pre-receive"));
        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.DONE);
        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
    }

    @Test
    void aServerThatAllowsNoPush() throws IOException {
        ReleaseFixture release = ReleaseFixture.layouts(temp);
        Path hook = release.origin().resolve("hooks/pre-receive");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\necho branches are protected here >&2\nexit 1\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        SortedMap<String, String> before = PublicState.refs(release.origin());
        assertThatThrownBy(release::cut)
                .isInstanceOfSatisfying(
                        ReleaseException.class, e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.REFUSED))
                .hasMessageContaining("did not take the push")
                .hasMessageContaining("branches are protected here")
                .hasMessageNotContaining("\n");
        assertThat(PublicState.refs(release.origin())).isEqualTo(before);
    }

    /** The server takes the push and dies before it can say so. */
    @Test
    void aPushWhoseAnswerIsLost() throws IOException {
        ReleaseFixture release = ReleaseFixture.layouts(temp);
        Path hook = release.origin().resolve("hooks/post-receive");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\nkill -9 $PPID\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(release::cut).isInstanceOf(ReleaseException.class);
        SortedMap<String, String> after = PublicState.refs(release.origin());
        assertThat(after).containsKey("refs/heads/release/1.3.0");
        Files.delete(hook);
        assertThat(release.cut().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
        assertThat(PublicState.refs(release.origin())).isEqualTo(after);
    }

    @Test
    void theVersionThatTrunkHasMeanwhileIsNoConflict() {
        ReleaseFixture release = voted();
        String chart = Tools.run(release.origin(), "git", "show", "main:helm/darwin/Chart.yaml");
        String main = release.commit(
                        "chore: begin 1.4.0\n",
                        Map.of(
                                "helm/darwin/Chart.yaml",
                                chart.replaceAll("1\\.2\\.0", "1.4.0").getBytes(StandardCharsets.UTF_8)))
                .sha();
        assertThat(chart).contains("1.2.0");
        Outcome<Promote.Result> outcome = release.promote();
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.DONE);
        assertThat(outcome.warnings()).isEmpty();
        assertThat(PublicState.refs(release.origin()))
                .containsKey("refs/tags/v1.3.0")
                .doesNotContainEntry("refs/heads/main", main);
        assertThat(Tools.run(release.origin(), "git", "show", "main:helm/darwin/Chart.yaml"))
                .as("trunk keeps its own, higher version")
                .contains("version: 1.4.0");
        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
    }

    /** Branches of a pipeline that share a workspace: one process, one folder. */
    @Test
    void twoBuildsInOneFolder() throws Exception {
        ReleaseFixture release = ReleaseFixture.layouts(temp);
        release.cut();
        both(release, release, ReleaseFixture::build);
        assertThat(release.build().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
        try (Stream<Path> all = Files.list(release.dist("1.3.0-RC1").getParent())) {
            assertThat(all.map(p -> p.getFileName().toString())).containsExactly("1.3.0-RC1");
        }
    }

    @Test
    void twoReleaseManagersInLayouts() throws Exception {
        together(ReleaseFixture.layouts(temp), temp.resolve("registry"), true);
    }

    @Test
    void twoReleaseManagersOnAServer() throws Exception {
        try (RealRegistry server = RealRegistry.start(temp.resolve("server"))) {
            together(
                    ReleaseFixture.create(
                            temp, server.host() + "/staging", server.host() + "/darwin", RegistryOptions.defaults()),
                    temp.resolve("server/data"),
                    false);
        }
    }

    /**
     * Both start each command at the same moment; their clocks differ, so their commits and signatures do.
     *
     * @param locked whether the registry lets one write after the other; a docker-registry has no compare-and-set for the list of
     *     referrers, so one more run may have work left
     */
    private void together(ReleaseFixture asha, Path data, boolean locked) throws Exception {
        ReleaseFixture ben = asha.colleague("ben");
        ben.clock().set(asha.clock().instant().plusSeconds(30 * 3600));
        for (Function<ReleaseFixture, Outcome<?>> step : List.<Function<ReleaseFixture, Outcome<?>>>of(
                ReleaseFixture::cut, ReleaseFixture::build, ReleaseFixture::sign)) {
            both(asha, ben, step);
        }
        asha.pass();
        both(asha, ben, ReleaseFixture::promote);
        if (!locked) {
            asha.promote();
        }
        SortedMap<String, String> state = asha.state(data);
        for (ReleaseFixture each : List.of(asha, ben)) {
            assertThat(each.promote().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
            Verify.Result verified = each.with(w -> new Verify(
                            Verify.Options.none(), each.clock(), io.jenkins.plugins.darwin.model.Progress.silent())
                    .named(w, "1.3.0"));
            assertThat(Check.failures(verified.checks())).isEmpty();
        }
        assertThat(asha.state(data)).isEqualTo(state);
        assertThat(Tools.run(asha.origin(), "git", "log", "--format=%s", "main")
                        .lines()
                        .filter("chore: bump version to 1.3.0-RC1"::equals))
                .hasSize(1);
    }

    private static void both(ReleaseFixture asha, ReleaseFixture ben, Function<ReleaseFixture, Outcome<?>> step)
            throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<Outcome<?>>> runs = new ArrayList<>();
            for (ReleaseFixture each : List.of(asha, ben)) {
                Callable<Outcome<?>> run = () -> {
                    start.await();
                    return step.apply(each);
                };
                runs.add(pool.submit(run));
            }
            int good = 0;
            for (Future<Outcome<?>> run : runs) {
                try {
                    run.get();
                    good++;
                } catch (java.util.concurrent.ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(ReleaseException.class);
                    assertThat(((ReleaseException) e.getCause()).kind())
                            .as(e.getMessage())
                            .isEqualTo(ReleaseException.Kind.REFUSED);
                }
            }
            assertThat(good).as("at least one of them comes to the end").isPositive();
        } finally {
            pool.shutdownNow();
        }
    }
}
