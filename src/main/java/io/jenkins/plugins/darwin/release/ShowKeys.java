package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.git.CommitInfo;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.KeyState;
import io.jenkins.plugins.darwin.openpgp.PublicKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys in KEYS of trunk: whose they are, until when they sign, since which commit trunk knows them so. */
public final class ShowKeys {
    /**
     * One key.
     *
     * @param algorithm of the part that signs
     * @param expires when signing ends; empty for never
     * @param state {@code good}, or why it can't sign now
     * @param since the commit that brought the key into KEYS
     * @param newest the commit since which KEYS says what it says of the key now
     * @param successor fingerprint of the key of the same owner that follows it
     */
    public record Key(
            String fingerprint,
            List<String> userIds,
            String algorithm,
            Instant created,
            Optional<Instant> expires,
            String state,
            CommitId since,
            CommitId newest,
            Optional<String> successor) {}

    /** @param warnings what of the file can't be used, and which keys end soon */
    public record Result(List<Key> keys, List<String> warnings) {}

    private final Workspace workspace;

    public ShowKeys(Workspace workspace) {
        this.workspace = workspace;
    }

    /** @throws ReleaseException refused, when trunk has no KEYS; usage, when there is no usable key in it */
    public Result look() {
        ReleaseConfig config = workspace.trunkConfig();
        CommitId trunk = workspace.trunk(config);
        PublicKeys keys = keys(trunk)
                .orElseThrow(() -> ReleaseException.refused(
                        "There is no file KEYS on " + config.trunk() + ".", Next.of(Next.Act.EXPORT_KEY)));
        Map<String, List<Seen>> history = history(trunk);
        Instant now = workspace.clock().instant();
        KeyLife life = new KeyLife(keys, now, config.signing().warnDays());
        List<String> warnings = new ArrayList<>();
        keys.warnings().forEach(w -> warnings.add("In KEYS, " + w + "."));
        keys.states().forEach(s -> life.warning(s.fingerprint()).ifPresent(warnings::add));
        return new Result(
                keys.states().stream()
                        .map(s -> key(s, history.getOrDefault(s.fingerprint(), List.of()), keys, now, trunk))
                        .toList(),
                warnings);
    }

    private static Key key(KeyState state, List<Seen> seen, PublicKeys keys, Instant now, CommitId trunk) {
        return new Key(
                state.fingerprint(),
                state.userIds(),
                state.algorithm(),
                state.created(),
                state.expires(),
                state.fault(now).orElse("good"),
                seen.isEmpty() ? trunk : seen.get(0).commit(),
                seen.isEmpty() ? trunk : seen.get(seen.size() - 1).commit(),
                keys.successor(state, now).map(KeyState::fingerprint));
    }

    /** A commit that changed what KEYS says of a key. */
    private record Seen(CommitId commit, KeyState state) {}

    private Map<String, List<Seen>> history(CommitId trunk) {
        Map<String, List<Seen>> history = new LinkedHashMap<>();
        for (CommitInfo commit : workspace.git().changesOf(CandidateFolder.KEYS, trunk)) {
            List<KeyState> states =
                    readable(commit.id()).map(PublicKeys::states).orElse(List.of());
            for (KeyState state : states) {
                List<Seen> seen = history.computeIfAbsent(state.fingerprint(), f -> new ArrayList<>());
                if (seen.isEmpty() || !seen.get(seen.size() - 1).state().equals(state)) {
                    seen.add(new Seen(commit.id(), state));
                }
            }
        }
        return history;
    }

    /** KEYS may have been broken once; that is no reason not to show it now. */
    private Optional<PublicKeys> readable(CommitId commit) {
        try {
            return keys(commit);
        } catch (ReleaseException e) {
            return Optional.empty();
        }
    }

    private Optional<PublicKeys> keys(CommitId commit) {
        return workspace.git().tree(commit).read(CandidateFolder.KEYS).map(PublicKeys::of);
    }
}
