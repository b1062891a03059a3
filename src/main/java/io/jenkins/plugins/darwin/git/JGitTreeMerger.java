package io.jenkins.plugins.darwin.git;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** JGit's own merger, which follows no renames and knows no attributes in a bare repository. */
final class JGitTreeMerger implements TreeMerger {
    @Override
    public String name() {
        return "JGit, which follows no renames: with git 2.38 or later on the PATH, git itself merges";
    }

    @Override
    public Outcome merge(Repository repository, RevCommit ours, RevCommit theirs) throws IOException {
        ResolveMerger merger = merger(repository);
        return outcome(merger, merger.merge(ours, theirs));
    }

    @Override
    public Outcome merge(Repository repository, ObjectId base, ObjectId ours, ObjectId theirs) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            ResolveMerger merger = merger(repository);
            merger.setBase(walk.parseTree(base));
            return outcome(merger, merger.merge(walk.parseTree(ours), walk.parseTree(theirs)));
        }
    }

    private static ResolveMerger merger(Repository repository) {
        return (ResolveMerger) MergeStrategy.RECURSIVE.newMerger(repository, true);
    }

    private static Outcome outcome(ResolveMerger merger, boolean clean) {
        if (clean) {
            return new Outcome(merger.getResultTreeId(), List.of());
        }
        TreeSet<String> files = new TreeSet<>(merger.getUnmergedPaths());
        if (merger.getFailingPaths() != null) {
            files.addAll(merger.getFailingPaths().keySet());
        }
        return new Outcome(null, List.copyOf(files));
    }
}
