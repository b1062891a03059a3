package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.PublicState;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A released chart must find its images: from before the cut until after the promotion. */
class ChartImageChecksIT {
    private static final String VALUES = "helm/darwin/charts/services/values.yaml";

    @TempDir
    Path temp;

    private RealRegistry server;
    private ReleaseFixture release;
    private String registry;

    /** The example asks for four images; the fixture's release has two of them. */
    @BeforeEach
    void aChartThatNamesTheReleaseRegistry() throws Exception {
        server = RealRegistry.start(temp.resolve("server"));
        registry = server.host() + "/darwin";
        release = ReleaseFixture.create(temp, server.host() + "/staging", registry, RegistryOptions.defaults());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private String values() {
        return Tools.run(release.origin(), "git", "show", "main:" + VALUES).replace("localhost:5000", registry);
    }

    private void commit(String branch, String content) {
        release.commit(branch, "fix: where the images are\n", Map.of(VALUES, content.getBytes(StandardCharsets.UTF_8)));
    }

    private List<Check> preflight() {
        return release.with(w -> new Preflight(w, ReleaseFixture.VERSION).run(release::signer));
    }

    private Verify.Result verify(String name) {
        return release.with(w -> new Verify(Verify.Options.none(), release.clock(), Progress.silent()).named(w, name));
    }

    @Test
    void imagesThatTheReleaseLacksAreSaidBeforeTheCutAndStopTheBuild() {
        commit("main", values());
        assertThat(preflight())
                .filteredOn(c -> c.state() == Check.State.FAILED)
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.name()).isEqualTo("charts");
                    assertThat(check.detail())
                            .contains("darwin-mlflow (" + VALUES + ":", "darwin-cluster-manager (", registry)
                            .doesNotContain("darwin-compute (", "ml-serve-app (");
                });
        release.cut();
        assertThatThrownBy(release::build)
                .isInstanceOfSatisfying(
                        ReleaseException.class, e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.REFUSED))
                .hasMessageContaining("darwin-mlflow (" + VALUES + ":")
                .hasMessageContaining("(darwin-compute, ml-serve-app)");
        assertThat(PublicState.tags(temp.resolve("server/data")))
                .as("nothing was built")
                .isEmpty();
    }

    @Test
    void aChartThatAsksForLessThanTheReleaseHasIsGood() {
        String all = values();
        commit("main", all.substring(0, all.indexOf("  darwin-mlflow:"))); // only darwin-compute is left
        assertThat(Check.failures(preflight())).isEmpty();
        release.cut();
        release.build();
        release.sign();
        assertThat(verify("1.3.0-RC1").checks())
                .filteredOn(c -> c.name().equals("chart images"))
                .extracting(Check::state)
                .containsExactly(Check.State.PASSED);
        release.pass();
        release.promote();
        Verify.Result released = verify("1.3.0");
        assertThat(released.passed()).isTrue();
        assertThat(released.checks())
                .filteredOn(c -> c.name().equals("chart images"))
                .hasSize(1);
    }

    /** An old tag, or the same name somewhere else, would be installed instead of what was voted on. */
    @Test
    void anotherImageThanTheVotedOneStopsTheBuildAndVerify() {
        String all = values();
        String one = all.substring(0, all.indexOf("  darwin-mlflow:"));
        commit("main", one.replace(registry, server.host() + "/elsewhere"));
        assertThat(preflight())
                .filteredOn(c -> c.state() == Check.State.FAILED)
                .singleElement()
                .satisfies(check -> assertThat(check.detail())
                        .contains(
                                server.host() + "/elsewhere/darwin-compute:1.3.0",
                                "expected " + registry + "/darwin-compute:1.3.0"));
        commit("main", one);
        release.cut();
        commit(
                "release/1.3.0",
                one.replace("tag: latest", "tag: 1.3.0").replace(registry, server.host() + "/elsewhere"));
        assertThatThrownBy(release::build)
                .hasMessageContaining(server.host() + "/elsewhere/darwin-compute:1.3.0 (" + VALUES + "): expected "
                        + registry + "/darwin-compute:1.3.0");
        commit("release/1.3.0", one.replace("tag: latest", "tag: 1.3.0"));
        release.build();
        release.sign();
        assertThat(verify("1.3.0-RC1").passed()).isTrue();
        // To those who release to another place the packed chart is a wrong one.
        ReleaseFixture moved = release.elsewhere(
                "moved", server.host() + "/staging", server.host() + "/dar", RegistryOptions.defaults());
        assertThat(Check.failures(moved.with(w -> new Verify(Verify.Options.none(), moved.clock(), Progress.silent())
                                .named(w, "1.3.0-RC1"))
                        .checks()))
                .isEmpty();
    }
}
