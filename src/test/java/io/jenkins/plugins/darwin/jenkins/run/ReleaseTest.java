package io.jenkins.plugins.darwin.jenkins.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.jenkins.remote.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReleaseTest {
    private static final Instant START = Instant.parse("2026-06-02T08:00:00Z");
    private static Locale before;

    @BeforeAll
    static void speakEnglish() {
        before = Locale.getDefault();
        Locale.setDefault(Locale.ENGLISH);
    }

    @AfterAll
    static void speakAsBefore() {
        Locale.setDefault(before);
    }

    @Test
    void newestCandidateIsTheOneThatIsShown() {
        Release release = new Release(
                "1.3.0",
                List.of(
                        ended("darwinBuildRc", "DONE", Map.of("rc", 1, "commit", "aaaa")),
                        ended("darwinSign", "DONE", Map.of("digest", "sha256:one", "fingerprint", "F")),
                        ended("darwinBuildRc", "DONE", Map.of("rc", 2, "commit", "bbbb"))),
                false);
        assertThat(release.getCandidate()).isEqualTo("1.3.0-RC2");
        assertThat(release.getCommit()).isEqualTo("bbbb");
        assertThat(release.getTitle()).isEqualTo("1.3.0-RC2");
        assertThat(release.getState()).isEqualTo("built");
    }

    /** Else the page would offer the digest of the candidate that failed its vote, for the one that nobody has signed yet. */
    @Test
    void newCandidateHasNoDigestOfTheOldOne() {
        Release release = new Release(
                "1.3.0",
                List.of(
                        ended("darwinBuildRc", "DONE", Map.of("rc", 1)),
                        ended(
                                "darwinSign",
                                "DONE",
                                Map.of(
                                        "rc",
                                        1,
                                        "digest",
                                        "sha256:one",
                                        "reference",
                                        "r@sha256:one",
                                        "fingerprint",
                                        "F")),
                        ended("darwinBuildRc", "DONE", Map.of("rc", 2))),
                false);
        assertThat(release.getDigest()).isNull();
        assertThat(release.getReference()).isNull();
        assertThat(release.isSigned()).isFalse();
    }

    @Test
    void filesAndImagesAreThoseOfTheNewestBuild() {
        Release release = new Release(
                "1.3.0",
                List.of(
                        ended(
                                "darwinBuildRc",
                                "DONE",
                                Map.of("files", new ArrayList<>(List.of(Map.of("name", "old"))))),
                        ended(
                                "darwinBuildRc",
                                "DONE",
                                Map.of("files", new ArrayList<>(List.of(Map.of("name", "new")))))),
                false);
        assertThat(release.getFiles()).extracting(f -> f.get("name")).containsExactly("new");
        assertThat(release.getImages()).isEmpty();
    }

    @Test
    void stateSaysWhatThePhaseCameTo() {
        assertThat(state("darwinCutRelease", "DONE", true)).isEqualTo("cut");
        assertThat(state("darwinSign", "UNCHANGED", true)).isEqualTo("signed");
        assertThat(state("darwinPromote", "DONE", false)).isEqualTo("released");
        assertThat(state("darwinCutRelease", "PLANNED", false)).isEqualTo("planned");
    }

    /** A build that was killed leaves its phase running for ever. */
    @Test
    void phaseOfADeadBuildDoesNotRun() {
        Phase running = new Phase("darwinPromote", "1.3.0", false, START);
        assertThat(new Release("1.3.0", List.of(running), true).getState()).isEqualTo("Promote");
        assertThat(new Release("1.3.0", List.of(running), false).getState()).isEqualTo("stopped");
        assertThat(new Release("1.3.0", List.of(running), true).symbolOf(running))
                .isEqualTo("symbol-status-blue-anime");
        assertThat(new Release("1.3.0", List.of(running), false).symbolOf(running))
                .isEqualTo("symbol-status-aborted");
    }

    @Test
    void failureIsKeptWithItsPhase() {
        Phase phase = new Phase("darwinSign", "1.3.0", false, START);
        phase.fail("No signing key given.", START.plusSeconds(1));
        assertThat(phase.getFailure()).isEqualTo("No signing key given.");
        assertThat(new Release("1.3.0", List.of(phase), true).getState()).isEqualTo("failed: Sign and stage");
    }

    @Test
    void warningsAreKeptWithTheirPhase() {
        Phase phase = new Phase("darwinSign", "1.3.0", false, START);
        assertThat(phase.getWarnings()).isEmpty();
        String warning = "The key F ends in 20 days.";
        phase.end(
                new Answer(
                        "DONE",
                        new LinkedHashMap<>(),
                        new ArrayList<>(),
                        new ArrayList<>(List.of(warning)),
                        null,
                        null),
                START.plusSeconds(1));
        assertThat(phase.getWarnings()).containsExactly(warning);
    }

    @Test
    void tagIsThatOfThePromotion() {
        Release release = new Release(
                "1.3.0",
                List.of(ended(
                        "darwinBuildRc",
                        "DONE",
                        Map.of("tag", "1.3.0-RC1", "repository", "git@github.com:team/darwin.git"))),
                false);
        assertThat(release.getTag()).isNull();
        assertThat(release.getTagUrl()).isNull();
        assertThat(release.getRepositoryUrl()).isEqualTo("https://github.com/team/darwin");
        Release released = new Release(
                "1.3.0",
                List.of(
                        ended("darwinBuildRc", "DONE", Map.of("tag", "1.3.0-RC1")),
                        ended(
                                "darwinPromote",
                                "DONE",
                                Map.of(
                                        "tag",
                                        "v1.3.0",
                                        "repository",
                                        "https://github.com/team/darwin.git",
                                        "urls",
                                        new ArrayList<>(List.of(
                                                "quay.io/team/darwin:1.3.0", "registry.example.org/darwin:1.3.0"))))),
                false);
        assertThat(released.getTitle()).as("no candidate any more").isEqualTo("1.3.0");
        assertThat(released.getTagUrl()).isEqualTo("https://github.com/team/darwin/releases/tag/v1.3.0");
        assertThat(released.getUrls())
                .extracting(PublicName::getName)
                .containsExactly("quay.io/team/darwin:1.3.0", "registry.example.org/darwin:1.3.0");
        assertThat(released.getUrls())
                .extracting(PublicName::getUrl)
                .containsExactly("https://quay.io/repository/team/darwin?tab=tags", null);
    }

    @Test
    void durationsAreForPeople() {
        assertThat(lasting(4_200)).isEqualTo("4.2 s");
        assertThat(lasting(125_000)).isEqualTo("2:05 min");
        assertThat(lasting(3_720_000)).isEqualTo("1:02 h");
        assertThat(new Phase("darwinSign", "1.3.0", false, START).getDuration()).isEmpty();
    }

    private static String lasting(long millis) {
        Phase phase = new Phase("darwinSign", "1.3.0", false, START);
        phase.fail("late", START.plusMillis(millis));
        return phase.getDuration();
    }

    private static String state(String step, String outcome, boolean building) {
        return new Release("1.3.0", List.of(ended(step, outcome, Map.of())), building).getState();
    }

    private static Phase ended(String step, String outcome, Map<String, Object> values) {
        Phase phase = new Phase(step, "1.3.0", false, START);
        phase.end(
                new Answer(outcome, new LinkedHashMap<>(values), new ArrayList<>(), new ArrayList<>(), null, null),
                START.plusSeconds(1));
        return phase;
    }
}
