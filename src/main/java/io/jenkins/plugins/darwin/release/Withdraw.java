package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.attest.Bundle;
import io.jenkins.plugins.darwin.attest.EvidenceKind;
import io.jenkins.plugins.darwin.attest.EvidenceKinds;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.EvidenceStore;
import io.jenkins.plugins.darwin.candidate.Names;
import io.jenkins.plugins.darwin.candidate.RecordNotes;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.Withdrawal;
import io.jenkins.plugins.darwin.candidate.Withdrawals;
import io.jenkins.plugins.darwin.git.PushOutcome;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.publish.Publication;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Takes a release back, in public: a signed record beside it and in Git, and {@code latest} set back to the release before.
 * Names and bytes stay as they are: who has them is to be told, not left alone with an error.
 */
public final class Withdraw implements UseCase<Withdraw.Result> {
    private static final int SHORTEST = 10;
    private static final int LONGEST = 500;
    private static final String LATEST = "latest";

    /** @param announcement what the team is to read, subject first */
    public record Result(Version version, Digest digest, String reason, Instant withdrawn, String announcement) {}

    private final Workspace workspace;
    private final Version version;
    private final String reason;
    private final DetachedSigner signer;

    /** @param reason 10 to 500 characters on one line */
    public Withdraw(Workspace workspace, Version version, String reason, DetachedSigner signer) {
        this.workspace = workspace;
        this.version = version;
        this.reason = reason.strip();
        this.signer = signer;
        if (this.reason.length() < SHORTEST
                || this.reason.length() > LONGEST
                || !ForeignText.isPlainLine(this.reason)) {
            throw ReleaseException.usage("Not a reason to withdraw a release: expected " + SHORTEST + " to " + LONGEST
                    + " characters on one line, found " + this.reason.length() + ".");
        }
    }

    @Override
    public Planned<Result> plan() {
        ReleaseLine line = ReleaseLine.of(workspace, version);
        Located located = Located.named(workspace, version.toString());
        SignatureVerifier trusted = TrustedSigner.require(workspace, line, signer, "A withdrawal");
        StagedCandidate candidate = located.candidate();
        Withdrawals withdrawals = new Withdrawals(located.store(), candidate, Optional.of(line.notes()));
        Optional<Withdrawal> there = withdrawals.find(trusted);
        Withdrawal record = there.orElseGet(() -> new Withdrawal(
                1,
                candidate.project(),
                version,
                candidate.id().toString(),
                candidate.digest(),
                reason,
                signer.fingerprint(),
                workspace.clock().instant().truncatedTo(ChronoUnit.SECONDS)));
        Plan plan = new Plan();
        RecordNotes.Signed[] signed = {null};
        plan.add(
                state("withdrawal", located.reference(), withdrawals.isAttached(trusted), record.reason()),
                () -> withdrawals.attach(sign(signed, withdrawals, record)));
        plan.addAfter(
                state("withdrawal", RecordNotes.REF, withdrawals.isInGit(trusted), record.reason()),
                () -> keep(line, candidate, sign(signed, withdrawals, record)));
        statement(located, trusted, record, plan);
        List<String> warnings = new ArrayList<>();
        latest(line, candidate, trusted, plan, warnings);
        there.filter(w -> !w.reason().equals(reason))
                .ifPresent(w -> warnings.add(version + " " + w.phrase() + "; the first record stays."));
        return new Planned<>(
                plan,
                warnings,
                () -> new Result(
                        version,
                        candidate.digest(),
                        record.reason(),
                        record.withdrawn(),
                        announcement(candidate, record)));
    }

    private RecordNotes.Signed sign(RecordNotes.Signed[] once, Withdrawals withdrawals, Withdrawal record) {
        if (once[0] == null) {
            once[0] = withdrawals.sign(record, signer);
        }
        return once[0];
    }

    private static void keep(ReleaseLine line, StagedCandidate candidate, RecordNotes.Signed signed) {
        PushOutcome outcome = line.notes().write(candidate, Withdrawal.FILE, signed);
        if (outcome instanceof PushOutcome.Rejected rejected) {
            if (rejected.moved()) {
                throw new Outrun("Somebody else wrote to " + RecordNotes.REF + " meanwhile.");
            }
            throw ReleaseException.refused("The copy in Git was not written: " + rejected.describe() + ".");
        }
    }

    private void statement(Located located, SignatureVerifier trusted, Withdrawal record, Plan plan) {
        if (signer.material().isEmpty()) {
            return;
        }
        EvidenceStore evidence = new EvidenceStore(located.store(), located.candidate(), Optional.of(trusted));
        EvidenceKind kind = EvidenceKinds.require("withdrawal");
        boolean done = evidence.all().stream().anyMatch(f -> f.evidence().kind().equals(kind.word()));
        plan.addAfter(state("statement", "withdrawal on " + located.reference(), done, record.reason()), () -> {
            Bundle bundle = evidence.attestation()
                    .sign(
                            kind,
                            kind.predicate(Json.write(record), Withdrawal.FILE),
                            Optional.empty(),
                            record.withdrawn(),
                            signer);
            evidence.attach(bundle, kind.predicateType(), record.withdrawn());
        });
    }

    private static Change state(String kind, String target, boolean done, String reason) {
        return done ? Change.done(kind, target, reason) : Change.absent(kind, target, reason);
    }

    /** Only where it leads to what is taken back: somebody may have moved it on since. */
    private void latest(
            ReleaseLine line, StagedCandidate candidate, SignatureVerifier trusted, Plan plan, List<String> warnings) {
        Optional<Version> before = before(line, trusted);
        Publication publication = Publications.of(workspace, line, candidate, Optional.of(signer), trusted);
        for (Publication.Named thing : publication.named()) {
            if (!thing.latest() || !leadsTo(thing, thing.digest())) {
                continue;
            }
            String target = thing.to().reference() + ":" + LATEST;
            Optional<Digest> wanted =
                    before.flatMap(v -> thing.to().resolve(v.toString())).map(Descriptor::digest);
            if (wanted.isEmpty()) {
                warnings.add(
                        target + " still leads to " + version
                                + ": there is no release before it that it could be set back to; delete the tag, or release another.");
                continue;
            }
            plan.addAfter(
                    Change.replacing(
                            LATEST,
                            target,
                            wanted.get().toString(),
                            thing.digest().toString()),
                    () -> Names.move(thing.to(), wanted.get(), LATEST));
        }
    }

    private static boolean leadsTo(Publication.Named thing, Digest digest) {
        return thing.to().resolve(LATEST).filter(d -> d.digest().equals(digest)).isPresent();
    }

    /** The highest release that stands. */
    private Optional<Version> before(ReleaseLine line, SignatureVerifier trusted) {
        CandidateStore released = line.released();
        return workspace.versions().stream()
                .filter(v -> !v.equals(version))
                .sorted(Comparator.reverseOrder())
                .filter(v -> released.findNamed(v.toString())
                        .filter(c -> new Withdrawals(released, c, Optional.of(line.notes()))
                                .find(trusted)
                                .isEmpty())
                        .isPresent())
                .findFirst();
    }

    private static String announcement(StagedCandidate candidate, Withdrawal record) {
        return "[WITHDRAWN] " + candidate.project() + " " + record.version() + "\n\n" + candidate.project() + " "
                + record.version() + " (" + record.digest() + ") is withdrawn:\n\n    " + record.reason()
                + "\n\nPlease do not use it. Its names and files stay where they are; 'darwin verify "
                + record.version()
                + "' says that it is withdrawn.\n";
    }
}
