package io.jenkins.plugins.darwin.report;

import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.report.ReportModel.BallotRow;
import io.jenkins.plugins.darwin.report.ReportModel.CandidateSummary;
import io.jenkins.plugins.darwin.report.ReportModel.ChangeRow;
import io.jenkins.plugins.darwin.report.ReportModel.ChangeState;
import io.jenkins.plugins.darwin.report.ReportModel.Check;
import io.jenkins.plugins.darwin.report.ReportModel.Choice;
import io.jenkins.plugins.darwin.report.ReportModel.Command;
import io.jenkins.plugins.darwin.report.ReportModel.FileRow;
import io.jenkins.plugins.darwin.report.ReportModel.ImageRow;
import io.jenkins.plugins.darwin.report.ReportModel.Phase;
import io.jenkins.plugins.darwin.report.ReportModel.Signature;
import io.jenkins.plugins.darwin.report.ReportModel.Signer;
import io.jenkins.plugins.darwin.report.ReportModel.State;
import io.jenkins.plugins.darwin.report.ReportModel.VoteSummary;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A report as the demo makes it: a vetoed first candidate, a fix, a second one that ships. */
final class SampleReport {
    static final CandidateId RC1 = CandidateId.parse("1.3.0-RC1");
    static final CandidateId RC2 = CandidateId.parse("1.3.0-RC2");
    static final List<String> CHECKLIST = List.of("installation", "core workflows", "artifacts", "upgrade");

    private static final Instant START = Instant.parse("2026-04-02T12:00:03Z");
    private static final List<String> IMAGES =
            List.of("darwin-compute", "darwin-mlflow", "darwin-cluster-manager", "ml-serve-app");

    private SampleReport() {}

    static ReportModel whole() {
        CandidateSummary candidate = new CandidateSummary(
                RC2,
                digest("rc2"),
                new CommitId("7c0ffee7c0ffee7c0ffee7c0ffee7c0ffee7c0ff"),
                Optional.of(new Signer(
                        "Asha Rao (CODE SIGNING KEY) <asha@example.org>", "8A3F0C5E77B1D2946E1B9F20C4D86A5512F0E9B7")),
                Optional.of(digest("rc2")));
        return new ReportModel(
                "darwin",
                Version.parse("1.3.0"),
                "Released: three voters approved candidate 2, after a veto on candidate 1. Every published name points to a digest that was voted on.",
                Optional.of(candidate),
                phases(),
                files(),
                images(),
                votes(),
                changes(),
                commands());
    }

    private static List<Phase> phases() {
        return List.of(
                phase(
                        0,
                        412,
                        "Branch cut",
                        State.DONE,
                        "release/1.3.0 from main at 3cec8a1b8425",
                        "version bump in 5 files: chore: bump version to 1.3.0-RC1"),
                phase(
                        1,
                        1890,
                        "Candidate 1.3.0-RC1",
                        State.DONE,
                        "4 images, 1 chart, 2 source archives",
                        "signed and staged as sha256:5b1d0f7a9c33"),
                phase(
                        3,
                        96,
                        "Vote on RC1: vetoed",
                        State.FAILED,
                        "bob: /health answers 200 while the scheduler is still starting"),
                phase(
                        4,
                        230,
                        "Backport",
                        State.DONE,
                        "fix(compute): not healthy before the scheduler has started (#137)"),
                phase(
                        5,
                        1402,
                        "Candidate 1.3.0-RC2",
                        State.DONE,
                        "4 images, 1 chart, 2 source archives",
                        "signed and staged as " + digest("rc2").abbreviated()),
                phase(7, 88, "Vote on RC2: passed", State.DONE, "3 for, 0 against"),
                phase(
                        8,
                        731,
                        "Promoted",
                        State.DONE,
                        "12 changes made, 0 layer bytes moved",
                        "tag v1.3.0 signed on the voted commit"));
    }

    private static Phase phase(int second, long millis, String title, State state, String... details) {
        return new Phase(
                title, START.plusSeconds(second), Optional.of(Duration.ofMillis(millis)), List.of(details), state);
    }

    private static List<FileRow> files() {
        return List.of(
                file("darwin-1.3.0-src.tar.gz", 14_212, Signature.GOOD),
                file("darwin-1.3.0-src.zip", 19_877, Signature.GOOD),
                file("darwin-1.3.0.tgz", 2_941, Signature.GOOD),
                file("RELEASE_NOTES.md", 1_320, Signature.GOOD),
                file("candidate.json", 2_204, Signature.GOOD),
                file("checksums.sha512", 804, Signature.GOOD),
                file("KEYS", 3_127, Signature.NOT_NEEDED));
    }

