package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.git.CommitForm;
import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.git.PushOutcome;
import io.jenkins.plugins.darwin.git.RefUpdate;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Signed records in the released repository's own Git, where no clean-up of a registry takes them: the ref
 * {@code refs/notes/darwin-release} leads to commits with a folder for each candidate digest. Read one with
 * {@code git show refs/notes/darwin-release:1.3.0-RC1/sha256-.../votes.json}.
 *
 * <p>A Git server moves a ref only from what the writer has seen, which no registry does: of two who write at the same
 * moment, one is told to look again. What is read is as good as its signature; whoever reads checks that.
 */
public final class RecordNotes {
    public static final String REF = "refs/notes/darwin-release";

    /** All writers of one repository share the ref, and each of them wins once. */
    static final int ATTEMPTS = 20;

    private static final String ASC = ".asc";
    /** More is no record of ours, in bytes. */
    private static final long LARGEST = 16L * 1024 * 1024;

    private final GitMirror git;
    private final Person author;
    private final Clock clock;

    /** @param author of the commits that hold the records */
    public RecordNotes(GitMirror git, Person author, Clock clock) {
        this.git = git;
        this.author = author;
        this.clock = clock;
    }

    /**
     * @param content the document's bytes
     * @param signature armored, detached
     */
    public record Signed(byte[] content, String signature) {}

    /** A record as it lies there, whoever wrote it; empty when there is none, or nothing that could be one. */
    public Optional<Signed> read(StagedCandidate candidate, String name) {
        try {
            Optional<GitTree> tree = git.notes(REF).map(git::tree);
            return tree.flatMap(t -> file(t, path(candidate, name))
                    .flatMap(content -> file(t, path(candidate, name) + ASC)
                            .map(asc -> new Signed(content, new String(asc, StandardCharsets.US_ASCII)))));
        } catch (ReleaseException e) {
            return Optional.empty(); // somebody put something else there
        }
    }

    private static Optional<byte[]> file(GitTree tree, String path) {
        return tree.find(path).filter(e -> e.size() <= LARGEST).flatMap(e -> tree.read(path));
    }

    /**
     * Puts a record there, in the place of an earlier one of that name; its history stays.
     *
     * @return done, also when it is there already; rejected, when somebody else wrote meanwhile ({@link #refresh}, read
     *     and decide again) or the server does not allow it
     */
    public PushOutcome write(StagedCandidate candidate, String name, Signed record) {
        Optional<Signed> there = read(candidate, name);
        if (there.isPresent()
                && Arrays.equals(there.get().content(), record.content())
                && there.get().signature().equals(record.signature())) {
            return new PushOutcome.Done();
        }
        Map<String, byte[]> files = Map.of(
                path(candidate, name),
                record.content(),
                path(candidate, name) + ASC,
                record.signature().getBytes(StandardCharsets.US_ASCII));
        String message = name + " of " + candidate.id() + "\n";
        Optional<CommitId> last = git.notes(REF);
        CommitForm form = CommitForm.plain(author, clock.instant());
        CommitId commit =
                last.map(l -> git.commit(l, files, form, message)).orElseGet(() -> git.root(files, form, message));
        return git.push(List.of(new RefUpdate(REF, last, commit)));
    }

    /** Fetches what others wrote. */
    public void refresh() {
        git.fetch();
    }

    /**
     * The same as {@link #write}, for one of at most {@value #ATTEMPTS} attempts.
     *
     * @param untaken told why there is no copy in Git, when the server does not take it
     * @return false when somebody else wrote meanwhile, and what they wrote is fetched: decide again, then try again
     */
    boolean write(StagedCandidate candidate, String name, Signed record, int attempt, Consumer<String> untaken) {
        PushOutcome outcome = write(candidate, name, record);
        if (!(outcome instanceof PushOutcome.Rejected rejected)) {
            return true;
        }
        if (rejected.moved() && attempt < ATTEMPTS) {
            refresh();
            return false;
        }
        untaken.accept(rejected.describe());
        return true;
    }

    private static String path(StagedCandidate candidate, String name) {
        return candidate.id() + "/" + candidate.digest().algorithm() + "-"
                + candidate.digest().hex() + "/" + name;
    }
}
