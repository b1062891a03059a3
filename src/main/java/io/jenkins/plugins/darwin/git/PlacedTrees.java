package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** Two commits to merge, their bases, and their trees as {@link MergePlaces} would have them. */
final class PlacedTrees {
    private final RevCommit ours;
    private final RevCommit theirs;
    private final List<RevCommit> bases;
    private final boolean asTheyAre;
    private final ObjectId base;
    private final ObjectId ourTree;
    private final ObjectId theirTree;
    private final ObjectId left;
    private final ObjectId right;

    /** @throws ReleaseException refused, when the two have no history in common */
    PlacedTrees(RevWalk walk, ObjectInserter inserter, RevCommit ours, RevCommit theirs, MergePlaces places)
            throws IOException {
        this.ours = ours;
        this.theirs = theirs;
        this.bases = bases(walk, ours, theirs);
        if (bases.isEmpty()) {
            throw ReleaseException.refused("Commits " + Ids.of(ours).abbreviated() + " and "
                    + Ids.of(theirs).abbreviated() + " have no history in common: they can't be merged.");
        }
        TreeEditor editor = new TreeEditor(walk.getObjectReader(), inserter);
        this.asTheyAre = places.isEmpty();
        this.base = edited(editor, bases.get(0), places.base());
        this.ourTree = edited(editor, ours, places.ours());
        this.theirTree = edited(editor, theirs, places.theirs());
        // Several bases are merged into one by the merger itself, which needs the history for that.
        this.left = bases.size() == 1 ? null : GitTreeMerger.commit(inserter, ourTree, ours);
        this.right = bases.size() == 1 ? null : GitTreeMerger.commit(inserter, theirTree, theirs);
        inserter.flush();
    }

    private ObjectId edited(TreeEditor editor, RevCommit commit, Map<String, byte[]> edits) throws IOException {
        return asTheyAre ? commit.getTree() : editor.edit(commit.getTree(), edits);
    }

    /** Their side's tree. */
    ObjectId theirs() {
        return theirTree;
    }

    TreeMerger.Outcome merge(Repository repository, TreeMerger merger) throws IOException {
        if (asTheyAre) {
            return merger.merge(repository, ours, theirs);
        }
        if (left == null) {
            return merger.merge(repository, base, ourTree, theirTree);
        }
        try (RevWalk walk = new RevWalk(repository)) {
            return merger.merge(repository, walk.parseCommit(left), walk.parseCommit(right));
        }
    }

    /** The latest commits that both have in their history: usually one. */
    static List<RevCommit> bases(RevWalk walk, RevCommit a, RevCommit b) throws IOException {
        walk.reset();
        walk.setRevFilter(RevFilter.MERGE_BASE);
        walk.markStart(a);
        walk.markStart(b);
        List<RevCommit> bases = new ArrayList<>();
        for (RevCommit base = walk.next(); base != null; base = walk.next()) {
            bases.add(walk.parseCommit(base));
        }
        walk.reset();
        walk.setRevFilter(RevFilter.ALL);
        return bases;
    }
}
