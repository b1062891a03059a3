package io.jenkins.plugins.darwin.schedule;

import io.jenkins.plugins.darwin.git.CommitForm;
import io.jenkins.plugins.darwin.git.GitEntry;
import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.git.PushOutcome;
import io.jenkins.plugins.darwin.git.RefUpdate;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Records of release lines in the released repository's own Git: the ref {@code refs/notes/darwin-lines} leads to commits with a
 * file a line. Read one with {@code git show refs/notes/darwin-lines:lines/1.3.0.json}. No branch, so that no build is started and
 * nothing has to be merged; no database.
 */
public final class LineRecords {
    public static final String REF = "refs/notes/darwin-lines";

    private static final String FOLDER = "lines";
    private static final int LARGEST = 1 << 20;

    private final GitMirror git;
    private final Consumer<String> warnings;

    /** @param warnings of what somebody put there that is no record */
    public LineRecords(GitMirror git, Consumer<String> warnings) {
        this.git = git;
        this.warnings = warnings;
    }

    /** An empty record where there is none. */
    public LineRecord find(Version version) {
        return tree().flatMap(t -> read(t, path(version)))
                .filter(r -> r.version().equals(version))
                .orElseGet(() -> LineRecord.empty(version));
    }

    /** All that are there, in no order. */
    public List<LineRecord> all() {
        List<LineRecord> all = new ArrayList<>();
        tree().ifPresent(t -> t.list(FOLDER).stream()
                .map(GitEntry::path)
                .filter(p -> p.endsWith(".json"))
                .forEach(
                        p -> read(t, p).filter(r -> path(r.version()).equals(p)).ifPresent(all::add)));
        return all;
    }

    /** @return rejected as moved, when somebody else wrote meanwhile */
    public PushOutcome write(LineRecord record, CommitForm form, String message) {
        Optional<CommitId> last = git.notes(REF);
        Map<String, byte[]> files = Map.of(path(record.version()), Json.write(record));
        CommitId commit = last.map(l -> git.commit(l, files, form, message + "\n"))
                .orElseGet(() -> git.root(files, form, message + "\n"));
        return git.push(List.of(new RefUpdate(REF, last, commit)));
    }

    private Optional<GitTree> tree() {
        return git.notes(REF).map(git::tree);
    }

    private Optional<LineRecord> read(GitTree tree, String path) {
        try {
            return tree.find(path)
                    .filter(e -> e.size() <= LARGEST)
                    .flatMap(e -> tree.read(path))
                    .map(bytes -> Json.read(bytes, LineRecord.class, path + " in " + REF))
                    .filter(r -> r.version() != null);
        } catch (ReleaseException e) {
            warnings.accept("Not taken for a line's record: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static String path(Version version) {
        return FOLDER + "/" + version + ".json";
    }
}
