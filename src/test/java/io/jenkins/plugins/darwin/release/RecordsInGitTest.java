package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.MediaType;
import io.jenkins.plugins.darwin.candidate.PromotionRecord;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.check.Proof;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.Tools;
import io.jenkins.plugins.darwin.vote.VoteRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a registry forgets, the repository still has: vote and promotion, signed, one of each. */
class RecordsInGitTest {
    @TempDir
    Path dir;

    private ReleaseFixture release;

    @BeforeEach
    void voted() {
        release = ReleaseFixture.layouts(dir);
        release.cut();
        release.build();
        release.sign();
        release.pass();
    }

    private Path staged() {
        return dir.resolve("registry/staging/darwin-release");
    }

    private Path released() {
        return dir.resolve("registry/release/darwin-release");
    }

    private Verify.Result verify(String name) {
        return release.with(w -> new Verify(Verify.Options.none(), release.clock(), Progress.silent()).named(w, name));
    }

    private int attached(ReleaseFixture who, String type) {
        return who.with(w -> {
            CandidateStore store = ReleaseLine.of(w, ReleaseFixture.VERSION).released();
            StagedCandidate candidate = store.findNamed("1.3.0").orElseThrow();
            return store.attached(candidate.digest(), type).size();
        });
    }

    private String inGit(String name) {
        return Tools.run(release.origin(), "git", "ls-tree", "-r", "--name-only", "refs/notes/darwin-release")
                .lines()
                .filter(line -> line.endsWith("/" + name))
                .findFirst()
                .orElse("");
    }

    @Test
    void bothRecordsAreInGitWithTheirSignatures() throws IOException {
        release.promote();
        for (String name : List.of(VoteRecord.FILE, PromotionRecord.FILE)) {
            assertThat(inGit(name)).startsWith("1.3.0-RC1/sha256-");
            assertThat(inGit(name + ".asc")).isNotEmpty();
            Path file = Files.writeString(
                    dir.resolve(name),
                    Tools.run(release.origin(), "git", "show", "refs/notes/darwin-release:" + inGit(name)));
            assertThat(Files.size(file)).isPositive();
        }
        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
    }

    @Test
    void aReleaseWhoseRegistryLostItsRecordsIsStillProven() {
        release.promote();
        Layouts.forgetReferrers(released());
        Verify.Result lost = verify("1.3.0");
        // The signature over the manifest has no copy: that is what is missing now, and nothing else.
        assertThat(Check.failures(lost.checks()))
                .extracting(Check::name)
                .doesNotContain("vote record", "promotion record");
        assertThat(lost.checks())
                .filteredOn(c -> c.name().equals("promotion record"))
                .singleElement()
                .satisfies(c -> assertThat(c.detail()).contains("from refs/notes/darwin-release"));
        assertThat(release.with(w -> new Status(w, ReleaseFixture.VERSION).look())
                        .open())
                .noneMatch(c -> c.kind().equals("promotion record"));

        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.DONE);
        assertThat(attached(release, MediaType.PROMOTION_RECORD)).isEqualTo(1);
        assertThat(attached(release, MediaType.VOTE_RECORD)).isEqualTo(1);
        Verify.Result mended = verify("1.3.0");
        assertThat(Check.failures(mended.checks())).isEmpty();
        assertThat(mended.proved()).isEqualTo(Proof.RELEASED);
        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
    }

    @Test
    void withoutTheCopyItIsNotProven() {
        release.promote();
        Layouts.forgetReferrers(released());
        Tools.run(release.origin(), "git", "update-ref", "-d", "refs/notes/darwin-release");
        assertThat(Check.failures(verify("1.3.0").checks()))
                .extracting(Check::name)
                .contains("vote record", "promotion record");
    }

    /** What no trusted key signed counts no more in Git than it does in a registry. */
    @Test
    void aCopyThatSomebodyElseWroteDoesNotCount() throws IOException {
        release.promote();
        Layouts.forgetReferrers(released());
        Path clone = dir.resolve("notes");
        Tools.run(dir, "git", "clone", "-q", release.origin().toString(), clone.toString());
        Tools.run(clone, "git", "fetch", "-q", "origin", "refs/notes/darwin-release:notes");
        Tools.run(clone, "git", "checkout", "-q", "notes");
        Path record = clone.resolve(inGit(PromotionRecord.FILE));
        Files.writeString(record, Files.readString(record).replaceFirst("(\"signedBy\"\\s*:\\s*\")", "$1AB"));
        Tools.run(
                clone,
                "git",
                "-c",
                "user.name=M",
                "-c",
                "user.email=m@example.org",
                "commit",
                "-qam",
                "another record");
        Tools.run(clone, "git", "push", "-q", "origin", "HEAD:refs/notes/darwin-release");
        assertThat(Check.failures(verify("1.3.0").checks()))
                .filteredOn(c -> c.name().equals("promotion record"))
                .singleElement()
                .satisfies(c -> assertThat(c.detail()).contains("none that counts", "refs/notes/darwin-release"));
    }

    @Test
    void theVoteThatStagingLostGoesIntoTheReleaseFromGit() throws IOException {
        Layouts.forgetOf(staged(), MediaType.VOTE_RECORD);
        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.DONE);
        assertThat(attached(release, MediaType.VOTE_RECORD)).isEqualTo(1);
        assertThat(Check.failures(verify("1.3.0").checks())).isEmpty();
        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
    }

    @Test
    void twoWhoPromoteAtTheSameMomentLeaveOneRecord() throws Exception {
        ReleaseFixture ravi = release.colleague("ravi");
        ravi.clock().set(release.clock().instant().plusSeconds(48 * 3600 + 7));
        List<Outcome<Promote.Result>> both = new ArrayList<>();
        ExecutorService people = Executors.newFixedThreadPool(2);
        try {
            CyclicBarrier start = new CyclicBarrier(2);
            List<Future<Outcome<Promote.Result>>> runs = new ArrayList<>();
            for (ReleaseFixture each : List.of(release, ravi)) {
                runs.add(people.submit(() -> {
                    start.await();
                    return each.promote();
                }));
            }
            for (Future<Outcome<Promote.Result>> run : runs) {
                both.add(run.get());
            }
        } finally {
            people.shutdownNow();
        }
        assertThat(attached(release, MediaType.PROMOTION_RECORD)).isEqualTo(1);
        assertThat(both).noneMatch(o -> o.kind() == Outcome.Kind.OPEN);
        for (ReleaseFixture each : List.of(release, ravi)) {
            assertThat(each.promote().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
        }
        assertThat(Tools.run(release.origin(), "git", "log", "--format=%s", "refs/notes/darwin-release")
                        .lines()
                        .filter(line -> line.startsWith(PromotionRecord.FILE)))
                .hasSize(1);
    }

    @Test
    void aServerThatTakesNoNotesLeavesTheRecordInTheRegistryAndIsTold() throws IOException {
        Path hook = Files.writeString(
                release.origin().resolve("hooks/update"),
                "#!/bin/sh\ncase $1 in refs/notes/*) echo no notes here >&2; exit 1;; esac\nexit 0\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        Outcome<Promote.Result> promoted = release.promote();
        assertThat(promoted.kind()).isEqualTo(Outcome.Kind.DONE);
        assertThat(promoted.warnings())
                .anyMatch(w -> w.contains("The copy of the promotion record in Git was not written"));
        assertThat(attached(release, MediaType.PROMOTION_RECORD)).isEqualTo(1);
        assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
        assertThat(inGit(PromotionRecord.FILE)).isEmpty();
    }
}
