package io.jenkins.plugins.darwin.git;

import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/** Merges trees in memory. */
interface TreeMerger {
    /** What people call it, for a message on a conflict. */
    String name();

    /** Merges two commits by their history. */
    Outcome merge(Repository repository, RevCommit ours, RevCommit theirs) throws IOException;

    /** Merges two trees that both come from a third. */
    Outcome merge(Repository repository, ObjectId base, ObjectId ours, ObjectId theirs) throws IOException;

    /**
     * @param tree the merged tree, null on a conflict
     * @param conflicts files, sorted
     */
    record Outcome(ObjectId tree, List<String> conflicts) {
        boolean clean() {
            return tree != null;
        }
    }

    /** By the program git where it is there and new enough, else by JGit. */
    static TreeMerger choose(String searchPath) {
        return GitProgram.find(searchPath)
                .flatMap(git -> git.release()
                        .filter(r -> r.atLeast(2, 38))
                        .<TreeMerger>map(r -> new GitTreeMerger(git, r.text())))
                .orElseGet(JGitTreeMerger::new);
    }
}
