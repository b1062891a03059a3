package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
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
import java.util.List;
import java.util.Optional;

/**
 * P4.1 to P4.3: the next candidate from the head of the release branch, unsigned. Its images are in staging by digest, its
 * files in a folder of this machine and in staging too, so that another machine can sign it.
 */
public final class BuildCandidate implements UseCase<BuildCandidate.Result> {
    /** @param directory the candidate's folder on this machine */
    public record Result(
            Version version,
            int rc,
            String tag,
            CommitId commit,
            List<Candidate.Image> images,
            List<Candidate.Artifact> files,
            Path directory) {}

    private final Workspace workspace;
    private final Version version;

    public BuildCandidate(Workspace workspace, Version version) {
        this.workspace = workspace;
        this.version = version;
    }

    @Override
    public Planned<Result> plan() {
        if (workspace.tagged(version).isPresent()) {
            throw ReleaseException.refused("Version " + version + " is already released: tag " + workspace.tagName(version)
                    + " exists. There are no candidates after a release.");
        }
        ReleaseLine line = ReleaseLine.of(workspace, version);
        String branch = line.requireBranch();
        CommitId head = line.requireHead();
        ReleaseConfig config = line.config();
        requireBumped(head, branch, config);
        ChartImageChecks.require(
                workspace.git().workTree(head, workspace.progress()),
                config,
                line.release().location());
        Registry staging = line.staging();
        CandidateStore store = line.candidates();

        Optional<StagedCandidate> signed = store.lastSigned(version).flatMap(store::findSigned);
        if (signed.isPresent()
                && signed.get().candidate().commit().equals(head)
                && !VoteStore.failed(store, signed.get())) {
            return planExisting(signed.get());
        }
        CandidateId next = signed.map(s -> s.id().next()).orElse(new CandidateId(version, 1));
        Optional<StagedCandidate> built = store.findBuilt(next);
        if (built.isPresent() && built.get().candidate().commit().equals(head)) {
            return planExisting(built.get());
        }
        return planNew(new CandidateBuild(workspace, config, next, branch, head, staging, store));
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
                    + ". Mend that on the branch, or delete the branch and run 'darwin cut "
                    + version + "'.");
        }
    }

    /** The same commit again: what is staged stays, only this machine's folder may be missing. */
    private Planned<Result> planExisting(StagedCandidate existing) {
        CandidateFolder folder = new CandidateFolder(workspace.folder(existing.id()));
        Plan plan = new Plan();
        existing.candidate()
                .images()
                .forEach(i -> plan.add(Change.done("image", i.name(), i.digest().toString()), () -> {}));
        existing.candidate()
                .files()
                .forEach(f -> plan.add(Change.done("file", f.name(), f.sha256().toString()), () -> {}));
        plan.add(
                Change.done(
                        "candidate",
                        existing.id().toString(),
                        existing.candidate().commit().toString()),
                () -> {});
        plan.add(
                folder.holds(existing)
                        ? Change.done(
                                "folder",
                                folder.path().toString(),
                                existing.id().toString())
                        : Change.absent(
                                "folder",
                                folder.path().toString(),
                                existing.id().toString()),
                () -> workspace.git().withoutLock(() -> folder.download(existing, workspace.progress())));
        return new Planned<>(plan, List.of(), () -> result(existing.id(), existing.candidate(), folder));
    }

    private Planned<Result> planNew(CandidateBuild build) {
        Plan plan = new Plan();
        // Images build side by side: the first of them starts them all.
        build.imageNames()
                .forEach(name -> plan.add(
                        Change.absent(
                                "image", name, "built from " + build.commit().abbreviated()),
                        build::images));
        build.fileNames()
                .forEach(name -> plan.add(
                        Change.absent(
                                "file", name, "made from " + build.commit().abbreviated()),
                        build::files));
        plan.add(
                Change.absent("candidate", build.id().toString(), build.commit().toString()),
                () -> workspace.git().withoutLock(build::stage));
        CandidateFolder folder = build.folder();
        if (Files.exists(folder.path())) {
            plan.add(
                    Change.replacing(
                            "folder", folder.path().toString(), build.id().toString(), "an earlier build"),
                    build::publishFolder);
        } else {
            plan.add(
                    Change.absent("folder", folder.path().toString(), build.id().toString()), build::publishFolder);
        }
        return new Planned<>(plan, build.warnings(), () -> result(build.id(), build.candidate(), folder));
    }

    private static Result result(CandidateId id, Candidate candidate, CandidateFolder folder) {
        return new Result(
                id.version(),
                id.rc(),
                id.toString(),
                candidate.commit(),
                candidate.images(),
                candidate.files(),
                folder.path());
    }
}
