package io.jenkins.plugins.darwin.release;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.darwin.candidate.BuildRecord;
import io.jenkins.plugins.darwin.candidate.CandidateDocuments;
import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.SignedCandidates;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.VoteStore;
import io.jenkins.plugins.darwin.check.ChartImageChecks;
import io.jenkins.plugins.darwin.edit.EditPlan;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.registry.Registry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * P4.1 to P4.3: the next candidate from the head of the release branch, unsigned. Its images are in staging by digest, its
 * files in a folder of this machine and in staging too, so that another machine can sign it.
 */
public final class BuildCandidate implements UseCase<BuildCandidate.Result> {
    /**
     * @param directory the candidate's folder on this machine
     * @param contents the candidate as it was built
     */
    public record Result(
            Version version,
            int rc,
            String tag,
            CommitId commit,
            List<Candidate.Image> images,
            List<Candidate.Artifact> files,
            Path directory,
            @JsonIgnore Candidate contents) {}

    private final Workspace workspace;
    private final Version version;
    private final List<String> warnings = new ArrayList<>();

    public BuildCandidate(Workspace workspace, Version version) {
        this.workspace = workspace;
        this.version = version;
    }

    @Override
    public Planned<Result> plan() {
        warnings.clear(); // a plan is made anew when somebody else was faster
        if (workspace.tagged(version).isPresent()) {
            throw ReleaseException.refused("Version " + version + " is already released: tag "
                    + workspace.tagName(version) + " exists. There are no candidates after a release.");
        }
        ReleaseLine line = ReleaseLine.of(workspace, version);
        String branch = line.requireBranch();
        CommitId head = line.requireHead();
        ReleaseConfig config = line.config();
        requireBumped(head, branch, config);
        warnings.addAll(JudgeBranch.require(workspace, line, head, "is built"));
        workspace
                .progress()
                .message("Charts: "
                        + ChartImageChecks.require(
                                workspace.git().workTree(head, workspace.progress()),
                                config,
                                version,
                                line.release().location(),
                                workspace.environment())
                        + ".");
        Registry staging = line.staging();
        CandidateStore store = line.candidates();

        SignedCandidates candidates = line.signedCandidates(Optional.empty());
        Optional<StagedCandidate> signed = candidates.newest();
        candidates.warning().ifPresent(warnings::add);
        if (signed.isPresent() && signed.get().candidate().commit().equals(head) && !failed(line, signed.get())) {
            return planExisting(signed.get());
        }
        CandidateNumber number = new CandidateNumber(workspace, line, candidates, head);
        CandidateId next = number.next();
        warnings.addAll(number.warnings());
        CandidateMaker maker = new CandidateMaker(workspace, config, next, branch, head, workspace.previous(version));
        Optional<StagedCandidate> built = findBuilt(store, next);
        if (built.isPresent() && built.get().candidate().commit().equals(head)) {
            Optional<String> stranger = stranger(built.get(), config, branch);
            return stranger.isEmpty()
                    ? planExisting(built.get())
                    : planNew(new CandidateBuild(workspace, maker, staging, store), stranger);
        }
        return planNew(new CandidateBuild(workspace, maker, staging, store), Optional.empty());
    }

