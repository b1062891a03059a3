package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.RecordNotes;
import io.jenkins.plugins.darwin.candidate.SignedCandidates;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.VoteStore;
import io.jenkins.plugins.darwin.git.TagRef;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.registry.Registry;
import java.util.List;
import java.util.Optional;

/**
 * One {@code X.Y.Z} on its way: which branch, which configuration, which store. Every use case asks here, so that all of
 * them look at the same place.
 *
 * <p>Two commits have a say. Trunk, which a team reviews, decides the policy: voters, quorum, rules, and the public places.
 * The line's own commit says what is built and where it is staged; whoever may push to a release branch can change that,
 * and no more.
 */
public final class ReleaseLine {
    private final Workspace workspace;
    private final Version version;
    private final ReleaseConfig trunkConfig;
    private final CommitId trunk;
    private final Optional<String> branch;
    private final Optional<CommitId> head;
    private final ReleaseConfig config;

    private ReleaseLine(Workspace workspace, Version version) {
        this.workspace = workspace;
        this.version = version;
        this.trunkConfig = workspace.trunkConfig();
        this.trunk = workspace.trunk(trunkConfig);
        this.branch = findBranch(workspace, version);
        this.head = branch.flatMap(workspace.git()::branch);
        this.config = head.or(this::tagged).map(this::config).orElse(trunkConfig);
    }

    /**
     * Looks the line up in the repository as it was fetched.
     *
     * @throws ReleaseException refused, when there is no trunk, or several hotfix branches claim the version
     */
    public static ReleaseLine of(Workspace workspace, Version version) {
        return new ReleaseLine(workspace, version);
    }

    private static Optional<String> findBranch(Workspace workspace, Version version) {
        if (workspace.git().branch(workspace.names().branch(version)).isPresent()) {
            return Optional.of(workspace.names().branch(version));
        }
        List<String> hotfixes = workspace.git().branches().keySet().stream()
                .filter(b -> b.startsWith("hotfix/" + version + "-"))
                .toList();
        if (hotfixes.size() > 1) {
            throw ReleaseException.refused("Several hotfix branches claim " + version + ": "
                    + String.join(", ", hotfixes) + "; delete all but one.");
        }
        return hotfixes.stream().findFirst();
    }

    public Version version() {
        return version;
    }

    /** {@code release/X.Y.Z}, else {@code hotfix/X.Y.Z-slug}; empty while the line is not cut, and when its branch is gone. */
    public Optional<String> branch() {
        return branch;
    }

    /** @throws ReleaseException refused, when there is no branch */
    public String requireBranch() {
        return branch.orElseThrow(() -> ReleaseException.refused(
                "There is no branch " + workspace.names().branch(version) + " (nor hotfix/" + version + "-*) in "
                        + workspace.repository() + ".",
                Next.of(Next.Act.CUT, version)));
    }

    /** The branch's last commit. */
    public Optional<CommitId> head() {
        return head;
    }

    /** @throws ReleaseException refused, when there is no branch */
    public CommitId requireHead() {
        requireBranch();
        return head.orElseThrow();
    }

    /** Trunk's last commit: where KEYS and policy are read. */
    public CommitId trunk() {
        return trunk;
    }

    /** The last commit of the branch, or of trunk while there is no branch. */
    public CommitId headOrTrunk() {
        return head.orElse(trunk);
    }

    /** What trunk says, and nothing else: policy, and the public places. */
    public ReleaseConfig trunkConfig() {
        return trunkConfig;
    }

    /**
     * What the line's head builds and where it stages, under trunk's policy. Of a line whose branch is gone, as its tag has
     * it; of one that is not cut, as trunk has it.
     */
    public ReleaseConfig config() {
        return config;
    }

    /** The same for one commit of the line, such as a candidate's. */
    public ReleaseConfig config(CommitId commit) {
        return workspace.config(commit).under(trunkConfig);
    }

    /** Where the line's candidates are staged. */
    public Registry staging() {
        return workspace.staging(config);
    }

    /** Where the public names live: trunk's word. */
    public Registry release() {
        return workspace.release(config);
    }

    /** The line's candidates in staging. */
    public CandidateStore candidates() {
        return new CandidateStore(staging(), config);
    }

    /** Those of them that trunk's KEYS, or a key that this run holds, answer for. */
    public SignedCandidates signedCandidates(Optional<String> own) {
        return new SignedCandidates(
                candidates(),
                version,
                own.isPresent() ? Optional.of(trusted(own)) : TrustedKeys.find(workspace, trunk));
    }

    /** What was released, in the release registry. */
    public CandidateStore released() {
        return new CandidateStore(release(), trunkConfig);
    }

    /** Whose signatures count: trunk's KEYS, and a key that this run holds, armored. */
    public SignatureVerifier trusted(Optional<String> own) {
        return TrustedKeys.of(workspace, trunk, own);
    }

    /** Copies of the line's records in the repository itself. */
    public RecordNotes notes() {
        return new RecordNotes(workspace.git(), trunkConfig.author(), workspace.clock());
    }

    /** The vote on one of the line's candidates, believed as far as trunk's KEYS go. */
    public VoteStore vote(StagedCandidate candidate) {
        return vote(candidate, TrustedKeys.find(workspace, trunk));
    }

    VoteStore vote(StagedCandidate candidate, Optional<SignatureVerifier> verifier) {
        return new VoteStore(candidates(), candidate, verifier, Optional.of(notes()));
    }

    private Optional<CommitId> tagged() {
        return workspace.tagged(version).map(TagRef::commit);
    }
}
