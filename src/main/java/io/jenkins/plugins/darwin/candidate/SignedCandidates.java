package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.registry.Attached;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The candidates of a version that a trusted key signed. Whoever may push to staging can give anything a candidate's name; what
 * is none is skipped with a warning, so that nobody can stop a release by taking its next number, or get it to go on from a
 * candidate that nobody made.
 */
public final class SignedCandidates {
    /** So many are named in the warning. */
    private static final int SHOWN = 5;

    private final CandidateStore store;
    private final Version version;
    private final Optional<SignatureVerifier> verifier;
    private final Map<CandidateId, Optional<StagedCandidate>> looked = new HashMap<>();
    private final Map<CandidateId, String> skipped = new TreeMap<>();
    private List<CandidateId> names;

    /** @param verifier empty while trunk has no keys: then there is nothing to tell a stranger's by but that it can't be read */
    public SignedCandidates(CandidateStore store, Version version, Optional<SignatureVerifier> verifier) {
        this.store = store;
        this.version = version;
        this.verifier = verifier;
    }

    /** All of them, first to last. */
    public List<StagedCandidate> all() {
        return names().stream().flatMap(id -> find(id).stream()).toList();
    }

    /** The last one. Those before it are not looked at. */
    public Optional<StagedCandidate> newest() {
        return names().stream()
                .sorted(Comparator.reverseOrder())
                .flatMap(id -> find(id).stream())
                .findFirst();
    }

    /** The last one before a candidate. Earlier ones are not looked at. */
    public Optional<StagedCandidate> before(CandidateId id) {
        return names().stream()
                .filter(other -> other.compareTo(id) < 0)
                .sorted(Comparator.reverseOrder())
                .flatMap(other -> find(other).stream())
                .findFirst();
    }

    /** Whether this very candidate is one of them. */
    public boolean contains(StagedCandidate candidate) {
        return find(candidate.id())
                .filter(c -> c.digest().equals(candidate.digest()))
                .isPresent();
    }

    /** Whether anything has the name of this candidate, whoever put it there. */
    public boolean isTaken(CandidateId id) {
        return names().contains(id);
    }

    /** What was skipped so far, in one sentence. */
    public Optional<String> warning() {
        if (skipped.isEmpty()) {
            return Optional.empty();
        }
        String more = skipped.size() > SHOWN ? "; and " + (skipped.size() - SHOWN) + " more" : "";
        return Optional.of("Skipped in " + store.repository().reference() + ", because no trusted key signed it: "
                + skipped.entrySet().stream()
                        .limit(SHOWN)
                        .map(e -> e.getKey() + " (" + e.getValue().replaceAll("\\.$", "") + ")")
                        .collect(Collectors.joining("; "))
                + more + ".");
    }

    private List<CandidateId> names() {
        if (names == null) {
            names = store.signed(version);
        }
        return names;
    }

    private Optional<StagedCandidate> find(CandidateId id) {
        if (!looked.containsKey(id)) {
            looked.put(id, look(id));
        }
        return looked.get(id);
    }

    /** A registry that does not answer is not taken for one that holds a stranger's: then an older one would be the newest. */
    private Optional<StagedCandidate> look(CandidateId id) {
        try {
            Optional<StagedCandidate> candidate = store.findSigned(id);
            if (candidate.isEmpty() || verifier.isEmpty()) {
                return candidate;
            }
            TrustedDocuments documents = new TrustedDocuments(store, candidate.get(), verifier);
            if (documents.manifestSignature().isPresent()) {
                return candidate;
            }
            skipped.put(id, documents.reason().orElse("there is no signature over its manifest"));
        } catch (ReleaseException e) {
            if (!Attached.isAboutContent(e)) {
                throw e;
            }
            skipped.put(id, e.getMessage());
        }
        return Optional.empty();
    }
}
