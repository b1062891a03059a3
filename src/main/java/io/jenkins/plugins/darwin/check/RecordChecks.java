package io.jenkins.plugins.darwin.check;

import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.PromotionRecord;
import io.jenkins.plugins.darwin.candidate.PromotionStore;
import io.jenkins.plugins.darwin.candidate.RecordNotes;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.VoteStore;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whether the records of a candidate say that it was voted on, and that it was released. */
public final class RecordChecks {
    private RecordChecks() {}

    /**
     * @param notes the repository's own copies, which count as much, where it is at hand
     * @return empty when there is no record and none is needed
     */
    public static Optional<Check> vote(
            CandidateStore store,
            StagedCandidate candidate,
            SignatureVerifier verifier,
            Optional<RecordNotes> notes,
            boolean needed) {
        String subject = candidate.digest().toString();
        try {
            Optional<VoteStore.SignedRecord> record =
                    new VoteStore(store, candidate, Optional.of(verifier), notes).record();
            if (record.isEmpty()) {
                return needed
                        ? Optional.of(Check.failed(
                                "vote record", subject, "expected a signed record of a vote that passed, found none"))
                        : Optional.empty();
            }
            return Optional.of(
                    record.get().passed()
                            ? Check.passed(
                                    "vote record",
                                    subject,
                                    "the vote " + record.get().outcome())
                            : Check.failed(
                                    "vote record",
                                    subject,
                                    "expected a vote that passed, found: "
                                            + record.get().outcome()));
        } catch (ReleaseException e) {
            return Optional.of(Check.failed("vote record", subject, e.getMessage()));
        }
    }

    /**
     * @param notes the repository's own copies, which count as much, where it is at hand
     * @param names the references that were looked at, with what each has to lead to
     */
    public static Check promotion(
            CandidateStore store,
            StagedCandidate candidate,
            SignatureVerifier verifier,
            Optional<RecordNotes> notes,
            Map<String, Digest> names) {
        String subject = candidate.digest().toString();
        try {
            PromotionStore records = new PromotionStore(store, candidate, verifier, notes);
            PromotionStore.Found found = records.find();
            if (found.record().isEmpty()) {
                return Check.failed(
                        "promotion record",
                        subject,
                        "expected a signed record of its promotion, found "
                                + (records.warnings().isEmpty()
                                        ? "none"
                                        : "none that counts: " + String.join("; ", records.warnings())));
            }
            PromotionRecord record = found.record().get();
            Map<String, Digest> expected = new TreeMap<>(names);
            if (!record.names().equals(expected)) {
                return Check.failed(
                        "promotion record",
                        subject,
                        "expected it to name " + shown(expected) + ", found that it names " + shown(record.names()));
            }
            return Check.passed(
                    "promotion record",
                    subject,
                    "on " + record.promoted() + ", " + names.size() + " names, all of them"
                            + (record.open().isEmpty()
                                    ? ""
                                    : "; " + record.open().size() + " open ends when it was written")
                            + (found.attached() ? "" : "; from " + RecordNotes.REF + ", the registry lost it"));
        } catch (ReleaseException e) {
            return Check.failed("promotion record", subject, e.getMessage());
        }
    }

    private static String shown(Map<String, Digest> names) {
        StringBuilder all = new StringBuilder();
        names.forEach((name, digest) -> all.append(all.length() == 0 ? "" : ", ")
                .append(io.jenkins.plugins.darwin.model.Version.printable(name))
                .append('@')
                .append(digest.abbreviated()));
        return all.length() == 0 ? "nothing" : all.toString();
    }
}
