package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.vote.Vote;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trunk says who decides: a push to the release branch changes nothing about it, and a vote under less is not enough. */
class VotePolicyTest {
    @TempDir
    Path dir;

    private ReleaseFixture release;

    @BeforeEach
    void aSignedCandidate() {
        release = ReleaseFixture.create(
                        dir, "oci-layout:registry/staging", "oci-layout:registry/release", RegistryOptions.defaults())
                .configInRepository();
        release.cut();
        release.build();
        release.sign();
    }

    @Test
    void theBranchDecidesNothing() {
        release.commit(
                "release/1.3.0",
                "docs: a typo\n",
                ReleaseFixture.configured(release.config()
                        .replace("quorum: 3", "quorum: 1")
                        .replace("[alice, bob, carol]", "[mallory]")
                        .replace("hours: 48", "hours: 1, minHours: 0, closeEarly: true")));
        Vote vote = open();
        assertThat(vote.policy().voters()).containsExactly("alice", "bob", "carol");
        assertThat(vote.policy().quorum()).isEqualTo(3);
        assertThat(vote.policy().closeEarly()).isEmpty();
        assertThat(Duration.between(vote.opened(), vote.deadline())).isEqualTo(Duration.ofHours(48));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quorum: 3|quorum: 4|quorum 3, expected 4",
                "[alice, bob, carol]|[alice, bob, carol, dave]|voters alice, bob, carol, expected",
                "hours: 48|hours: 72|hours 48, expected 72",
                "hours: 48|hours: 48, minHours: 30|minHours 24, expected 30",
                "hours: 48|hours: 48, closeEarly: false|closeEarly by the default rule, expected false",
                "[installation]|[installation, upgrade]|a checklist without upgrade",
            })
    void aVoteUnderLessThanTrunkWantsNowIsNotEnough(String from, String to, String said) {
        String changed = release.config().replace(from, to);
        if (to.equals("quorum: 4")) {
            changed = changed.replace("[alice, bob, carol]", "[]");
        }
        assertThat(changed).isNotEqualTo(release.config());
        release.pass();
        release.commit("main", "build: stricter\n", ReleaseFixture.configured(changed));

        assertThatThrownBy(release::promote)
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("held under a weaker policy than main has now")
                .hasMessageContaining(said)
                .hasMessageContaining("accept it with a reason for the record");
        boolean tagged = release.with(w -> w.git().tag("v1.3.0").isPresent());
        assertThat(tagged).isFalse();
    }

    @Test
    void withAReasonItIsPromotedAndTheRecordKeepsIt() {
        release.pass();
        release.commit(
                "main",
                "build: stricter\n",
                ReleaseFixture.configured(release.config().replace("hours: 48", "hours: 72")));
        assertThatThrownBy(() -> PolicyCheck.trunks().accepting(Optional.of("too short")))
                .hasMessageContaining("expected 10 to 1000 characters");
        Outcome<Promote.Result> outcome = release.run(w -> new Promote(
                w,
                ReleaseFixture.VERSION,
                release.signer(),
                new Promote.Options(
                        Optional.empty(),
                        java.util.List.of(),
                        PolicyCheck.trunks().accepting(Optional.of("the rule changed during the vote")))));
        String record = release.with(w -> {
            var released = ReleaseLine.of(w, ReleaseFixture.VERSION).released();
            var attached = released.attached(
                            outcome.result().digest(), io.jenkins.plugins.darwin.candidate.MediaType.PROMOTION_RECORD)
                    .get(0);
            return new String(
                    io.jenkins.plugins.darwin.candidate.Attachments.document(released, attached),
                    StandardCharsets.UTF_8);
        });
        assertThat(record).contains("the rule changed during the vote");
        // and what was released is not judged again by what the rules become later
        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
    }

    @Test
    void anAdministratorsSettingCountsLikeTrunks() {
        PolicyCheck administrators = new PolicyCheck(2, 24, null);
        var policy = administrators.over(open().policy());
        assertThat(policy.quorum()).isEqualTo(2);
        assertThat(policy.hours()).isEqualTo(24);
        assertThat(policy.voters()).containsExactly("alice", "bob", "carol");
    }

    @Test
    void aVoteIsNotOpenedForLessTimeThanTrunkSays() {
        assertThatThrownBy(() -> release.run(w -> session(w).open(Optional.of(1))))
                .hasMessageContaining("expected at least 48 hours, found 1");
        release.run(w -> session(w).open(Optional.of(72)));
    }

    /** The deadline is over and too few have voted: the same candidate gets its missing votes. */
    @Test
    void moreTimeForTheVotesThatAreMissing() {
        open();
        later(49);
        Outcome<VoteSession.Result> closed = close();
        assertThat(closed.result().outcome()).contains(io.jenkins.plugins.darwin.vote.Outcome.EXPIRED);
        assertThat(status().next()).containsExactly(Next.of(Next.Act.EXTEND_VOTE, ReleaseFixture.VERSION));

        release.run(w -> session(w)
                .extend(
                        Duration.ofHours(24),
                        "two of us were away",
                        release.clock().instant()));
        assertThat(status().phase()).isEqualTo(Status.Phase.VOTING);
        Outcome<VoteSession.Result> passed = release.pass();
        assertThat(passed.result().outcome()).contains(io.jenkins.plugins.darwin.vote.Outcome.PASSED);
        assertThat(status().phase()).isEqualTo(Status.Phase.VOTE_PASSED);
        later(3);
        assertThat(release.promote().result().candidate().rc()).isEqualTo(1);
    }

    @Test
    void anOverrideIsRecordedAsThat() {
        open();
        release.run(w -> session(w)
                .close(v -> v.override(release.clock().instant(), "asha", "an urgent security fix", Vote.ANYBODY)));
        assertThat(status().candidates().get(0).vote())
                .hasValueSatisfying(v -> assertThat(v).contains("was overridden"));
        assertThat(release.promote().result().candidate().rc()).isEqualTo(1);
    }

    private Vote open() {
        release.run(w -> session(w).open(Optional.empty()));
        return release.with(w -> {
            ReleaseLine line = ReleaseLine.of(w, ReleaseFixture.VERSION);
            return line.candidates()
                    .lastSigned(ReleaseFixture.VERSION)
                    .flatMap(line.candidates()::findSigned)
                    .flatMap(c -> line.vote(c).find())
                    .orElseThrow();
        });
    }

    private Outcome<VoteSession.Result> close() {
        return release.run(w -> session(w).close(v -> v.close(release.clock().instant(), "asha", Vote.ANYBODY)));
    }

    private Status.Result status() {
        return release.with(w -> new Status(w, ReleaseFixture.VERSION).look());
    }

    private void later(int hours) {
        release.clock().set(release.clock().instant().plus(Duration.ofHours(hours)));
    }

    private VoteSession session(Workspace workspace) {
        return new VoteSession(workspace, ReleaseFixture.VERSION, release.signer());
    }
}
