package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.candidate.RecordNotes;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.TrustedDocuments;
import io.jenkins.plugins.darwin.candidate.Withdrawal;
import io.jenkins.plugins.darwin.candidate.Withdrawals;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.SignatureCheck;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.plan.UseCase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Downloads a candidate's files. A trusted key signed the manifest, the manifest has the digest of each file, and each is
 * proven while it arrives: the folder gets its name when all of them are right.
 */
public final class Fetch implements UseCase<Fetch.Result> {
    /**
     * @param directory where the files are
     * @param signedBy who signed the candidate
     */
    public record Result(
            CandidateId candidate,
            Digest digest,
            String directory,
            List<String> files,
            String signedBy,
            Optional<String> withdrawn) {}

    private final Located located;
    private final SignatureVerifier trusted;
    private final Optional<RecordNotes> notes;
    private final Path target;
    private final boolean alsoWithdrawn;
    private final Progress progress;

    /**
     * @param notes of the released repository, where it is at hand
     * @param alsoWithdrawn whether what was taken back is wanted all the same
     */
    public Fetch(
            Located located,
            SignatureVerifier trusted,
            Optional<RecordNotes> notes,
            Path target,
            boolean alsoWithdrawn,
            Progress progress) {
        this.located = located;
        this.trusted = trusted;
        this.notes = notes;
        this.target = target;
        this.alsoWithdrawn = alsoWithdrawn;
        this.progress = progress;
    }

    @Override
    public Planned<Result> plan() {
        StagedCandidate candidate = located.candidate();
        SignatureCheck signature = requireSigned(located, trusted);
        Optional<Withdrawal> withdrawn = new Withdrawals(located.store(), candidate, notes).find(trusted);
        withdrawn.filter(w -> !alsoWithdrawn).ifPresent(w -> {
            throw ReleaseException.refused(
                    w.version() + " " + w.phrase().replaceAll("\\.$", "") + ". Nothing was fetched.",
                    Next.of(Next.Act.ACCEPT_WITHDRAWN));
        });
        CandidateFolder folder = new CandidateFolder(target);
        Plan plan = new Plan();
        plan.add(change(folder, candidate), () -> folder.download(candidate, progress));
        List<String> warnings = new ArrayList<>();
        withdrawn.ifPresent(w -> warnings.add(w.version() + " " + w.phrase()));
        return new Planned<>(
                plan,
                warnings,
                () -> new Result(
                        candidate.id(),
                        candidate.digest(),
                        target.toString(),
                        candidate.files().stream()
                                .map(CandidateFolder::safeName)
                                .sorted()
                                .toList(),
                        signature.userId().orElse(signature.fingerprint()),
                        withdrawn.map(Withdrawal::reason)));
    }

    /**
     * Nothing of a candidate is taken that no trusted key signed.
     *
     * @throws ReleaseException refused
     */
    static SignatureCheck requireSigned(Located located, SignatureVerifier trusted) {
        TrustedDocuments documents = new TrustedDocuments(located.store(), located.candidate(), Optional.of(trusted));
        return documents
                .manifestSignature()
                .orElseThrow(() -> ReleaseException.refused(
                        located.reference() + " " + located.candidate().digest()
                                + " is not a candidate that you trust: expected a trusted key's signature over its manifest, found "
                                + documents.reason().orElse("none") + "."));
    }

    /** A folder that is there is never changed: it is this very candidate, or something else. */
    private Change change(CandidateFolder folder, StagedCandidate candidate) {
        String expected = candidate.files().size() + " files of " + candidate.id() + ", " + candidate.digest();
        if (!folder.exists()) {
            return Change.absent("folder", target.toString(), expected);
        }
        return different(candidate)
                .map(d -> Change.conflict("folder", target.toString(), expected, d))
                .orElseGet(() -> Change.done("folder", target.toString(), expected));
    }

    private Optional<String> different(StagedCandidate candidate) {
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of("something that is no folder");
        }
        for (Descriptor file : candidate.files()) {
            Path here = target.resolve(CandidateFolder.safeName(file));
            if (!Files.isRegularFile(here, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of("a folder without " + CandidateFolder.safeName(file));
            }
            if (!digest(here).equals(file.digest())) {
                return Optional.of("another " + CandidateFolder.safeName(file));
            }
        }
        return Optional.empty();
    }

    private static Digest digest(Path file) {
        MessageDigest sha256 = Digest.messageDigest("sha256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw ReleaseException.failed("Tried to read " + file + " but failed because: " + e.getMessage() + ".", e);
        }
        return Digest.of("sha256", sha256);
    }
}
