package io.jenkins.plugins.darwin.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.git.GitRemote;
import io.jenkins.plugins.darwin.git.RefUpdate;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One place says which branch, which configuration and which store, so no two commands look at different ones. */
class ReleaseLineTest {
    private static final String STAGING = "oci-layout:registry/staging";
    private static final String RELEASE = "oci-layout:registry/release";

    @TempDir
    Path dir;

    private ReleaseFixture release;

    @BeforeEach
    void create() {
        release = ReleaseFixture.create(dir, STAGING, RELEASE, RegistryOptions.defaults())
                .configInRepository();
    }

    @Test
    void beforeTheCutTrunkSpeaks() {
        assertEquals(List.of(), line(l -> l.branch().stream().toList()));
        assertEquals(STAGING, line(l -> l.config().registry().staging()));
        assertEquals(true, line(l -> l.headOrTrunk().equals(l.trunk())));
        String message = refusal(ReleaseLine::requireHead);
        assertTrue(message.contains("There is no branch release/1.3.0"), message);
    }

    @Test
    void stagingStaysWhereTheLineStagesWhenTrunkMovesIt() {
        release.cut();
        onTrunk(c -> c.replace(STAGING, "oci-layout:elsewhere"));

        assertEquals(STAGING, line(l -> l.config().registry().staging()));
        assertEquals(
                "oci-layout:elsewhere", line(l -> l.trunkConfig().registry().staging()));
    }

    /** What was wrong: status said "Next: promote" while promote found no candidate. */
    @Test
    void everyCommandFindsTheCandidateAfterTrunkMovedStaging() {
        release.cut();
        release.build();
        release.sign();
        release.pass();
        onTrunk(c -> c.replace(STAGING, "oci-layout:elsewhere"));

        assertEquals(
                Status.Phase.VOTE_PASSED,
                release.with(w -> new Status(w, ReleaseFixture.VERSION).look()).phase());
        release.promote();
        assertEquals(
                Status.Phase.RELEASED,
                release.with(w -> new Status(w, ReleaseFixture.VERSION).look()).phase());
    }

    @Test
    void policyAndPublicPlacesAreTrunksWhateverTheBranchSays() {
        release.cut();
        onBranch(c -> c.replace("quorum: 3", "quorum: 1")
                .replace("alice, bob, carol", "mallory")
                .replace("hours: 48", "hours: 1")
                .replace(RELEASE, "oci-layout:registry/mallorys"));

        ReleaseConfig config = line(ReleaseLine::config);
        assertEquals(List.of("alice", "bob", "carol"), config.vote().voters());
        assertEquals(3, config.vote().quorum());
        assertEquals(48, config.vote().hours());
        assertEquals(RELEASE, config.registry().release());
    }

    @Test
    void whatIsBuiltIsTheBranchs() {
        release.cut();
        onBranch(c -> c.replace("source: [tar.gz]", "source: [zip]"));

        assertEquals(
                List.of(ReleaseConfig.SourceFormat.ZIP), line(l -> l.config().source()));
        assertEquals(
                List.of(ReleaseConfig.SourceFormat.TAR_GZ),
                line(l -> l.trunkConfig().source()));
    }

    @Test
    void theBranchAllowsNoPlainHttpToAHostOfTrunks() {
        ReleaseConfig.Registries trunk = new ReleaseConfig.Registries(
                "one.example.org/staging", "two.example.org/darwin", List.of("two.example.org"));
        ReleaseConfig.Registries branch = new ReleaseConfig.Registries(
                "three.example.org/staging",
                "four.example.org/x",
                List.of("one.example.org", "two.example.org", "three.example.org"));
        ReleaseConfig.Registries both = under(branch, trunk);
        assertEquals("three.example.org/staging", both.staging());
        assertEquals("two.example.org/darwin", both.release());
        assertEquals(List.of("two.example.org", "three.example.org"), both.insecure());
    }

    private ReleaseConfig.Registries under(ReleaseConfig.Registries branch, ReleaseConfig.Registries trunk) {
        ReleaseConfig config = line(ReleaseLine::trunkConfig);
        return with(config, branch).under(with(config, trunk)).registry();
    }

    private static ReleaseConfig with(ReleaseConfig c, ReleaseConfig.Registries registries) {
        return new ReleaseConfig(
                c.project(),
                c.trunk(),
                c.git(),
                c.versionFiles(),
                c.leave(),
                c.afterBump(),
                c.images(),
                c.charts(),
                c.chartRules(),
                c.source(),
                registries,
                c.vote(),
                c.signing(),
                c.publishing(),
                c.semver(),
                c.voterKeys(),
                c.require(),
                c.process());
    }

    @Test
    void aHotfixBranchIsTheLinesAndTwoAreNobodys() {
        push("hotfix/1.3.0-login");
        assertEquals("hotfix/1.3.0-login", line(ReleaseLine::requireBranch));
        push("hotfix/1.3.0-logout");
        String message = refusal(ReleaseLine::requireBranch);
        assertTrue(
                message.contains("Several hotfix branches claim 1.3.0: hotfix/1.3.0-login, hotfix/1.3.0-logout"),
                message);
    }

    @Test
    void aBranchOfAnotherVersionIsNotTheLines() {
        push("release/1.3.1");
        push("hotfix/1.3.01-x");
        assertEquals(List.of(), line(l -> l.branch().stream().toList()));
        assertEquals("release/1.3.1", line("1.3.1", ReleaseLine::requireBranch));
    }

    private void onTrunk(Function<String, String> edit) {
        release.commit("main", "build: another place\n", ReleaseFixture.configured(edit.apply(release.config())));
    }

    private void onBranch(Function<String, String> edit) {
        release.commit("release/1.3.0", "docs: a typo\n", ReleaseFixture.configured(edit.apply(release.config())));
    }

    private void push(String branch) {
        try (GitMirror git = GitMirror.open(
                GitRemote.of(release.origin().toString()), dir.resolve("developer"), Progress.silent())) {
            CommitId main = git.requireBranch("main");
            git.push(List.of(RefUpdate.createBranch(branch, main)));
        }
    }

    private <T> T line(Function<ReleaseLine, T> ask) {
        return line("1.3.0", ask);
    }

    private <T> T line(String version, Function<ReleaseLine, T> ask) {
        return release.with(w -> ask.apply(ReleaseLine.of(w, Version.parse(version))));
    }

    private String refusal(Function<ReleaseLine, ?> ask) {
        return assertThrows(ReleaseException.class, () -> line(ask::apply)).getMessage();
    }
}
