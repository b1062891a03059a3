package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.BuildRecord;
import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.Names;
import io.jenkins.plugins.darwin.candidate.SignedCandidates;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.ConflictException;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.registry.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * P4.4 and P4.5: a signature for every file of the newest candidate, then its staging names; the candidate's own last, so
 * that whoever sees it sees all of it.
 */
public final class SignCandidate implements UseCase<SignCandidate.Result> {
    /**
     * @param digest the candidate digest, which is voted on
     * @param reference where it is staged, by digest
     * @param fingerprint of the key that signed
     */
    public record Result(Version version, int rc, Digest digest, String reference, String fingerprint) {}

    private final Workspace workspace;
    private final Version version;
    private final DetachedSigner signer;
    private final List<String> warnings = new ArrayList<>();
    private final Function<CandidateId, Optional<BuildRecord>> records;

    /** Signs what this machine built, or what the commit gives. */
    public SignCandidate(Workspace workspace, Version version, DetachedSigner signer) {
        this(workspace, version, signer, workspace.builds()::find);
    }

    /** @param records what is remembered of a build, by whoever may be believed in that */
    public SignCandidate(
            Workspace workspace,
            Version version,
            DetachedSigner signer,
            Function<CandidateId, Optional<BuildRecord>> records) {
        this.workspace = workspace;
        this.version = version;
        this.signer = signer;
        this.records = records;
    }

    @Override
    public Planned<Result> plan() {
        warnings.clear(); // a plan is made anew when somebody else was faster
        if (workspace.tagged(version).isPresent()) {
            throw ReleaseException.refused(
                    "Version " + version + " is already released: tag " + workspace.tagName(version) + " exists.");
        }
        ReleaseLine line = ReleaseLine.of(workspace, version);
        String branch = line.requireBranch();
        CommitId head = line.requireHead();
        KeyLife life = KeyLife.of(workspace, line, Optional.of(signer.publicKey()));
        life.requireGood(signer.fingerprint());
        warnings.addAll(life.warning(signer.fingerprint()).stream().toList());
        Registry staging = line.staging();
        CandidateStore store = line.candidates();
        SignedCandidates candidates = line.signedCandidates(Optional.of(signer.publicKey()));
        CandidateNumber number = new CandidateNumber(workspace, line, candidates, head);
        // Only this name: whatever else is called a build was put there by somebody else.
        CandidateId next = number.next();
        candidates.warning().ifPresent(warnings::add);
        warnings.addAll(number.warnings());
        Optional<StagedCandidate> built = store.findBuilt(next);
        if (built.isPresent()) {
            if (!built.get().candidate().commit().equals(head)) {
                throw ReleaseException.refused(
                        "Candidate " + next + " was built from "
                                + built.get().candidate().commit().abbreviated() + ", and the branch is at "
                                + head.abbreviated() + " since: build it again.",
                        Next.of(Next.Act.BUILD, version));
            }
            Candidate expected = asBuilt(built.get(), line.config(), branch, head);
            return planNew(built.get(), expected, staging, store);
        }
        StagedCandidate candidate = candidates
                .newest()
                .orElseThrow(() -> ReleaseException.refused(
                        "There is no candidate of " + version + " in "
                                + store.repository().reference() + "."
                                + candidates.warning().map(w -> " " + w).orElse(""),
                        Next.of(Next.Act.BUILD, version)));
        CommitId signed = candidate.candidate().commit();
        if (!signed.equals(head)) {
            warnings.add(candidate.id() + " is of commit " + signed.abbreviated() + ", and the branch is at "
                    + head.abbreviated() + " since.");
        }
        return planSigned(candidate, staging);
    }

