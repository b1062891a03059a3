package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.Progress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kept bare copy of a remote repository. Everything is read from it and made in it; only {@link #push} changes the
 * remote. Commits and tags are made in memory, with no work tree, and lie unseen in the copy until they are pushed.
 *
 * <p>One process at a time has a copy open (others wait, and say so), so close it when it is not needed. Within the
 * process it is safe for use by several threads. A copy that is found broken is made anew, once.
 *
 * <p>All methods throw {@link io.jenkins.plugins.darwin.model.ReleaseException}: usage for a wrong name, refused for
 * what the repository's state forbids, failed for network, rights and disks.
 */
public final class GitMirror implements AutoCloseable {
    private GitMirror() {}

    /**
     * Opens the copy below {@code cacheRoot}, making it first when there is none, and fetches what moved.
     *
     * @param cacheRoot folder of all copies, made when missing; only for what can be fetched again
     */
    public static GitMirror open(GitRemote remote, Path cacheRoot, Progress progress) {
        throw new UnsupportedOperationException();
    }

    /** Fetches again: branches and tags become what the remote has, deleted ones go. */
    public void fetch() {
        throw new UnsupportedOperationException();
    }

    /** Whether nobody has pushed anything to the remote yet. */
    public boolean isEmpty() {
        throw new UnsupportedOperationException();
    }

    /** The head of a branch, by its short name ({@code main}, {@code release/1.3.0}). */
    public Optional<CommitId> branch(String name) {
        throw new UnsupportedOperationException();
    }

    /**
     * The head of a branch that has to be there.
     *
     * @throws io.jenkins.plugins.darwin.model.ReleaseException refused; says so when the whole repository is empty, and
     *     which branches there are when not
     */
    public CommitId requireBranch(String name) {
        throw new UnsupportedOperationException();
    }

    /** All branches by short name, sorted. */
    public Map<String, CommitId> branches() {
        throw new UnsupportedOperationException();
    }

    /** The commits that all tags lead to, by short name, sorted; tags of anything but a commit are left out. */
    public Map<String, CommitId> tags() {
        throw new UnsupportedOperationException();
    }

    /** A tag, by its short name ({@code v1.3.0}). */
    public Optional<TagRef> tag(String name) {
        throw new UnsupportedOperationException();
    }

    /** An annotated tag's signed bytes and signature; empty when there is no such tag or it is not annotated. */
    public Optional<SignedTag> readTag(String name) {
        throw new UnsupportedOperationException();
    }

    /**
     * The commit that a user means.
     *
     * @param idOrAbbreviation 4 to 40 hex digits
     * @throws io.jenkins.plugins.darwin.model.ReleaseException usage, when no commit or several begin so, or when the
     *     commit is on no branch and under no tag
     */
    public CommitId resolveCommit(String idOrAbbreviation) {
        throw new UnsupportedOperationException();
    }

    /** Whether {@code ancestor} is {@code descendant} or in its history. */
    public boolean isAncestor(CommitId ancestor, CommitId descendant) {
        throw new UnsupportedOperationException();
    }

    /** The files of a commit. */
    public GitTree tree(CommitId commit) {
        throw new UnsupportedOperationException();
    }

    /** One commit. */
    public CommitInfo info(CommitId commit) {
        throw new UnsupportedOperationException();
    }

    /**
     * The commits in the history of {@code until} that are not in the history of {@code since}, newest first, no parent
     * before its child (as {@code git log --topo-order since..until}).
     */
    public List<CommitInfo> log(Optional<CommitId> sinceExclusive, CommitId until) {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes a commit that changes some files of its parent's tree. Only the folders on their way are written; a file
     * keeps its mode, a new file is a regular one.
     *
     * @param edits new content by path
     * @param when author's and committer's time, in UTC
     */
    public CommitId commit(CommitId parent, Map<String, byte[]> edits, Person author, Person committer, Instant when,
            String message) {
        throw new UnsupportedOperationException();
    }

    /**
     * Puts the change of one commit onto another, as {@code git cherry-pick -x}: author, author's date and message are
     * kept, a line with the origin is added.
     *
     * @throws io.jenkins.plugins.darwin.model.ReleaseException refused, when {@code picked} is a merge
     */
    public PickResult cherryPick(CommitId onto, CommitId picked, Person committer, Instant when) {
        throw new UnsupportedOperationException();
    }

    /** Merges {@code theirs} into {@code ours}, in memory. */
    public MergeResult merge(CommitId ours, CommitId theirs, Person author, Instant when, String message) {
        throw new UnsupportedOperationException();
    }

    /** The bytes of an annotated tag before it is signed: sign these, then call {@link #writeTag}. */
    public byte[] tagObject(String name, CommitId target, Person tagger, Instant when, String message) {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes a signed tag object, as {@code git tag -s} does.
     *
     * @param unsigned as {@link #tagObject} made them
     * @param armoredSignature detached, over exactly those bytes
     * @return the tag object, to be pushed to {@code refs/tags/...}
     */
    public CommitId writeTag(byte[] unsigned, String armoredSignature) {
        throw new UnsupportedOperationException();
    }

    /**
     * Moves refs of the remote, all or none. The remote itself compares what each ref holds with what was expected; no
     * ref is ever forced back. What was pushed is then in the copy's branches and tags, too.
     *
     * <p>A remote that is a folder with hooks, or with a work tree, is pushed to by {@code git receive-pack}, so that
     * its hooks and rules hold; every other folder in this process.
     *
     * @return done, or why not; a connection that breaks or a server that fails is an exception
     */
    public PushOutcome push(List<RefUpdate> updates) {
        throw new UnsupportedOperationException();
    }

    /** Lets the next one have the copy. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
