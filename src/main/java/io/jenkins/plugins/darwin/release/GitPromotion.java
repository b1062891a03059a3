package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.git.MergeResult;
import io.jenkins.plugins.darwin.git.RefUpdate;
import io.jenkins.plugins.darwin.git.SignedTag;
import io.jenkins.plugins.darwin.git.TagRef;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** P6.1 and P6.2: the signed tag on the voted commit, and the way of that commit into trunk. */
final class GitPromotion {
    private final Workspace workspace;
    private final ReleaseConfig config;
    private final StagedCandidate candidate;
    private final DetachedSigner signer;
    private final SignatureVerifier verifier;
    private final Version version;
    private final List<String> warnings = new ArrayList<>();

    GitPromotion(
            Workspace workspace,
            ReleaseConfig config,
            StagedCandidate candidate,
            DetachedSigner signer,
            SignatureVerifier verifier) {
        this.workspace = workspace;
        this.config = config;
        this.candidate = candidate;
        this.signer = signer;
        this.verifier = verifier;
        this.version = candidate.id().version();
    }

    List<String> warnings() {
        return warnings;
    }

    /** The tag is ours only when a trusted key signed it on this very commit. */
    void addTag(Plan plan) {
        GitMirror git = workspace.git();
        CommitId commit = candidate.candidate().commit();
        Optional<TagRef> tag = workspace.tagged(version);
        Change change;
        if (tag.isEmpty()) {
            change = Change.absent("tag", workspace.tagName(version), "signed, on " + commit);
        } else if (!tag.get().commit().equals(commit)) {
            change = Change.conflict(
                    "tag", workspace.tagName(version), commit.sha(), tag.get().commit().sha());
        } else {
            change = signedWell(git.readTag(workspace.tagName(version)))
                    ? Change.done("tag", workspace.tagName(version), "signed, on " + commit)
                    : Change.conflict(
                            "tag", workspace.tagName(version), "signed by a trusted key, on " + commit, "without such a signature");
        }
        plan.add(change, this::tag);
    }

    private boolean signedWell(Optional<SignedTag> tag) {
        return tag.isPresent()
                && tag.get().signature().isPresent()
                && verifier.verify(
                                tag.get().signature().get(),
                                signedFor(),
                                tag.get().payload())
                        .acceptable();
    }

    private SignedFor signedFor() {
        return SignedFor.tag(candidate.project(), candidate.id(), workspace.tagName(version));
    }

    private void tag() {
        byte[] unsigned = workspace
                .git()
                .tagObject(
                        workspace.tagName(version),
                        candidate.candidate().commit(),
                        config.author(),
                        workspace.clock().instant(),
                        title(config) + " " + workspace.tagName(version) + "\n");
        String signature = DetachedSigner.signBytes(signer, signedFor(), unsigned);
        CommitId object = workspace.git().writeTag(unsigned, signature);
        Pushes.require(workspace.git().push(List.of(RefUpdate.createTag(workspace.tagName(version), object))), workspace);
    }

    /** "Darwin v1.3.0" (P6.1). */
    static String title(ReleaseConfig config) {
        return config.project().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + config.project().substring(1);
    }

    /** Merged in memory; where that conflicts, trunk stays, and a branch for a pull request is offered instead. */
    void addMerge(Plan plan, CommitId trunk) {
        GitMirror git = workspace.git();
        CommitId commit = candidate.candidate().commit();
        MergeBack back = new MergeBack(
                workspace, config, version, trunk, commit, candidate.candidate().branch());
        MergeResult result = back.look();
        if (result instanceof MergeResult.AlreadyMerged) {
            plan.add(Change.done("merge", config.trunk(), "with " + commit.abbreviated()), () -> {});
        } else if (result instanceof MergeResult.Conflict conflict) {
            offerBranch(plan, commit, conflict.describe());
        } else {
            plan.add(
                    Change.replacing("merge", config.trunk(), "with " + commit.abbreviated(), trunk.abbreviated()),
                    () -> Pushes.require(
                            git.push(List.of(RefUpdate.moveBranch(config.trunk(), trunk, back.make(signer)))),
                            workspace));
        }
    }

    private void offerBranch(Plan plan, CommitId commit, String conflicts) {
        String branch = "merge/" + version;
        warnings.add(candidate.candidate().branch() + " does not merge into " + config.trunk() + ": "
                + conflicts + ". " + config.trunk() + " was left alone; open a pull request from "
                + branch + " and decide there.");
        Optional<CommitId> existing = workspace.git().branch(branch);
        boolean there = existing.isPresent() && workspace.git().isAncestor(commit, existing.get());
        plan.add(
                there
                        ? Change.done("merge branch", branch, commit.abbreviated())
                        : Change.compare(
                                "merge branch", branch, commit.abbreviated(), existing.map(CommitId::abbreviated)),
                () -> Pushes.require(workspace.git().push(List.of(RefUpdate.createBranch(branch, commit))), workspace));
    }
}
