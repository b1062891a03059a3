package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.CandidateFiles;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.check.FileChecks;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.report.ReportModel;
import io.jenkins.plugins.darwin.vote.CheckMark;
import io.jenkins.plugins.darwin.vote.Outcome;
import io.jenkins.plugins.darwin.vote.Tally;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A release as the report page shows it, from what Git and the registries hold. */
public final class ReleaseReport {
    private final Workspace workspace;
    private final Version version;

    public ReleaseReport(Workspace workspace, Version version) {
        this.workspace = workspace;
        this.version = version;
    }

    /**
     * @param phases what happened, as the caller saw it
     * @param changes what promotion made
     */
    public ReportModel model(
            String summary,
            List<ReportModel.Phase> phases,
            List<Change> changes,
            Optional<ReportModel.Signer> signer,
            List<ReportModel.Command> commands) {
        ReleaseLine line = ReleaseLine.of(workspace, version);
        ReleaseConfig config = line.config();
        Registry staging = line.staging();
        List<StagedCandidate> candidates =
                line.signedCandidates(Optional.empty()).all();
        Optional<StagedCandidate> last = candidates.stream().reduce((a, b) -> b);
        Registry release = line.release();
        Optional<Digest> promoted =
                line.released().repository().resolve(version.toString()).map(d -> d.digest());
        return new ReportModel(
                config.project(),
                version,
                summary,
                last.map(c -> new ReportModel.CandidateSummary(
                        c.id(), c.digest(), c.candidate().commit(), signer, promoted)),
                phases,
                last.map(c -> files(c, TrustedKeys.of(workspace, line.trunk(), Optional.empty())))
                        .orElse(List.of()),
                last.map(c -> images(c, promoted.isPresent() ? release : staging, promoted.isPresent()))
                        .orElse(List.of()),
                candidates.stream()
                        .flatMap(c -> line.vote(c).find().stream())
                        .map(ReleaseReport::vote)
                        .toList(),
                changes.stream().map(ReleaseReport::change).toList(),
                commands);
    }

    /** Every signature is checked again: a page must not say of one that it is good because it is there. */
    private static List<ReportModel.FileRow> files(StagedCandidate candidate, SignatureVerifier verifier) {
        Map<String, Check.State> signatures = new FileChecks(CandidateFiles.of(candidate), verifier, candidate.id())
                .run(candidate.candidate()).stream()
                        .filter(c -> c.name().equals("signature"))
                        .collect(Collectors.toMap(Check::subject, Check::state));
        return candidate.candidate().files().stream()
                .map(f -> new ReportModel.FileRow(
                        f.name(),
                        f.size(),
                        f.sha512(),
                        !signatures.containsKey(f.name())
                                ? ReportModel.Signature.MISSING
                                : signatures.get(f.name()) == Check.State.PASSED
                                        ? ReportModel.Signature.GOOD
                                        : ReportModel.Signature.BAD))
                .toList();
    }

    private static List<ReportModel.ImageRow> images(StagedCandidate candidate, Registry registry, boolean released) {
        return ReleaseKinds.ALL.contents(candidate.candidate(), candidate.id()).stream()
                .filter(c -> c.file().isEmpty())
                .flatMap(c -> c
                        .place(released)
                        .map(place -> new ReportModel.ImageRow(
                                c.name(),
                                c.digest(),
                                registry.repository(place.repository()).reference() + ":" + place.tag()))
                        .stream())
                .toList();
    }

    private static ReportModel.VoteSummary vote(Vote vote) {
        Tally tally = vote.tally(Vote.ANYBODY);
        Map<String, VoteEvent.Ballot> counting = vote.counting();
        Set<String> binding =
                tally.bindingBallots().stream().map(VoteEvent.Ballot::voter).collect(Collectors.toSet());
        List<ReportModel.BallotRow> rows = new ArrayList<>();
        vote.ballots()
                .forEach(b -> rows.add(new ReportModel.BallotRow(
                        b.voter(),
                        binding.contains(b.voter()),
                        switch (b.choice()) {
                            case PLUS_ONE -> ReportModel.Choice.APPROVE;
                            case ZERO -> ReportModel.Choice.ABSTAIN;
                            case MINUS_ONE -> ReportModel.Choice.VETO;
                        },
                        b.reason(),
                        checks(b.checks()),
                        b.at(),
                        !b.equals(counting.get(b.voter())))));
        Optional<Outcome> outcome = vote.closing().map(VoteEvent.Closing::outcome);
        return new ReportModel.VoteSummary(
                vote.candidate(),
                vote.digest(),
                outcome.map(Outcome::phrase).orElse("is open"),
                outcome.map(Outcome::passes),
                tally.quorum(),
                vote.policy().checklist(),
                rows);
    }

    private static Map<String, ReportModel.Check> checks(Map<String, CheckMark> marks) {
        Map<String, ReportModel.Check> checks = new LinkedHashMap<>();
        marks.forEach((item, mark) -> checks.put(item, ReportModel.Check.valueOf(mark.name())));
        return checks;
    }

    private static ReportModel.ChangeRow change(Change change) {
        ReportModel.ChangeState state = change.made()
                ? ReportModel.ChangeState.MADE
                : ReportModel.ChangeState.valueOf(change.state().name());
        return new ReportModel.ChangeRow(change.kind(), change.target(), change.expected(), state);
    }
}
