package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** Makes commits in memory: edits, picks, merges. */
final class CommitMaker {
    private final Repository repository;

    CommitMaker(Repository repository) {
        this.repository = repository;
    }

    CommitId edit(CommitId parent, Map<String, byte[]> edits, PersonIdent author, PersonIdent committer, String message)
            throws IOException {
        try (RevWalk walk = new RevWalk(repository);
                ObjectInserter inserter = repository.newObjectInserter()) {
            RevCommit onto = Ids.commit(walk, parent);
            ObjectId tree = new TreeEditor(walk.getObjectReader(), inserter).edit(onto.getTree(), edits);
            return write(inserter, tree, List.of(onto), author, committer, Ids.message(message));
        }
    }

    PickResult pick(CommitId onto, CommitId picked, Person committer, Instant when) throws IOException {
        try (RevWalk walk = new RevWalk(repository);
                ObjectInserter inserter = repository.newObjectInserter()) {
            RevCommit head = Ids.commit(walk, onto);
            RevCommit change = Ids.commit(walk, picked);
            if (change.getParentCount() > 1) {
                throw ReleaseException.refused("Commit " + picked.abbreviated() + " (" + change.getShortMessage()
                        + ") is a merge: pick the commits that it merged, one by one.");
            }
            ResolveMerger merger = merger();
            merger.setBase(
                    change.getParentCount() == 0
                            ? inserter.insert(new TreeFormatter()) // a root commit changes the empty tree
                            : walk.parseCommit(change.getParent(0)).getTree());
            inserter.flush();
            if (!merger.merge(head, change)) {
                return new PickResult.Conflict(conflicts(merger));
            }
            if (merger.getResultTreeId().equals(head.getTree())) {
                return new PickResult.Empty();
            }
            return new PickResult.Picked(write(
                    inserter,
                    merger.getResultTreeId(),
                    List.of(head),
                    change.getAuthorIdent(),
                    Ids.ident(committer, when),
                    OriginLine.add(change.getFullMessage(), picked.sha())));
        }
    }

    MergeResult merge(CommitId ours, CommitId theirs, PersonIdent author, String message) throws IOException {
        try (RevWalk walk = new RevWalk(repository);
                ObjectInserter inserter = repository.newObjectInserter()) {
            RevCommit into = Ids.commit(walk, ours);
            RevCommit merged = Ids.commit(walk, theirs);
            if (walk.isMergedInto(merged, into)) {
                return new MergeResult.AlreadyMerged();
            }
            if (walk.isMergedInto(into, merged)) {
                return new MergeResult.FastForward(theirs);
            }
            requireCommonHistory(walk, into, merged);
            ResolveMerger merger = merger();
            if (!merger.merge(into, merged)) {
                return new MergeResult.Conflict(conflicts(merger));
            }
            return new MergeResult.Merged(write(
                    inserter, merger.getResultTreeId(), List.of(into, merged), author, author, Ids.message(message)));
        }
    }

    private ResolveMerger merger() {
        return (ResolveMerger) MergeStrategy.RECURSIVE.newMerger(repository, true);
    }

    private static void requireCommonHistory(RevWalk walk, RevCommit a, RevCommit b) throws IOException {
        walk.reset();
        walk.setRevFilter(RevFilter.MERGE_BASE);
        walk.markStart(a);
        walk.markStart(b);
        if (walk.next() == null) {
            throw ReleaseException.refused("Commits " + Ids.of(a).abbreviated() + " and "
                    + Ids.of(b).abbreviated() + " have no history in common: they can't be merged.");
        }
    }

    private static List<String> conflicts(ResolveMerger merger) {
        TreeSet<String> files = new TreeSet<>(merger.getUnmergedPaths());
        if (merger.getFailingPaths() != null) {
            files.addAll(merger.getFailingPaths().keySet());
        }
        return List.copyOf(files);
    }

    private static CommitId write(
            ObjectInserter inserter,
            ObjectId tree,
            List<RevCommit> parents,
            PersonIdent author,
            PersonIdent committer,
            String message)
            throws IOException {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(parents);
        commit.setAuthor(author);
        commit.setCommitter(committer);
        commit.setMessage(message);
        ObjectId id = inserter.insert(Constants.OBJ_COMMIT, commit.build());
        inserter.flush();
        return Ids.of(id);
    }
}
