package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.check.Proof;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.TestKey;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release that is taken back: nothing disappears, and whoever looks is told. */
class WithdrawTest {
    private static final String REASON = "It deletes the wrong cluster.";
    private static final Version NEXT = Version.parse("1.4.0");

    @TempDir
    Path temp;

    private ReleaseFixture release;

    @BeforeEach
    void released() {
        release = ReleaseFixture.layouts(temp);
        go();
    }

    private void go() {
        release.cut();
        release.build();
        release.sign();
        release.pass();
        release.promote();
    }

    private Outcome<Withdraw.Result> withdraw(Version version) {
        return release.run(w -> new Withdraw(w, version, REASON, release.signer()));
    }

    private Optional<Digest> name(String repository, String tag) {
        return Registries.open(
                        "oci-layout:registry/release",
                        RegistryOptions.defaults().withLayoutBase(temp))
                .repository(repository)
                .resolve(tag)
                .map(d -> d.digest());
    }

    private Verify.Result verify(String version) {
        return release.with(
                w -> new Verify(Verify.Options.none(), release.clock(), Progress.silent()).named(w, version));
    }

    private Status.Result status(Version version) {
        return release.with(w -> new Status(w, version).look());
    }

    @Test
    void verifyStatusAndFetchSaySoFromThenOn() {
        assertThat(verify("1.3.0").passed()).isTrue();
        Outcome<Withdraw.Result> outcome = withdraw(ReleaseFixture.VERSION);
        assertThat(outcome.changes()).extracting(Change::kind).containsExactly("withdrawal", "withdrawal", "statement");
        assertThat(outcome.result().announcement())
                .startsWith("[WITHDRAWN] darwin 1.3.0")
                .contains(REASON);
        // there is nothing before the first release that latest could lead to
        assertThat(outcome.warnings()).anyMatch(w -> w.contains("latest still leads to 1.3.0"));

        Verify.Result verified = verify("1.3.0");
        assertThat(verified.passed()).isFalse();
        assertThat(verified.proved()).isEqualTo(Proof.RELEASED);
        assertThat(Check.failures(verified.checks())).extracting(Check::name).containsExactly("withdrawal");
        assertThat(verified.withdrawn().orElseThrow()).contains(REASON);
        assertThat(status(ReleaseFixture.VERSION).withdrawn().orElseThrow()).contains(REASON);
        Path to = temp.resolve("fetched");
        assertThatThrownBy(() -> release.run(w -> new Fetch(
                        Located.named(w, "1.3.0"),
                        SignatureVerifier.of(ReleaseFixture.key().publicKey(), release.clock()),
                        Optional.empty(),
                        to,
                        false,
                        Progress.silent())))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("It deletes the wrong cluster")
                .hasMessageContaining("Nothing was fetched");
        assertThat(to).doesNotExist();
        assertThat(release.run(w -> new Fetch(
                                Located.named(w, "1.3.0"),
                                SignatureVerifier.of(ReleaseFixture.key().publicKey(), release.clock()),
                                Optional.empty(),
                                to,
                                true,
                                Progress.silent()))
                        .warnings())
                .anyMatch(w -> w.contains(REASON));
        assertThat(name("darwin-compute", "1.3.0")).isPresent();
    }

    @Test
    void isRecordedOnceAndPromotesNoMore() {
        withdraw(ReleaseFixture.VERSION);
        Outcome<Withdraw.Result> again = release.run(
                w -> new Withdraw(w, ReleaseFixture.VERSION, "Another reason altogether.", release.signer()));
        assertThat(again.changes()).allMatch(c -> !c.made());
        assertThat(again.result().reason()).isEqualTo(REASON);
        assertThat(again.warnings()).anyMatch(w -> w.contains("the first record stays"));
        assertThatThrownBy(() -> release.promote()).hasMessageContaining("is not promoted again");
    }

    @Test
    void latestGoesBackToTheReleaseBefore() {
        Digest before = name("darwin-compute", "1.3.0").orElseThrow();
        release.version(NEXT);
        release.clock().set(release.clock().instant().plusSeconds(100 * 3600));
        release.commit("feat: more\n", java.util.Map.of("compute/dist/more.txt", new byte[] {'x'}));
        go();
        Digest after = name("darwin-compute", "1.4.0").orElseThrow();
        assertThat(after).isNotEqualTo(before);
        assertThat(name("darwin-compute", "latest")).contains(after);
        Outcome<Withdraw.Result> outcome = withdraw(NEXT);
        assertThat(outcome.changes())
                .filteredOn(c -> c.kind().equals("latest"))
                .isNotEmpty()
                .allMatch(Change::made);
        assertThat(name("darwin-compute", "latest")).contains(before);
        assertThat(name("darwin-compute", "1.4.0")).contains(after);
        assertThat(verify("1.3.0").passed()).isTrue();
    }

    /** Whoever may push to the registry can take the record away there, and not in Git. */
    @Test
    void aRecordThatWasDeletedInTheRegistryStaysInGit() {
        withdraw(ReleaseFixture.VERSION);
        Layouts.forgetReferrers(temp.resolve("registry/release/darwin-release"));
        assertThat(verify("1.3.0").withdrawn().orElseThrow()).contains(REASON);
        assertThat(status(ReleaseFixture.VERSION).withdrawn()).isPresent();
        assertThat(withdraw(ReleaseFixture.VERSION).changes())
                .filteredOn(Change::made)
                .extracting(Change::kind)
                .containsExactly("withdrawal", "statement");
    }

    @Test
    void aStrangerTakesNothingBack() {
        assertThatThrownBy(() -> release.run(w -> new Withdraw(
                        w,
                        ReleaseFixture.VERSION,
                        REASON,
                        TestKey.make("Mallory").signer(release.clock()))))
                .hasMessageContaining("A withdrawal signed by")
                .hasMessageContaining("would count for nothing");
        assertThatThrownBy(() -> release.run(w -> new Withdraw(w, NEXT, REASON, release.signer())))
                .hasMessageContaining("1.4.0 does not exist");
        assertThatThrownBy(() -> release.run(w -> new Withdraw(w, ReleaseFixture.VERSION, "no", release.signer())))
                .hasMessageContaining("Not a reason");
        assertThat(verify("1.3.0").passed()).isTrue();
    }
}