    /** What lies under the name of a build was put there by anybody: when it is none, it is built over, not believed. */
    private Optional<StagedCandidate> findBuilt(CandidateStore store, CandidateId id) {
        try {
            return store.findBuilt(id);
        } catch (ReleaseException e) {
            if (e.kind() == ReleaseException.Kind.USAGE) {
                throw e;
            }
            workspace.progress().message("Not taken for a build of " + id + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Why what is staged is not what this machine built, or what the commit gives; empty when it is. Such a thing is built again
     * here rather than told as built: in Jenkins, what this returns is what may be signed.
     */
    private Optional<String> stranger(StagedCandidate built, ReleaseConfig config, String branch) {
        Optional<BuildRecord> record = workspace.builds().find(built.id());
        if (record.isPresent() && !record.get().manifest().equals(built.digest())) {
            return Optional.of("another build, " + built.digest() + ", which this machine did not make");
        }
        Rebuild again = Rebuild.of(
                workspace, config, built.id(), branch, built.candidate().commit(), record.map(BuildRecord::contents));
        if (!again.unknown().isEmpty()) {
            return Optional.of(
                    "a build of another machine, " + built.digest() + ", which can't be made again to compare");
        }
        return again.differences(built).isEmpty()
                ? Optional.empty()
                : Optional.of("a build, " + built.digest() + ", that is not what the commit gives now");
    }

    private boolean failed(ReleaseLine line, StagedCandidate candidate) {
        VoteStore votes = line.vote(candidate);
        boolean failed = votes.failed();
        votes.warnings().forEach(workspace.progress()::message);
        return failed;
    }

    private void requireBumped(CommitId head, String branch, ReleaseConfig config) {
        List<String> lacking = Bump.edits(workspace, head, config, version).places().stream()
                .filter(EditPlan.EditedPlace::changed)
                .map(p -> p.file() + ":" + p.line() + " " + p.path() + ": expected " + p.newValue() + ", found "
                        + p.oldValue())
                .toList();
        if (!lacking.isEmpty()) {
            throw ReleaseException.refused("Branch " + branch + " does not carry version " + version + " everywhere: "
                    + String.join("; ", lacking)
                    + ". Mend that on the branch, or delete the branch and cut it again.");
        }
    }

    /** The same commit again: what is staged stays, only this machine's folder may be missing. */
    private Planned<Result> planExisting(StagedCandidate existing) {
        CandidateFolder folder = new CandidateFolder(workspace.folder(existing.id()));
        Candidate candidate = existing.candidate();
        Plan plan = new Plan();
        workspace.kinds().contents(candidate, existing.id()).stream()
                .filter(c -> c.file().isEmpty())
                .forEach(c ->
                        plan.shown(Change.done(c.kind(), c.name(), c.digest().toString())));
        candidate
                .files()
                .forEach(
                        f -> plan.shown(Change.done("file", f.name(), f.sha256().toString())));
        plan.shown(Change.done(
                "candidate", existing.id().toString(), candidate.commit().toString()));
        plan.add(
                folder(folder, existing),
                () -> workspace.git().withoutLock(() -> folder.download(existing, workspace.progress())));
        return new Planned<>(plan, List.copyOf(warnings), () -> result(existing.id(), candidate, folder));
    }

    /** A folder that somebody changed is theirs: it is never replaced. */
    private static Change folder(CandidateFolder folder, StagedCandidate existing) {
        String path = folder.path().toString();
        String id = existing.id().toString();
        if (!folder.exists()) {
            return Change.absent("folder", path, id);
        }
        return folder.difference(new CandidateDocuments(existing.candidate()))
                .map(found -> Change.conflict("folder", path, "the files of " + id + " as they are staged", found))
                .orElseGet(() -> Change.done("folder", path, id));
    }

    /** @param instead what has the build's name in staging now, when that is not kept */
    private Planned<Result> planNew(CandidateBuild build, Optional<String> instead) {
        Plan plan = new Plan();
        String from = "made from " + build.commit().abbreviated();
        build.items()
                .forEach((kind, items) -> plan.batch( // all of a kind are made side by side
                        items.stream()
                                .map(item -> Change.absent(item.shown(), item.name(), from))
                                .toList(),
                        made -> build.make(kind, made)));
        String id = build.id().toString();
        plan.add(
                instead.isPresent()
                        ? Change.replacing("candidate", id, build.commit().toString(), instead.get())
                        : Change.absent("candidate", id, build.commit().toString()),
                () -> {
                    workspace.git().withoutLock(build::push);
                    build.name();
                });
        CandidateFolder folder = build.folder();
        plan.add(
                Files.exists(folder.path())
                        ? Change.replacing("folder", folder.path().toString(), id, "an earlier build")
                        : Change.absent("folder", folder.path().toString(), id),
                build::publishFolder);
        warnings.addAll(build.warnings());
        instead.ifPresent(other -> warnings.add("Staging has " + other + " under the name of " + id
                + ": it is built again here. Sign it on this machine."));
        return new Planned<>(plan, List.copyOf(warnings), () -> result(build.id(), build.candidate(), folder));
    }

    private static Result result(CandidateId id, Candidate candidate, CandidateFolder folder) {
        return new Result(
                id.version(),
                id.rc(),
                id.toString(),
                candidate.commit(),
                candidate.images(),
                candidate.files(),
                folder.path(),
                candidate);
    }
}