    private static FileRow file(String name, long size, Signature signature) {
        return new FileRow(name, size, Digest.of("sha512", updated(name)), signature);
    }

    private static List<ImageRow> images() {
        return IMAGES.stream()
                .map(n -> new ImageRow(n, digest(n), "oci:registry/release/" + n + ":1.3.0"))
                .toList();
    }

    private static List<VoteSummary> votes() {
        return List.of(
                new VoteSummary(
                        RC1,
                        digest("rc1"),
                        "vetoed",
                        Optional.of(false),
                        3,
                        CHECKLIST,
                        List.of(
                                ballot(
                                        "alice",
                                        Choice.APPROVE,
                                        "",
                                        false,
                                        Check.PASSED,
                                        Check.PASSED,
                                        Check.PASSED,
                                        Check.NOT_RUN),
                                ballot(
                                        "bob",
                                        Choice.VETO,
                                        "/health answers 200 while the scheduler is still starting: a rolling upgrade drops requests.",
                                        false,
                                        Check.PASSED,
                                        Check.PASSED,
                                        Check.PASSED,
                                        Check.FAILED))),
                new VoteSummary(
                        RC2,
                        digest("rc2"),
                        "passed",
                        Optional.of(true),
                        3,
                        CHECKLIST,
                        List.of(
                                ballot(
                                        "bob",
                                        Choice.ABSTAIN,
                                        "Still testing the upgrade.",
                                        true,
                                        Check.PASSED,
                                        Check.PASSED,
                                        Check.NOT_RUN,
                                        Check.NOT_RUN),
                                ballot(
                                        "alice",
                                        Choice.APPROVE,
                                        "",
                                        false,
                                        Check.PASSED,
                                        Check.PASSED,
                                        Check.PASSED,
                                        Check.PASSED),
                                ballot(
                                        "bob",
                                        Choice.APPROVE,
                                        "The rolling upgrade drops nothing now.",
                                        false,
                                        Check.PASSED,
                                        Check.PASSED,
                                        Check.PASSED,
                                        Check.PASSED),
                                ballot(
                                        "carol",
                                        Choice.APPROVE,
                                        "",
                                        false,
                                        Check.PASSED,
                                        Check.NOT_RUN,
                                        Check.PASSED,
                                        Check.NOT_RUN))));
    }

    private static BallotRow ballot(String voter, Choice choice, String reason, boolean superseded, Check... checks) {
        return new BallotRow(
                voter,
                true,
                choice,
                reason,
                Map.of(
                        CHECKLIST.get(0),
                        checks[0],
                        CHECKLIST.get(1),
                        checks[1],
                        CHECKLIST.get(2),
                        checks[2],
                        CHECKLIST.get(3),
                        checks[3]),
                START.plusSeconds(7),
                superseded);
    }

    private static List<ChangeRow> changes() {
        Stream<ChangeRow> versions = IMAGES.stream()
                .map(n -> new ChangeRow("image tag", n + ":1.3.0", digest(n).abbreviated(), ChangeState.MADE));
        Stream<ChangeRow> between = Stream.of(
                new ChangeRow("chart", "charts/darwin:1.3.0", digest("chart").abbreviated(), ChangeState.MADE),
                new ChangeRow("candidate", "darwin-release:1.3.0", digest("rc2").abbreviated(), ChangeState.DONE),
                new ChangeRow("git tag", "v1.3.0", "signed, on 7c0ffee7c0ff", ChangeState.MADE),
                new ChangeRow("merge", "main", "release/1.3.0", ChangeState.MADE));
        Stream<ChangeRow> latest = IMAGES.stream()
                .map(n -> new ChangeRow("image tag", n + ":latest", digest(n).abbreviated(), ChangeState.MADE));
        return Stream.of(versions, between, latest).flatMap(s -> s).toList();
    }

    private static List<Command> commands() {
        return List.of(
                new Command("Checksums of all files", List.of("cd dist/1.3.0-RC2", "sha512sum -c checksums.sha512")),
                new Command(
                        "Signatures",
                        List.of("gpg --import KEYS", "for f in *.asc; do gpg --verify \"$f\" \"${f%.asc}\"; done")),
                new Command(
                        "An image has the digest that was voted on",
                        List.of("skopeo inspect --format '{{.Digest}}' oci:registry/release/darwin-compute:1.3.0")),
                new Command("The tag", List.of("git -C origin.git tag -v v1.3.0")));
    }

    static Digest digest(String of) {
        return Digest.sha256(of.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest updated(String text) {
        MessageDigest digest = Digest.messageDigest("sha512");
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return digest;
    }
}
