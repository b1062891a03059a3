package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.Cli;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fixes that a line has not, and which lines there are. */
class RadarTest {
    @TempDir
    Path dir;

    private ReleaseFixture release;

    @BeforeEach
    void cut() {
        release = ReleaseFixture.create(
                dir,
                ReleaseFixture.smallConfig("oci-layout:registry/staging", "oci-layout:registry/release")
                        + "support: { months: 1 }\n",
                RegistryOptions.defaults());
        release.cut();
    }

    @Test
    void fixesOfReleasedPathsAreToldUntilTheyArePicked() {
        CommitId fix = release.commit("fix(compute): a crash\n", file("compute/dist/fix.txt"));
        release.commit("feat: more\n", file("compute/dist/feature.txt"));
        release.commit("fix: the site\n", file("site/index.html"));
        assertThat(missing()).extracting(Radar.Missing::commit).containsExactly(fix);
        assertThat(missing().get(0).kind()).isEqualTo("fix");

        release.run(w -> new Backport(w, ReleaseFixture.VERSION, List.of(fix.sha())));
        assertThat(missing()).isEmpty();
    }

    @Test
    void whatIsNotNeededIsRecordedOnce() {
        CommitId fix = release.commit("fix(compute): a crash\n", file("compute/dist/fix.txt"));
        var first = release.run(
                w -> new NotNeeded(w, ReleaseFixture.VERSION, List.of(fix.sha()), "The code is not in 1.3 at all."));
        assertThat(first.changes())
                .singleElement()
                .satisfies(c -> assertThat(c.made()).isTrue());
        assertThat(missing()).isEmpty();
        assertThat(release.run(w -> new NotNeeded(
                                w, ReleaseFixture.VERSION, List.of(fix.sha()), "The code is not in 1.3 at all."))
                        .changes())
                .singleElement()
                .satisfies(c -> assertThat(c.made()).isFalse());
        assertThatThrownBy(() -> release.run(w -> new NotNeeded(w, ReleaseFixture.VERSION, List.of(fix.sha()), "no")))
                .hasMessageContaining("Not a reason to do without a fix");
    }

    @Test
    void aBranchsHeadMayBeNamed() {
        CommitId fix = release.commit("fix(compute): a crash\n", file("compute/dist/fix.txt"));
        assertThat(release.run(w -> new Backport(w, ReleaseFixture.VERSION, List.of("main")))
                        .result()
                        .picked())
                .containsExactly(fix);
        assertThatThrownBy(() -> release.run(w -> new Backport(w, ReleaseFixture.VERSION, List.of("no-such"))))
                .hasMessageContaining("no-such");
    }

    @Test
    void onlySecurityFixesAreTheBusinessOfAHotfix() {
        Version hotfix = Version.parse("1.2.9");
        release.run(w -> new Hotfix(w, hotfix, "leak"));
        release.commit("fix(compute): a crash\n", file("compute/dist/fix.txt"));
        CommitId hole = release.commit("fix(security): a hole\n", file("serve/dist/fix.txt"));
        List<Radar.Missing> missing = release.with(w -> Radar.of(w, ReleaseLine.of(w, hotfix)));
        assertThat(missing).extracting(Radar.Missing::commit).containsExactly(hole);
    }

    @Test
    void theLinesThatThereAre() {
        CommitId fix = release.commit("fix(compute): a crash\n", file("compute/dist/fix.txt"));
        LiveLines.Result result = release.with(LiveLines::look);
        assertThat(result.branches()).singleElement().satisfies(b -> {
            assertThat(b.branch()).isEqualTo("release/1.3.0");
            assertThat(b.old()).isFalse();
            assertThat(b.missing()).extracting(Radar.Missing::commit).containsExactly(fix);
        });
        assertThat(result.lines()).isNotEmpty();
        LiveLines.Line line = result.lines().get(0);
        assertThat(line.supportEnds()).isPresent();
        assertThat(line.last().toString()).startsWith(line.line() + ".");

        release.clock().set(release.clock().instant().plus(Duration.ofDays(15)));
        assertThat(release.with(LiveLines::look).branches())
                .singleElement()
                .satisfies(b -> assertThat(b.old()).isTrue());
        release.build();
        assertThat(release.with(LiveLines::look).branches())
                .singleElement()
                .satisfies(b -> assertThat(b.old()).isFalse());
        release.clock().set(release.clock().instant().plus(Duration.ofDays(4000)));
        assertThat(release.with(LiveLines::look).lines())
                .allSatisfy(l -> assertThat(l.supported()).isFalse());
    }

    @Test
    void onTheCommandLine() {
        CommitId fix = release.commit("fix(compute): a crash\n", file("compute/dist/fix.txt"));
        JsonNode lines = cli("--json", "lines").json();
        assertThat(lines.at("/branches/0/missing/0/commit").asText()).isEqualTo(fix.sha());
        assertThat(cli("status", "1.3.0").out()).contains("lacks " + fix.abbreviated() + " fix(compute): a crash");
        Cli done = cli("--json", "backport", "1.3.0", fix.sha(), "--not-needed", "The code is not in 1.3 at all.");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(cli("--json", "status", "1.3.0").json().at("/missing")).isEmpty();
        assertThat(cli("policy", "1.3.0").out()).contains("1 commit since the cut, 0 that may not be there");
        assertThat(cli("--json", "policy", "1.3.0").json().at("/commits/0/sort").asText())
                .isEqualTo("BUMP");
    }

    private Cli cli(String... args) {
        String[] all = new String[args.length + 4];
        all[0] = "--repo";
        all[1] = release.origin().toString();
        all[2] = "--config";
        all[3] = release.configFile().toString();
        System.arraycopy(args, 0, all, 4, args.length);
        return Cli.run(dir, Map.of("DARWIN_CACHE", dir.resolve("cache").toString()), all);
    }

    private List<Radar.Missing> missing() {
        return release.with(w -> new Status(w, ReleaseFixture.VERSION).look()).missing();
    }

    private static Map<String, byte[]> file(String path) {
        return Map.of(path, "x\n".getBytes(StandardCharsets.UTF_8));
    }
}
