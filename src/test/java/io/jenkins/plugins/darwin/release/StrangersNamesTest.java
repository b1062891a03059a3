package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.registry.ArtifactManifest;
import io.jenkins.plugins.darwin.registry.ImageCopier;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.registry.Repository;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.SampleImage;
import io.jenkins.plugins.darwin.testing.TestKey;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever may push to staging takes the names that a release needs: it goes on all the same, and nothing of theirs is believed. */
class StrangersNamesTest {
    @TempDir
    Path temp;

    private ReleaseFixture release;

    @BeforeEach
    void cut() {
        release = ReleaseFixture.layouts(temp);
        release.cut();
    }

    private Repository staging(String name) {
        return Registries.open(
                        "oci-layout:registry/staging",
                        RegistryOptions.defaults().withLayoutBase(temp))
                .repository(name);
    }

    private void stranger(String repository, String tag) {
        try {
            Repository there = staging(repository);
            there.tag(SampleImage.push(there, 7, 100), tag);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void releases(String candidate) {
        Outcome<Promote.Result> promoted = release.promote();
        assertThat(promoted.result().candidate()).hasToString(candidate);
        assertThat(promoted.kind()).isEqualTo(Outcome.Kind.DONE);
    }

    private Status.Result status() {
        return release.with(w -> new Status(w, ReleaseFixture.VERSION).look());
    }

    @Test
    void aCandidatesNameOnSomethingThatIsNone() {
        stranger("darwin-release", "1.3.0-RC7");
        Outcome<BuildCandidate.Result> built = release.build();
        assertThat(built.result().tag()).isEqualTo("1.3.0-RC1");
        assertThat(built.warnings()).anyMatch(w -> w.contains("1.3.0-RC7") && w.contains("no trusted key signed it"));
        assertThat(release.sign().result().rc()).isEqualTo(1);
        assertThat(status().candidates()).extracting(c -> c.candidate().rc()).containsExactly(1);
        release.pass();
        assertThat(status().phase()).isEqualTo(Status.Phase.VOTE_PASSED);
        releases("1.3.0-RC1");
    }

    @Test
    void theVeryNextNumberIsTaken() {
        stranger("darwin-release", "1.3.0-RC1");
        Outcome<BuildCandidate.Result> built = release.build();
        assertThat(built.result().tag()).isEqualTo("1.3.0-RC2");
        assertThat(built.warnings()).anyMatch(w -> w.contains("Left out") && w.contains("darwin-release:1.3.0-RC1"));
        assertThat(release.build().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
        assertThat(release.sign().result().rc()).isEqualTo(2);
        release.pass();
        releases("1.3.0-RC2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"darwin-compute:1.3.0-RC1", "rc1/charts/darwin:1.3.0"})
    void aContentsNameIsTaken(String name) {
        stranger(name.substring(0, name.lastIndexOf(':')), name.substring(name.lastIndexOf(':') + 1));
        Outcome<BuildCandidate.Result> built = release.build();
        assertThat(built.result().tag()).isEqualTo("1.3.0-RC2");
        assertThat(built.warnings()).anyMatch(w -> w.contains(name));
        assertThat(release.sign().result().rc()).isEqualTo(2);
        release.pass();
        releases("1.3.0-RC2");
    }

    @Test
    void aContentsNameIsTakenBetweenBuildAndSign() {
        release.build();
        stranger("ml-serve-app", "1.3.0-RC1");
        assertThatThrownBy(release::sign)
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("There is no candidate of 1.3.0");
        assertThat(release.build().result().tag()).isEqualTo("1.3.0-RC2");
        assertThat(release.sign().result().rc()).isEqualTo(2);
        release.pass();
        releases("1.3.0-RC2");
    }

    @Test
    void aWholeCandidateThatAStrangerSigned() {
        ReleaseFixture mallory = ReleaseFixture.layouts(temp.resolve("mallory"));
        mallory.signWith(TestKey.make("Mallory"));
        mallory.cut();
        mallory.build();
        mallory.sign();
        Repository theirs = Registries.open(
                        "oci-layout:registry/staging",
                        RegistryOptions.defaults().withLayoutBase(temp.resolve("mallory")))
                .repository("darwin-release");
        copy(theirs, staging("darwin-release"));
        assertThat(release.build().result().tag()).isEqualTo("1.3.0-RC2");
        assertThat(release.sign().result().rc()).isEqualTo(2);
        release.pass();
        releases("1.3.0-RC2");
    }

    /** The candidate with all that it names, signature included, as skopeo or oras copy it. */
    private static void copy(Repository from, Repository to) {
        Manifest candidate = from.manifest("1.3.0-RC1").orElseThrow();
        new ImageCopier(Progress.silent()).copy(from, candidate.digest(), to);
        to.tag(candidate, "1.3.0-RC1");
    }

    @Test
    void theSameCandidateUnderANewNumber() {
        release.build();
        release.sign();
        Repository candidates = staging("darwin-release");
        candidates.tag(candidates.manifest("1.3.0-RC1").orElseThrow(), "1.3.0-RC9");
        assertThat(release.build().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
        assertThat(release.sign().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
        release.pass();
        releases("1.3.0-RC1");
    }

    @Test
    void aBuildsNameOnSomethingThatIsNone() {
        stranger("darwin-release", "build-1.3.0-RC1");
        stranger("darwin-release", "build-1.3.0-RC4");
        assertThat(status().candidates()).isEmpty();
        assertThat(release.build().result().tag()).isEqualTo("1.3.0-RC1");
        assertThat(release.sign().result().rc()).isEqualTo(1);
        release.pass();
        releases("1.3.0-RC1");
    }

    @Test
    void aCandidateThatLostItsSignatureIsNotVotedOn() {
        release.build();
        release.sign();
        Layouts.forgetReferrers(temp.resolve("registry/staging/darwin-release"));
        assertThatThrownBy(release::pass)
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("There is no signed candidate of 1.3.0")
                .hasMessageContaining("1.3.0-RC1 (");
        assertThat(release.build().result().tag()).isEqualTo("1.3.0-RC2");
        assertThat(release.sign().result().rc()).isEqualTo(2);
        release.pass();
        releases("1.3.0-RC2");
    }

    @Test
    void manyNumbersInARow() throws IOException {
        Repository there = staging("darwin-release");
        Manifest other = SampleImage.push(there, 7, 100);
        for (int rc = 1; rc <= 30; rc++) {
            there.tag(other, new CandidateId(ReleaseFixture.VERSION, rc).toString());
        }
        Outcome<BuildCandidate.Result> built = release.build();
        assertThat(built.result().tag()).isEqualTo("1.3.0-RC31");
        assertThat(built.warnings()).anyMatch(w -> w.contains("and 25 more"));
    }

    @Test
    void anUnsignedCandidateOfOurOwnForm() {
        Repository candidates = staging("darwin-release");
        release.build();
        StagedCandidate built = new CandidateStore(candidates)
                .findBuilt(CandidateId.parse("1.3.0-RC1"))
                .orElseThrow();
        ArtifactManifest parts = ArtifactManifest.ofType(Candidate.MEDIA_TYPE)
                .config(built.manifest().view().config().orElseThrow())
                .annotation(StagedCandidate.ID_ANNOTATION, "1.3.0-RC5");
        built.manifest().view().layers().forEach(parts::layer);
        candidates.tag(parts.build(), "1.3.0-RC5");
        assertThat(release.sign().result().rc()).isEqualTo(1);
        release.pass();
        releases("1.3.0-RC1");
    }
}
