package io.jenkins.plugins.darwin.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.attest.Attestation;
import io.jenkins.plugins.darwin.attest.Bundle;
import io.jenkins.plugins.darwin.attest.EvidenceKind;
import io.jenkins.plugins.darwin.attest.EvidenceKinds;
import io.jenkins.plugins.darwin.attest.Judgement;
import io.jenkins.plugins.darwin.candidate.EvidenceStore;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.TrustedDocuments;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CandidateNames;
import io.jenkins.plugins.darwin.model.Content;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.plan.UseCase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts evidence on a candidate or release: a signed statement on its digest, and beside it the file that it was made of. */
public final class Attest implements UseCase<Attest.Result> {
    /** The statement stands in its bundle in base64, and documents of more than 16 MiB are not read. */
    private static final int LARGEST = 8 * 1024 * 1024;

    /**
     * @param type of the evidence, by its word or predicate type
     * @param statement the manifest that holds it; empty in a dry run
     */
    public record Result(
            Version version,
            CandidateId candidate,
            Digest digest,
            String type,
            String state,
            String summary,
            Optional<Digest> statement) {}

    /**
     * What is stated.
     *
     * @param fileName as others will see it
     * @param digest the candidate digest that the caller means; empty for whatever the name leads to
     * @param commit the commit that it was found out on, 40 or 64 hex digits; empty when the file says it, or nobody does
     */
    public record Claim(String type, String fileName, byte[] file, Optional<Digest> digest, Optional<String> commit) {}

    private final Workspace workspace;
    private final Located located;
    private final Claim claim;
    private final DetachedSigner signer;

    public Attest(Workspace workspace, Located located, Claim claim, DetachedSigner signer) {
        this.workspace = workspace;
        this.located = located;
        this.claim = claim;
        this.signer = signer;
    }

    @Override
    public Planned<Result> plan() {
        StagedCandidate candidate = located.candidate();
        EvidenceKind kind = kind();
        ObjectNode predicate = kind.predicate(file(), claim.fileName());
        SignatureVerifier trusted = TrustedSigner.require(
                workspace, ReleaseLine.of(workspace, candidate.id().version()), signer, "Evidence");
        requireSignedManifest(trusted);
        EvidenceStore store = new EvidenceStore(located.store(), candidate, Optional.of(trusted));
        requireThisCandidate(store.attestation(), predicate);

        Attestation.Source source = Attestation.Source.of(claim.fileName(), claim.file());
        Judgement judgement = kind.judge(predicate);
        Optional<Digest> there = store.all().stream()
                .filter(f -> f.evidence().kind().equals(kind.word()))
                .filter(f -> f.evidence().fileDigest().equals(Optional.of(source.digest())))
                .map(f -> f.manifest().digest())
                .findFirst();
        Digest[] made = {there.orElse(null)};
        Plan plan = new Plan();
        plan.add(
                change(
                        "evidence file",
                        claim.fileName(),
                        store.hasFile(claim.file(), trusted),
                        source.digest().toString()),
                () -> store.attachFile(claim.fileName(), claim.file(), signer));
        plan.add(
                change(
                        "evidence",
                        kind.word(),
                        there.isPresent(),
                        judgement.state().word() + ": " + judgement.summary()),
                () -> {
                    Instant now = workspace.clock().instant().truncatedTo(ChronoUnit.MILLIS);
                    Bundle bundle = store.attestation().sign(kind, predicate, Optional.of(source), now, signer);
                    made[0] = store.attach(bundle, kind.predicateType(), now).digest();
                });
        List<String> warnings = new ArrayList<>();
        store.warning().ifPresent(warnings::add);
        return new Planned<>(
                plan,
                warnings,
                () -> new Result(
                        candidate.id().version(),
                        candidate.id(),
                        candidate.digest(),
                        kind.word(),
                        judgement.state().word(),
                        judgement.summary(),
                        Optional.ofNullable(made[0])));
    }

    private Change change(String what, String name, boolean done, String expected) {
        String target = name + " on " + located.reference();
        return done ? Change.done(what, target, expected) : Change.absent(what, target, expected);
    }

    private EvidenceKind kind() {
        EvidenceKind kind = EvidenceKinds.require(claim.type());
        if (kind.ours()) {
            throw ReleaseException.usage("A " + kind.word() + " is stated by the " + kind.word()
                    + " itself: expected a type that a file can be given for (" + EvidenceKinds.words() + "), found "
                    + kind.word() + ".");
        }
        return kind;
    }

    private byte[] file() {
        if (!CandidateNames.isLayer(claim.fileName())
                || claim.fileName().toLowerCase(Locale.ROOT).endsWith(".asc")) {
            throw ReleaseException.usage(
                    "Not a name for a file of evidence: expected letters, digits and . _ + - , found '"
                            + Version.printable(claim.fileName()) + "'.");
        }
        if (claim.file().length > LARGEST) {
            throw ReleaseException.usage(claim.fileName() + " is too large to be stated: expected at most " + LARGEST
                    + " bytes, found " + claim.file().length + ".");
        }
        return claim.file();
    }

    private void requireSignedManifest(SignatureVerifier trusted) {
        TrustedDocuments documents = new TrustedDocuments(located.store(), located.candidate(), Optional.of(trusted));
        if (documents.manifestSignature().isEmpty()) {
            throw ReleaseException.refused("Nothing is stated on " + located.reference()
                    + ": expected a trusted key's signature over its manifest, found "
                    + documents.reason().orElse("none") + ".");
        }
    }

    private void requireThisCandidate(Attestation attestation, ObjectNode predicate) {
        StagedCandidate candidate = located.candidate();
        String commit = candidate.candidate().commit().sha();
        List<String> strange = new ArrayList<>();
        claim.digest()
                .filter(d -> !d.equals(candidate.digest()))
                .ifPresent(d -> strange.add("it is for the digest " + d));
        claim.commit()
                .filter(c -> !c.equals(commit))
                .ifPresent(c -> strange.add("it is for the commit " + Version.printable(c)));
        List<Digest> contents = workspace.kinds().contents(candidate.candidate(), candidate.id()).stream()
                .map(Content::digest)
                .toList();
        strange.addAll(attestation.strange(claim.file(), predicate, commit, contents));
        if (!strange.isEmpty()) {
            throw ReleaseException.refused(claim.fileName() + " is no evidence on " + candidate.id() + " (commit "
                    + commit + ", digest " + candidate.digest() + "): " + String.join("; ", strange) + ".");
        }
    }
}
