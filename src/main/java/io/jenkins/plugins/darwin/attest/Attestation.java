package io.jenkins.plugins.darwin.attest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.MaterialVerifier;
import io.jenkins.plugins.darwin.openpgp.SignatureCheck;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Statements on one candidate: made, and read again. Which candidate, when, and of which file stands in the annotations of the
 * statement's subject, so it is signed with all the rest.
 *
 * @param name where the candidate is, for people
 */
public record Attestation(String project, CandidateId candidate, Digest digest, String name) {
    private static final String PROJECT = "project";
    private static final String CANDIDATE = "candidate";
    private static final String MADE = "made";
    private static final String FILE = "file";
    private static final String FILE_SHA512 = "file-sha512";

    /** What the signature is for. */
    public SignedFor signedFor() {
        return SignedFor.evidence(project, candidate, digest);
    }

    /**
     * Makes and signs a statement.
     *
     * @param file the file that it was made of
     * @param made the moment that it is made, UTC
     */
    public Bundle sign(
            EvidenceKind kind, ObjectNode predicate, Optional<Source> file, Instant made, DetachedSigner signer) {
        Map<String, String> notes = new TreeMap<>();
        notes.put(PROJECT, project);
        notes.put(CANDIDATE, candidate.toString());
        notes.put(MADE, made.toString());
        file.ifPresent(f -> {
            notes.put(FILE, f.name());
            notes.put(FILE_SHA512, f.digest().hex());
        });
        return Bundle.sign(
                new Statement(List.of(new Statement.Subject(name, digest, notes)), kind.predicateType(), predicate),
                signer,
                signedFor());
    }

    /** @param digest sha512 of its content */
    public record Source(String name, Digest digest) {
        public static Source of(String name, byte[] content) {
            return new Source(name, Digest.sha512(content));
        }
    }

    /**
     * Reads a statement that somebody attached to the candidate.
     *
     * @param manifest that holds it
     * @throws ReleaseException when it is none, is on something else, or no trusted key signed it
     */
    public Evidence read(byte[] bundle, Digest manifest, MaterialVerifier verifier) {
        Bundle read = Bundle.parse(bundle);
        Statement statement = Statement.parse(read.statement());
        Statement.Subject subject = statement
                .on(digest)
                .orElseThrow(() -> ReleaseException.refused("it is on "
                        + statement.subjects().stream()
                                .findFirst()
                                .map(s -> s.digest().toString())
                                .orElse("nothing") + ", not on " + digest));
        Map<String, String> notes = subject.notes();
        requireOurs(notes, PROJECT, project);
        requireOurs(notes, CANDIDATE, candidate.toString());
        Optional<Instant> made = Optional.ofNullable(notes.get(MADE)).map(Attestation::time);
        SignatureCheck check = best(read, verifier, made);
        if (!check.acceptable()) {
            throw ReleaseException.refused(check.detail());
        }
        Optional<EvidenceKind> kind = EvidenceKinds.find(statement.predicateType());
        return new Evidence(
                kind.map(EvidenceKind::word).orElse(statement.predicateType()),
                kind.map(k -> k.judge(statement.predicate())).orElseGet(() -> new Judgement(State.STATED, "")),
                made,
                Optional.ofNullable(notes.get(FILE)),
                Optional.ofNullable(notes.get(FILE_SHA512)).map(hex -> new Digest("sha512", hex)),
                statement,
                check,
                manifest);
    }

    private static SignatureCheck best(Bundle bundle, MaterialVerifier verifier, Optional<Instant> made) {
        SignatureCheck last = null;
        for (byte[] signature : bundle.signatures()) {
            last = verifier.verify(bundle.statement(), signature, made);
            if (last.acceptable()) {
                return last;
            }
        }
        return last;
    }

    /** A statement that other tools made, cosign for one, says nothing here; one that says something else is not ours. */
    private static void requireOurs(Map<String, String> notes, String what, String expected) {
        String found = notes.getOrDefault(what, expected);
        if (!found.equals(expected)) {
            throw ReleaseException.refused("its subject has " + what + " " + found + ", not " + expected);
        }
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw ReleaseException.refused("it does not say when it was made");
        }
    }

    /**
     * What of a file is on something else than this candidate, by its own words: the digest that it names, or the commit that
     * provenance names.
     *
     * @param commit the candidate's
     * @param others digests of the candidate's contents: a file may be on one of these
     * @return a clause for each
     */
    public List<String> strange(byte[] file, ObjectNode predicate, String commit, List<Digest> others) {
        List<String> strange = new ArrayList<>();
        List<Digest> ours = new ArrayList<>(others);
        ours.add(digest);
        if (predicate != null) {
            Documents.text(predicate, "digest")
                    .filter(named -> named.startsWith("sha256:"))
                    .filter(named -> ours.stream().noneMatch(d -> d.toString().equals(named)))
                    .ifPresent(named -> strange.add("it names the digest " + named));
            Documents.text(predicate, CANDIDATE)
                    .filter(named -> CandidateId.ofTag(named).isPresent())
                    .filter(named -> !named.equals(candidate.toString()))
                    .ifPresent(named -> strange.add("it names the candidate " + named));
            Documents.text(predicate, "commit")
                    .filter(named -> named.matches("[0-9a-f]{40}|[0-9a-f]{64}") && !named.equals(commit))
                    .ifPresent(named -> strange.add("it names the commit " + named));
            List<String> commits = ProvenanceKind.commits(predicate);
            if (!commits.isEmpty() && !commits.contains(commit)) {
                strange.add("it was built from the commit " + String.join(", ", commits));
            }
        }
        if (file.length > 0 && file[0] == '{') {
            ObjectNode json = Documents.object(file, "The file");
            if (Statement.isStatement(json)) {
                List<Statement.Subject> subjects = Statement.parse(file).subjects();
                if (subjects.stream().noneMatch(s -> ours.contains(s.digest()))) {
                    strange.add("it is a statement on "
                            + (subjects.isEmpty() ? "nothing" : subjects.get(0).digest()));
                }
            }
        }
        return strange;
    }
}
