package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.Messages;
import io.jenkins.plugins.darwin.testing.PublicState;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.RecordingProxy;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.Snapshot;
import io.jenkins.plugins.darwin.testing.Wrecker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every step of a release dies at each of its changes in turn, and is run again: what the world sees at the end is what it
 * sees when nothing ever dies, and running it once more changes nothing, counted at the wire.
 */
class CrashMatrixIT {
    @TempDir
    Path temp;

    private ReleaseFixture release;
    private Wrecker wrecker;
    private Path data;
    private int deaths;
    private final List<String> walked = new ArrayList<>();

    private interface Step extends Supplier<Outcome<?>> {}

    @Test
    void onAServer() throws Exception {
        data = temp.resolve("server/data");
        try (RealRegistry server = RealRegistry.start(temp.resolve("server"));
                RecordingProxy proxy = RecordingProxy.before(server.uri())) {
            wrecker = Wrecker.of(proxy);
            release = ReleaseFixture.create(
                    temp, proxy.host() + "/staging", proxy.host() + "/darwin", RegistryOptions.defaults());
            walkAll();
        }
    }

    @Test
    void inLayouts() throws Exception {
        data = temp.resolve("registry");
        Wrecker.OfListener listener = new Wrecker.OfListener();
        wrecker = listener;
        release = ReleaseFixture.create(
                temp,
                "oci-layout:registry/staging",
                "oci-layout:registry/release",
                RegistryOptions.defaults().withListener(listener));
        walkAll();
    }

    private void walkAll() throws IOException {
        walk("cut", release::cut, 0);
        walk("build-rc", release::build, 15);
        walk("sign", release::sign, 15);
        release.pass();
        walk("promote", release::promote, 15);
        System.out.println("Crash matrix of " + data.getFileName() + ", points walked: " + String.join(", ", walked));
    }

    /** @param least so many changes of the registry the step must have, or the walk proves nothing */
    private void walk(String name, Step step, int least) throws IOException {
        // The kept mirror is not set back: it only ever holds what the remote once had.
        Snapshot before =
                Snapshot.take(temp, "origin.git", "dist", temp.relativize(data).toString());
        wrecker.heal();
        assertThat(step.get().kind()).isEqualTo(Outcome.Kind.DONE);
        int changes = wrecker.mutations();
        assertThat(changes).as(name).isGreaterThanOrEqualTo(least);
        SortedMap<String, String> end = release.state(data);
        requireNothingLeft(name, step);
        int points = 0;
        for (int n = 0; n <= changes; n++, points++) {
            before.restore();
            // Either way n changes live on. With an odd n the last one's answer is lost too; with an even one the next
            // is never sent.
            if (n % 2 == 1 || n == changes) {
                wrecker.crashDuring(n);
            } else {
                wrecker.crashAfter(n);
            }
            recovers(name + ", dead after change " + n + " of " + changes, step, end);
            if (n % 5 == 0) { // the state is the same as at the end each time, and that one was tried
                requireNothingLeft(name + ", recovered after change " + n, step);
            }
        }
        assertThat(deaths).as(name + ": runs that died").isGreaterThanOrEqualTo(changes);
        deaths = 0;
        if (wrecker instanceof Wrecker.OfListener) { // the same plan on a server: once is enough
            points += betweenChanges(name, step, before, end);
        }
        walked.add(name + " " + points);
    }

    /** Dies after each change of the plan, whatever it changed; Git pushes are among them. */
    private int betweenChanges(String name, Step step, Snapshot before, SortedMap<String, String> end)
            throws IOException {
        for (int n = 1; ; n++) {
            before.restore();
            wrecker.heal();
            int[] left = {n};
            release.progress(new Messages() {
                @Override
                public void message(String line) {
                    if (--left[0] == 0) {
                        throw new Wrecker.Crash(line);
                    }
                }
            });
            Throwable death = catchThrowable(step::get);
            release.progress(Progress.silent());
            if (death == null) {
                assertThat(release.state(data)).isEqualTo(end);
                assertThat(n).isGreaterThan(1);
                return n - 1;
            }
            assertThat(death).as(name).isInstanceOf(Wrecker.Crash.class);
            step.get();
            assertThat(release.state(data))
                    .as(name + ", dead after message " + n)
                    .isEqualTo(end);
        }
    }

    private void recovers(String where, Step step, SortedMap<String, String> end) {
        // None when the last answer was the last thing needed.
        boolean[] open = {false};
        Throwable death = catchThrowable(() -> open[0] = step.get().kind() == Outcome.Kind.OPEN);
        if (open[0]) { // after the point of no return a server that is away leaves open ends
            deaths++;
        } else if (death != null) {
            assertThat(death).as(where).isInstanceOfAny(ReleaseException.class, Wrecker.Crash.class);
            deaths++;
        }
        requireNoHalfRelease(where);
        wrecker.heal();
        step.get();
        assertThat(release.state(data)).as(where).isEqualTo(end);
    }

    private void requireNothingLeft(String where, Step step) {
        wrecker.heal();
        Map<String, String> files = PublicState.files(List.of(release.origin()));
        assertThat(step.get().kind()).as(where).isEqualTo(Outcome.Kind.UNCHANGED);
        assertThat(wrecker.mutations())
                .as(where + ": changes of a run that has nothing to do")
                .isZero();
        assertThat(PublicState.files(List.of(release.origin()))).as(where).isEqualTo(files);
    }

    /** Who sees the tag, or latest, sees all of the release; who sees a candidate, all of the candidate. */
    private void requireNoHalfRelease(String where) {
        Map<String, String> state = release.state(data);
        List<String> names = state.keySet().stream()
                .map(k -> k.replaceFirst("^(darwin|release)/", "").replaceFirst("^staging/", "staging "))
                .toList();
        if (state.containsKey("refs/tags/v1.3.0")) {
            assertThat(names)
                    .as(where)
                    .contains(
                            "darwin-compute:1.3.0",
                            "ml-serve-app:1.3.0",
                            "charts/darwin:1.3.0",
                            "darwin-release:1.3.0");
        }
        if (names.stream().anyMatch(k -> k.endsWith(":latest"))) {
            assertThat(names).as(where).contains("refs/tags/v1.3.0");
        }
        if (names.contains("staging darwin-release:1.3.0-RC1")) {
            assertThat(names)
                    .as(where)
                    .contains(
                            "staging darwin-compute:1.3.0-RC1",
                            "staging ml-serve-app:1.3.0-RC1",
                            "staging rc1/charts/darwin:1.3.0");
        }
    }
}
