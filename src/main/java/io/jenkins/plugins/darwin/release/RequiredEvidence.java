package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.attest.Evidence;
import io.jenkins.plugins.darwin.attest.Requirements;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.EvidenceStore;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.model.EvidenceRule;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The evidence on one candidate, and whether it is what trunk's policy asks for before a vote passes or a promotion starts. */
public final class RequiredEvidence {
    private final StagedCandidate candidate;
    private final List<EvidenceRule> rules;
    private final List<Evidence> evidence;
    private final List<Requirements.Answer> answers;
    private final Optional<String> warning;

    private RequiredEvidence(
            List<EvidenceRule> rules,
            CandidateStore store,
            StagedCandidate candidate,
            Optional<SignatureVerifier> trusted,
            Clock clock) {
        EvidenceStore found = new EvidenceStore(store, candidate, trusted);
        this.candidate = candidate;
        this.rules = rules;
        this.evidence = found.all().stream().map(EvidenceStore.Found::evidence).toList();
        this.warning = found.warning();
        this.answers = Requirements.ask(rules, evidence, clock.instant());
    }

    /** Of a candidate in the line's staging, by trunk's rules and keys. */
    public static RequiredEvidence of(Workspace workspace, ReleaseLine line, StagedCandidate candidate) {
        return new RequiredEvidence(
                line.trunkConfig().require(),
                line.candidates(),
                candidate,
                TrustedKeys.find(workspace, line.trunk()),
                workspace.clock());
    }

    /** All that a trusted key signed, oldest first. */
    public List<Evidence> evidence() {
        return evidence;
    }

    /** What was skipped. */
    public Optional<String> warning() {
        return warning;
    }

    /** What is asked for and is not there or not good; a sentence each, without an end. */
    public List<String> missing() {
        return answers.stream()
                .filter(a -> !a.met())
                .map(a -> a.rule().phrase() + ": " + a.detail())
                .toList();
    }

    public List<Requirements.Answer> answers() {
        return answers;
    }

    /**
     * @param what waits for it, as the beginning of a sentence: "The vote on 1.3.0-RC1 can't pass"
     * @throws ReleaseException refused, naming all that is missing
     */
    public void require(String what) {
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            throw ReleaseException.refused(
                    what + ": expected the evidence that vote.require on trunk asks for ("
                            + rules.stream().map(EvidenceRule::phrase).collect(Collectors.joining("; ")) + "), found "
                            + String.join("; ", missing) + "."
                            + warning.map(w -> " " + w).orElse(""),
                    new Next(Next.Act.ATTEST, candidate.id().toString()));
        }
    }
}
