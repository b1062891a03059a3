package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.candidate.PromotionRecord;
import io.jenkins.plugins.darwin.candidate.PromotionStore;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.check.Proof;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.publish.Publication;
import io.jenkins.plugins.darwin.publish.Publisher;
import io.jenkins.plugins.darwin.publish.Stage;
import io.jenkins.plugins.darwin.publish.Step;
import io.jenkins.plugins.darwin.registry.ArtifactManifest;
import io.jenkins.plugins.darwin.registry.BlobSource;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.registry.Repository;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promotion ends, takes what was meant, and proves what it names, on registries in folders and a bare repository. */
class PromoteTest {
    @TempDir
    Path temp;

    private ReleaseFixture release;

    private void candidate() {
        candidate("");
    }

    private void candidate(String more) {
        release = ReleaseFixture.create(
                temp,
                ReleaseFixture.smallConfig("oci-layout:registry/staging", "oci-layout:registry/release") + more,
                RegistryOptions.defaults());
        release.cut();
        release.build();
        release.sign();
    }

    private Outcome<Promote.Result> promote(Promote.Options options) {
        return release.run(w -> new Promote(w, ReleaseFixture.VERSION, release.signer(), options));
    }

    private static Promote.Options named(String candidate) {
        return new Promote.Options(Optional.of(candidate), List.of());
    }

    private Verify.Result verify(String name) {
        return release.with(w -> new Verify(Verify.Options.none(), release.clock(), Progress.silent()).named(w, name));
    }

    private List<Change> statusOpen() {
        return release.with(w -> new Status(w, ReleaseFixture.VERSION).look()).open();
    }

