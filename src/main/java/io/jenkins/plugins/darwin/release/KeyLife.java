package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.TrustedDocuments;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.KeyState;
import io.jenkins.plugins.darwin.openpgp.PublicKeys;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** P0.3 over the years: a key ends, is replaced, or taken back, and everybody who works with it should know in time. */
public final class KeyLife {
    private final PublicKeys keys;
    private final Instant now;
    private final int warnDays;

    /** @param keys those of trunk, and this run's own */
    KeyLife(PublicKeys keys, Instant now, int warnDays) {
        this.keys = keys;
        this.now = now;
        this.warnDays = warnDays;
    }

    static KeyLife of(Workspace workspace, ReleaseLine line, Optional<String> own) {
        return new KeyLife(
                TrustedKeys.keys(workspace, line.trunk(), own),
                workspace.clock().instant(),
                line.trunkConfig().signing().warnDays());
    }

    /** What those who open a vote should know of the key that signed the candidate; nothing where trunk has no KEYS. */
    public static List<String> warnings(
            Workspace workspace, ReleaseLine line, CandidateStore store, StagedCandidate candidate) {
        if (workspace.git().tree(line.trunk()).read(CandidateFolder.KEYS).isEmpty()) {
            return List.of();
        }
        KeyLife life = of(workspace, line, Optional.empty());
        SignatureVerifier verifier = SignatureVerifier.of(life.keys, workspace.clock());
        return new TrustedDocuments(store, candidate, Optional.of(verifier))
                .manifestSignature()
                .flatMap(check -> life.warning(check.fingerprint()))
                .map(List::of)
                .orElse(List.of());
    }

    /**
     * Nothing new may rest on a key that trunk's KEYS says is over, whatever the copy of it says that this run holds.
     *
     * @throws ReleaseException refused, with the reason
     */
    void requireGood(String fingerprint) {
        keys.state(fingerprint)
                .ifPresent(state -> state.fault(now).ifPresent(fault -> {
                    throw ReleaseException.refused("The signing key " + state.name() + " " + fault
                            + ", as KEYS on trunk says: use another key"
                            + keys.successor(state, now)
                                    .map(s -> "; " + s.name() + " follows it")
                                    .orElse("")
                            + ".");
                }));
    }

    /** That a key ends soon, when, and what follows it; empty while there is time. */
    Optional<String> warning(String fingerprint) {
        return keys.state(fingerprint).flatMap(this::warning);
    }

    private Optional<String> warning(KeyState state) {
        Optional<Instant> end = state.expires().filter(e -> e.isBefore(now.plus(Duration.ofDays(warnDays))));
        return end.filter(e -> now.isBefore(e) && state.revoked().isEmpty())
                .map(
                        e -> "The key " + state.name() + " ends in " + days(e) + ", on "
                                + e.toString().substring(0, 10) + ": "
                                + keys.successor(state, now)
                                        .map(s -> s.name() + " in KEYS follows it.")
                                        .orElse(
                                                "extend it (gpg --quick-set-expire) or make the next one, and put that into KEYS on trunk."));
    }

    private String days(Instant end) {
        long days = Duration.between(now, end).toDays();
        return days == 1 ? "1 day" : days + " days";
    }
}