    /**
     * What was built: made again from the commit, and where that can't be, as a record says.
     *
     * @throws ReleaseException refused, when what is staged is anything else
     */
    private Candidate asBuilt(StagedCandidate built, ReleaseConfig config, String branch, CommitId head) {
        Optional<BuildRecord> record =
                records.apply(built.id()).filter(r -> r.contents().commit().equals(head));
        Rebuild again = Rebuild.of(workspace, config, built.id(), branch, head, record.map(BuildRecord::contents));
        if (!again.unknown().isEmpty()) {
            throw ReleaseException.refused(
                    "Nothing was signed, because nobody here remembers the build of " + built.id()
                            + ", and not all of it can be made again from the commit: "
                            + again.unknown().stream()
                                    .map(item -> item.shown() + " " + item.name() + " is made " + item.how())
                                    .collect(Collectors.joining(", "))
                            + ". Sign it on the machine that built it; or build it here, then sign.",
                    Next.of(Next.Act.BUILD, version));
        }
        List<Change> differences = again.differences(built);
        if (!differences.isEmpty()) {
            throw ConflictException.of(
                    "Nothing was signed, because " + built.repository().reference() + ":"
                            + CandidateStore.buildTag(built.id()) + " is not what was built from "
                            + head.abbreviated() + ": ",
                    differences,
                    " Find out who changed staging, then build again here, and sign.",
                    Next.of(Next.Act.BUILD, version));
        }
        workspace.progress().message(proof(again, record));
        return again.expected();
    }

    private static String proof(Rebuild again, Optional<BuildRecord> record) {
        String taken = again.taken().stream()
                .map(item -> item.shown() + " " + item.name())
                .collect(Collectors.joining(", "));
        return "Staged is what was built: made again from the commit and compared"
                + (taken.isEmpty()
                        ? "."
                        : ", and " + taken + " as " + record.orElseThrow().by() + " recorded.");
    }

    private Planned<Result> planNew(StagedCandidate built, Candidate expected, Registry staging, CandidateStore store) {
        GitMirror git = workspace.git();
        CandidateFolder folder = new CandidateFolder(workspace.folder(built.id()));
        CandidateSigning signing = new CandidateSigning(workspace, built, expected, folder, signer, store);
        Plan plan = new Plan();
        signing.folderDifference()
                .ifPresent(found -> plan.shown(Change.conflict(
                        "folder",
                        folder.path().toString(),
                        "the files of " + built.id() + " as they were built",
                        found + " (it is never replaced: move it away and run again)")));
        plan.batch(
                signing.signatureNames().stream()
                        .map(name -> Change.absent("signature", name, "by " + signer.fingerprint()))
                        .toList(),
                made -> git.withoutLock(() -> signing.sign(made)));
        plan.add(
                Change.absent("manifest", built.repository().reference(), "candidate " + built.id()),
                () -> git.withoutLock(signing::pushManifest));
        addNames(plan, built, staging);
        plan.add(
                Change.compare(
                        "candidate",
                        built.repository().reference() + ":" + built.id(),
                        "signed by " + signer.fingerprint(),
                        Optional.empty()),
                signing::tag);
        return new Planned<>(
                plan, List.copyOf(warnings), () -> result(built.id(), built.repository(), signing.manifest()));
    }

    /** Staging names of the contents. They never move: one that is somewhere else is somebody else's. */
    private void addNames(Plan plan, StagedCandidate candidate, Registry staging) {
        workspace
                .kinds()
                .contents(candidate.candidate(), candidate.id())
                .forEach(content -> content.staged()
                        .ifPresent(place -> addName(
                                plan,
                                content.kind(),
                                staging.repository(place.repository()),
                                place.tag(),
                                content.digest())));
    }

    private static void addName(Plan plan, String kind, Repository repository, String tag, Digest digest) {
        Change change = Change.compare(
                kind,
                repository.reference() + ":" + tag,
                digest.toString(),
                repository.resolve(tag).map(d -> d.digest().toString()));
        plan.add(change, () -> Names.give(repository, digest, tag));
    }

    private Planned<Result> planSigned(StagedCandidate candidate, Registry staging) {
        Plan plan = new Plan();
        addNames(plan, candidate, staging);
        plan.shown(Change.done(
                "candidate",
                candidate.repository().reference() + ":" + candidate.id(),
                candidate.digest().toString()));
        return new Planned<>(
                plan,
                List.copyOf(warnings),
                () -> result(candidate.id(), candidate.repository(), candidate.manifest()));
    }

    private Result result(CandidateId id, Repository repository, Manifest manifest) {
        return new Result(
                version,
                id.rc(),
                manifest.digest(),
                repository.reference() + "@" + manifest.digest(),
                signer.fingerprint());
    }
}