    /** A hook of the server; it may say something to standard error before it refuses. */
    private void hook(String body) throws IOException {
        Path hook = Files.writeString(release.origin().resolve("hooks/update"), "#!/bin/sh\n" + body + "\nexit 0\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String ref(String name) {
        return Tools.run(release.origin(), "git", "for-each-ref", "--format=%(objectname)", "refs/" + name)
                .trim();
    }

    private PromotionRecord record() {
        return release.with(w -> {
            ReleaseLine line = ReleaseLine.of(w, ReleaseFixture.VERSION);
            SignatureVerifier verifier = TrustedKeys.of(w, line.trunk(), Optional.empty());
            StagedCandidate candidate = line.released().findNamed("1.3.0").orElseThrow();
            return new PromotionStore(line.released(), candidate, verifier, Optional.of(line.notes()))
                    .find()
                    .record()
                    .orElseThrow();
        });
    }

    @Test
    void anOlderCandidateIsTakenOnlyWhenItIsNamed() {
        candidate();
        release.pass();
        release.commit("release/1.3.0", "fix: a hole\n", Map.of("serve/dist/fix.txt", "fixed".getBytes()));
        release.build();
        release.sign();
        assertThatThrownBy(() -> promote(Promote.Options.none()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContainingAll(
                        "1.3.0-RC2 is the newest candidate", "1.3.0-RC1 (passed", "name that candidate");
        release.run(w -> new VoteSession(w, ReleaseFixture.VERSION, release.signer()).open(Optional.empty()));
        assertThatThrownBy(() -> promote(Promote.Options.none())).hasMessageContaining("1.3.0-RC2 is the newest");
        assertThatThrownBy(() -> promote(named("1.3.0-RC2"))).hasMessageContaining("1.3.0-RC2 has not passed a vote");
        assertThatThrownBy(() -> promote(named("1.3.0-RC3")))
                .hasMessageContaining("There is no signed candidate 1.3.0-RC3");
        assertThatThrownBy(() -> promote(named("sha256:" + "0".repeat(64))))
                .hasMessageContaining("There is no signed candidate sha256:0000");
        assertThatThrownBy(() -> promote(named("newest"))).hasMessageContaining("Not the name of a candidate");
        assertThat(ref("tags/v1.3.0")).isEmpty();

        assertThat(promote(named("1.3.0-RC1")).result().candidate()).hasToString("1.3.0-RC1");
        // The signed tag says which one it is from now on.
        assertThat(promote(Promote.Options.none()).kind()).isEqualTo(Outcome.Kind.UNCHANGED);
    }

    @Test
    void aTrunkThatTakesNoPushLeavesTheMergeOpenUntilItIsMerged() throws IOException {
        candidate();
        release.commit("feat: trunk goes on\n", Map.of("more.txt", "more".getBytes()));
        release.pass();
        hook("[ $1 = refs/heads/main ] && { echo 'GH006: Protected branch update failed.' >&2; exit 1; }");
        String trunk = ref("heads/main");
        Outcome<Promote.Result> outcome = release.promote();
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.OPEN);
        assertThat(outcome.open()).singleElement().satisfies(open -> {
            assertThat(open.kind()).isEqualTo("merge");
            assertThat(open.found().orElseThrow()).contains("GH006", "Open a pull request from merge/1.3.0 into main");
        });
        assertThat(ref("tags/v1.3.0")).isNotEmpty();
        assertThat(ref("heads/main")).isEqualTo(trunk);
        assertThat(record().open())
                .singleElement()
                .satisfies(open -> assertThat(open.kind()).isEqualTo("merge"));
        assertThat(statusOpen())
                .singleElement()
                .satisfies(open -> assertThat(open.kind()).isEqualTo("merge"));
        Verify.Result verified = verify("1.3.0");
        assertThat(verified.passed()).as(verified.checks().toString()).isTrue();
        assertThat(verified.proved()).isEqualTo(Proof.RELEASED);
        // The branch has trunk merged in, by a signed commit.
        assertThat(Tools.run(release.origin(), "git", "cat-file", "-p", "merge/1.3.0"))
                .contains("parent " + trunk, "gpgsig -----BEGIN PGP SIGNATURE-----");

        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.OPEN);
        // Somebody squashes the pull request: no merge commit, and yet trunk has all of it.
        hook("");
        String tree = Tools.run(release.origin(), "git", "rev-parse", "merge/1.3.0^{tree}")
                .trim();
        String squashed = Tools.run(
                        release.origin(),
                        "git",
                        "-c",
                        "user.name=d",
                        "-c",
                        "user.email=d@example.org",
                        "commit-tree",
                        "-p",
                        trunk,
                        "-m",
                        "release 1.3.0",
                        tree)
                .trim();
        Tools.run(release.origin(), "git", "update-ref", "refs/heads/main", squashed);
        assertThat(statusOpen()).isEmpty();
        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
    }

    @Test
    void aLaterRunSettlesWhatItCan() throws IOException {
        candidate();
        release.commit("feat: trunk goes on\n", Map.of("more.txt", "more".getBytes()));
        release.pass();
        hook("[ $1 = refs/heads/main ] && exit 1");
        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.OPEN);
        hook("");
        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.DONE);
        assertThat(statusOpen()).isEmpty();
    }

    @Test
    void whereNoMergeCommitIsTakenTheBranchIsTheReleasesOwnCommit() throws IOException {
        candidate();
        release.commit("feat: trunk goes on\n", Map.of("more.txt", "more".getBytes()));
        release.pass();
        hook(
                "case $1 in refs/heads/*) [ -z \"$(git rev-list --merges $3 -1)\" ] || { echo 'linear history' >&2; exit 1; };; esac");
        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.OPEN);
        assertThat(ref("heads/merge/1.3.0")).isEqualTo(ref("heads/release/1.3.0"));
    }

    @Test
    void aServerThatTakesNoBranchEitherIsNoReasonToStop() throws IOException {
        candidate();
        release.commit("feat: trunk goes on\n", Map.of("more.txt", "more".getBytes()));
        release.pass();
        hook("case $1 in refs/heads/*) exit 1;; esac");
        Outcome<Promote.Result> outcome = release.promote();
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.OPEN);
        assertThat(outcome.open().get(0).found().orElseThrow())
                .contains("The branch merge/1.3.0 was refused too", "by hand");
        assertThat(record().open()).hasSize(1);
    }

    @Test
    void aRefusedTagStopsBeforeThePointOfNoReturn() throws IOException {
        candidate();
        release.pass();
        hook("case $1 in refs/tags/*) echo 'tags are protected' >&2; exit 1;; esac");
        assertThatThrownBy(release::promote)
                .isInstanceOf(ReleaseException.class)
                .hasMessageContainingAll("did not take the signed tag", "tags are protected", "promote again");
        assertThat(release.state(temp.resolve("registry")).keySet())
                .noneMatch(name -> name.endsWith(":latest"))
                .doesNotContain("refs/tags/v1.3.0");
        hook("");
        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.DONE);
    }

    @Test
    void trunkAndLatestAreLeftAloneWhenTheConfigurationSaysSo() {
        candidate("merge: none\nlatest: false\n");
        release.commit("feat: trunk goes on\n", Map.of("more.txt", "more".getBytes()));
        release.pass();
        String trunk = ref("heads/main");
        Outcome<Promote.Result> outcome = release.promote();
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.DONE);
        assertThat(outcome.changes()).extracting(Change::kind).doesNotContain("merge", "latest");
        assertThat(ref("heads/main")).isEqualTo(trunk);
        assertThat(statusOpen()).isEmpty();
    }

    @Test
    void aPullRequestIsPreparedAndNothingIsPushedToTrunk() {
        candidate("merge: pull-request\n");
        release.commit("feat: trunk goes on\n", Map.of("more.txt", "more".getBytes()));
        release.pass();
        String trunk = ref("heads/main");
        Outcome<Promote.Result> outcome = release.promote();
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.DONE);
        assertThat(ref("heads/main")).isEqualTo(trunk);
        assertThat(ref("heads/merge/1.3.0")).isNotEmpty();
        assertThat(outcome.warnings()).anyMatch(w -> w.contains("Open a pull request from merge/1.3.0 into main"));
        assertThat(statusOpen()).extracting(Change::kind).containsExactly("merge");
    }

    private Path layer(String image) throws IOException {
        try (var all = Files.walk(temp.resolve("registry/release/" + image + "/blobs"))) {
            return all.filter(Files::isRegularFile)
                    .max(java.util.Comparator.comparingLong(p -> p.toFile().length()))
                    .orElseThrow();
        }
    }

    /** Content is there without a name, as a run that was cut off leaves it. */
    private void contentWithoutNames() throws IOException {
        candidate();
        release.pass();
        release.progress(new io.jenkins.plugins.darwin.testing.Messages() {
            @Override
            public void message(String line) {
                if (line.startsWith("image ") && line.contains(":1.3.0:")) {
                    throw new IllegalStateException("cut off");
                }
            }
        });
        assertThatThrownBy(release::promote).hasMessage("cut off");
        release.progress(Progress.silent());
        Path index = temp.resolve("registry/release/darwin-compute/index.json"); // the others have none yet
        Files.writeString(
                index,
                Files.readString(index)
                        .replaceAll("\"org.opencontainers.image.ref.name\"\\s*:\\s*\"1.3.0\"", "\"x\":\"y\""));
    }

    @Test
    void aLayerThatTheReleaseRegistryLostIsPutAgainBeforeItsImageGetsAName() throws IOException {
        contentWithoutNames();
        Path lost = layer("ml-serve-app");
        Files.delete(lost);
        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.DONE);
        assertThat(lost).exists();
        assertThat(verify("1.3.0").passed()).isTrue();
    }

    @Test
    void aLayerThatIsAnotherInTheReleaseRegistryGetsNoName() throws IOException {
        contentWithoutNames();
        Path changed = layer("ml-serve-app");
        byte[] bytes = Files.readAllBytes(changed);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(changed);
        Files.write(changed, bytes);
        assertThatThrownBy(release::promote)
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("ml-serve-app");
        assertThat(ref("tags/v1.3.0")).isEmpty();
    }

    /** A publisher of another plugin, from test code alone. */
    private record Page(Path file, Stage stage, Plan.Action before) implements Publisher {
        @Override
        public String name() {
            return "page of the test";
        }

        @Override
        public Set<Credential> needs(ReleaseConfig config) {
            return Set.of();
        }

        @Override
        public List<Step> changes(Publication publication) {
            String wanted =
                    publication.version() + " is " + publication.candidate().digest();
            return List.of(
                    new Step(stage, Change.compare("page", file.getFileName().toString(), wanted, read()), () -> {
                        before.run();
                        write(wanted);
                    }));
        }

        private Optional<String> read() {
            try {
                return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private void write(String text) {
            try {
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public List<Check> after(Publication publication) {
            return List.of(
                    read().isPresent()
                            ? Check.passed("page", file.toString(), "there")
                            : Check.failed("page", file.toString(), "expected it, found nothing"));
        }
    }

    @Test
    void aPublisherOfSomebodyElseTakesItsPlace() {
        candidate();
        release.pass();
        Path file = temp.resolve("page.txt");
        List<String> seen = new ArrayList<>();
        Page page = new Page(
                file, Stage.PAGES, () -> seen.add(ref("tags/v1.3.0").isEmpty() ? "too early" : "after the tag"));
        Promote.Options options = new Promote.Options(Optional.empty(), List.of(page));
        Outcome<Promote.Result> outcome = promote(options);
        assertThat(file).content().contains("1.3.0 is sha256:");
        assertThat(seen).containsExactly("after the tag");
        List<String> kinds = outcome.changes().stream().map(Change::kind).toList();
        assertThat(kinds).endsWith("page", "promotion record", "statement");
        assertThat(promote(options).kind()).isEqualTo(Outcome.Kind.UNCHANGED);
        assertThatThrownBy(() -> promote(new Promote.Options(Optional.empty(), List.of(page, page))))
                .hasMessageContaining("Two publishers are called 'page of the test'");
    }

    @Test
    void aNameThatMovedBetweenPlanAndApplyIsNotOverwrittenAndNothingIsTagged() {
        candidate();
        release.pass();
        Repository repository = Registries.open(
                        "oci-layout:registry/release",
                        RegistryOptions.defaults().withLayoutBase(temp))
                .repository("ml-serve-app");
        Manifest other =
                ArtifactManifest.ofType("application/vnd.example.other").build();
        Plan.Action attack = () -> { // gives the name that promotion is about to give to something else
            byte[] empty = ArtifactManifest.emptyBytes();
            repository.pushBlob(
                    Digest.sha256(empty),
                    empty.length,
                    BlobSource.of(empty),
                    Progress.silent().start("", 0, Progress.Unit.BYTES));
            repository.tag(other, "1.3.0");
        };
        Page page = new Page(temp.resolve("x.txt"), Stage.CONTENT, attack);
        assertThatThrownBy(() -> promote(new Promote.Options(Optional.empty(), List.of(page))))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("ml-serve-app:1.3.0");
        assertThat(ref("tags/v1.3.0")).isEmpty();
        assertThat(repository.resolve("1.3.0").orElseThrow().digest()).isEqualTo(other.digest());
    }

    @Test
    void twoRecordsThatDisagreeAreRefusedAndBothNamed() {
        candidate();
        release.pass();
        release.promote();
        PromotionRecord good = record();
        release.with(w -> {
            ReleaseLine line = ReleaseLine.of(w, ReleaseFixture.VERSION);
            StagedCandidate candidate = line.released().findNamed("1.3.0").orElseThrow();
            PromotionRecord other = new PromotionRecord(
                    1,
                    good.project(),
                    good.version(),
                    good.candidate(),
                    good.digest(),
                    good.commit(),
                    good.tag(),
                    Map.of("elsewhere:1.3.0", good.digest()),
                    good.signedBy(),
                    Instant.EPOCH,
                    List.of(),
                    Optional.empty());
            io.jenkins.plugins.darwin.candidate.Attachments.attachSigned(
                    line.released(),
                    candidate.manifest().descriptor(),
                    io.jenkins.plugins.darwin.candidate.MediaType.PROMOTION_RECORD,
                    PromotionRecord.FILE,
                    io.jenkins.plugins.darwin.model.Json.write(other),
                    io.jenkins.plugins.darwin.openpgp.SignedFor.promotion(
                            candidate.project(), candidate.id(), candidate.digest()),
                    release.signer(),
                    true);
            return null;
        });
        assertThatThrownBy(release::promote)
                .hasMessageContaining("Two promotion records of " + good.digest() + " disagree");
        assertThat(Check.failures(verify("1.3.0").checks()))
                .extracting(Check::name)
                .containsExactly("promotion record");
    }
}
