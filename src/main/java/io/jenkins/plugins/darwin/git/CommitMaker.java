package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Makes commits in memory: edits, picks, merges. */
final class CommitMaker {
    private final Repository repository;
    private final Supplier<TreeMerger> merger;

    /** @param merger asked for when something is merged */
    CommitMaker(Repository repository, Supplier<TreeMerger> merger) {
        this.repository = repository;
        this.merger = merger;
    }

    CommitId edit(CommitId parent, Map<String, byte[]> edits, PersonIdent author, CommitForm form, String message)
            throws IOException {
        try (RevWalk walk = new RevWalk(repository);
                ObjectInserter inserter = repository.newObjectInserter()) {
            RevCommit onto = Ids.commit(walk, parent);
            ObjectId tree = new TreeEditor(walk.getObjectReader(), inserter).edit(onto.getTree(), edits);
            return write(inserter, tree, List.of(onto), author, form, Ids.message(message));
        }
    }

    CommitId root(Map<String, byte[]> files, CommitForm form, String message) throws IOException {
        try (RevWalk walk = new RevWalk(repository);
                ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId empty = inserter.insert(new TreeFormatter());
            inserter.flush();
            ObjectId tree = new TreeEditor(walk.getObjectReader(), inserter).edit(empty, files);
            return write(inserter, tree, List.of(), Ids.ident(form.person(), form.when()), form, Ids.message(message));
        }
    }

    /** @param mainline of a merge, the parent (first is 1) whose difference is picked */
    PickResult pick(CommitId onto, CommitId picked, Optional<Integer> mainline, CommitForm form) throws IOException {
        try (RevWalk walk = new RevWalk(repository);
                ObjectInserter inserter = repository.newObjectInserter()) {
            RevCommit head = Ids.commit(walk, onto);
            RevCommit change = Ids.commit(walk, picked);
            int parent = parent(change, picked, mainline);
            ObjectId base = parent == 0
                    ? inserter.insert(new TreeFormatter()) // a root commit changes the empty tree
                    : walk.parseCommit(change.getParent(parent - 1)).getTree();
            inserter.flush();
            TreeMerger.Outcome merged = merger.get().merge(repository, base, head.getTree(), change.getTree());
            if (!merged.clean()) {
                return new PickResult.Conflict(merged.conflicts(), merger.get().name());
            }
            if (merged.tree().equals(head.getTree())) {
                return new PickResult.Empty();
            }
            return new PickResult.Picked(write(
                    inserter,
                    merged.tree(),
                    List.of(head),
                    change.getAuthorIdent(),
                    form,
                    MessageTrailers.origin(change.getFullMessage(), picked.sha())));
        }
    }

    private static int parent(RevCommit change, CommitId picked, Optional<Integer> mainline) {
        int count = change.getParentCount();
        if (count < 2) {
            return count;
        }
        int parent = mainline.orElseThrow(() -> ReleaseException.refused("Commit " + picked.abbreviated() + " ("
                + change.getShortMessage() + ") is a merge: expected the number of the parent that it is picked"
                + " against, or the commits that it merged, one by one."));
        if (parent < 1 || parent > count) {
            throw ReleaseException.usage(
                    "Commit " + picked.abbreviated() + " has no parent " + parent + ": expected 1 to " + count + ".");
        }
        return parent;
    }

    MergeResult merge(CommitId ours, CommitId theirs, MergePlaces places, CommitForm form, String message)
            throws IOException {
        try (RevWalk walk = new RevWalk(repository);
                ObjectInserter inserter = repository.newObjectInserter()) {
            RevCommit into = Ids.commit(walk, ours);
            RevCommit merged = Ids.commit(walk, theirs);
            if (walk.isMergedInto(merged, into)) {
                return new MergeResult.AlreadyMerged();
            }
            boolean straight = walk.isMergedInto(into, merged);
            PlacedTrees trees = new PlacedTrees(walk, inserter, into, merged, places);
            if (straight && trees.theirs().equals(merged.getTree())) {
                return new MergeResult.FastForward(theirs);
            }
            TreeMerger.Outcome outcome = straight
                    ? new TreeMerger.Outcome(trees.theirs(), List.of())
                    : trees.merge(repository, merger.get());
            if (!outcome.clean()) {
                return new MergeResult.Conflict(
                        outcome.conflicts(), merger.get().name());
            }
            return new MergeResult.Merged(write(
                    inserter,
                    outcome.tree(),
                    List.of(into, merged),
                    Ids.ident(form.person(), form.when()),
                    form,
                    Ids.message(message)));
        }
    }

    private static CommitId write(
            ObjectInserter inserter,
            ObjectId tree,
            List<RevCommit> parents,
            PersonIdent author,
            CommitForm form,
            String message)
            throws IOException {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(parents);
        commit.setAuthor(author);
        commit.setCommitter(Ids.ident(form.person(), form.when()));
        commit.setMessage(form.message(message));
        if (form.signer().isPresent()) {
            String armored = form.signer()
                    .get()
                    .sign(commit.build())
                    .replace("\r\n", "\n")
                    .strip();
            commit.setGpgSignature(new GpgSignature(armored.getBytes(StandardCharsets.US_ASCII)));
        }
        ObjectId id = inserter.insert(Constants.OBJ_COMMIT, commit.build());
        inserter.flush();
        return Ids.of(id);
    }
}
