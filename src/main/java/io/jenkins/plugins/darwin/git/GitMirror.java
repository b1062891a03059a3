package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * A kept bare copy of a remote repository. Everything is read from it and made in it; only {@link #push} changes the
 * remote. Commits and tags are made in memory, with no work tree, and lie unseen in the copy until they are pushed.
 *
 * <p>One process at a time has a copy open (others wait, and say so), so close it when it is not needed, and do
 * long work in {@link #withoutLock}. Within the
 * process it is safe for use by several threads. A copy that is found broken is made anew, once.
 *
 * <p>All methods throw {@link ReleaseException}: usage for a wrong name, refused for
 * what the repository's state forbids, failed for network, rights and disks.
 */
public final class GitMirror implements AutoCloseable {
    private final GitRemote remote;
    private final MirrorStore store;

    private GitMirror(GitRemote remote, MirrorStore store) {
        this.remote = remote;
        this.store = store;
    }

    /**
     * Opens the copy below {@code cacheRoot}, making it first when there is none, and fetches what moved.
     *
     * @param cacheRoot folder of all copies, made when missing; only for what can be fetched again
     */
    public static GitMirror open(GitRemote remote, Path cacheRoot, Progress progress) {
        try {
            return new GitMirror(remote, MirrorStore.open(remote, cacheRoot, progress));
        } catch (IOException e) {
            throw GitFailures.of(remote, "opening the copy of", e);
        }
    }

    /** Fetches again: branches and tags become what the remote has, deleted ones go. */
    public void fetch() {
        FileRepository repository = store.repository();
        plain("fetching from", () -> {
            store.link().fetch(repository);
            return null;
        });
    }

    /** Does long work that only reads from the copy, and lets other runs use it meanwhile. */
    public void withoutLock(Runnable work) {
        try {
            store.withoutLock(work);
        } catch (IOException e) {
            throw GitFailures.of(remote, "going on with the copy of", e);
        }
    }

    /** Whether nobody has pushed anything to the remote yet. */
    public boolean isEmpty() {
        return branches().isEmpty();
    }

    /** The head of a branch, by its short name ({@code main}, {@code release/1.3.0}). */
    public Optional<CommitId> branch(String name) {
        String ref = "refs/heads/" + GitNames.requireBranch(name);
        return with(
                "reading",
                repository -> Optional.ofNullable(repository.exactRef(ref)).map(r -> Ids.of(r.getObjectId())));
    }

    /**
     * The head of a branch that has to be there.
     *
     * @throws ReleaseException refused; says so when the whole repository is empty, and
     *     which branches there are when not
     */
    public CommitId requireBranch(String name) {
        return branch(name).orElseThrow(() -> {
            Map<String, CommitId> all = branches();
            return ReleaseException.refused(
                    all.isEmpty()
                            ? "The repository " + remote + " is empty: push a first commit to its branch '" + name
                                    + "'."
                            : "The repository " + remote + " has no branch '" + name + "': it has " + some(all.keySet())
                                    + ".");
        });
    }

    /** The branch that the remote's HEAD leads to, as of the last fetch; empty when it is detached or the server doesn't tell. */
    public Optional<String> defaultBranch() {
        return store.link().defaultBranch().filter(name -> branches().containsKey(name));
    }

    /** All branches by short name, sorted. */
    public Map<String, CommitId> branches() {
        return with("reading", repository -> {
            Map<String, CommitId> found = new TreeMap<>();
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix("refs/heads/")) {
                found.put(ref.getName().substring("refs/heads/".length()), Ids.of(ref.getObjectId()));
            }
            return found;
        });
    }

    /** The commits that all tags lead to, by short name, sorted; tags of anything but a commit are left out. */
    public Map<String, CommitId> tags() {
        return with("reading", repository -> {
            Map<String, CommitId> found = new TreeMap<>();
            try (RevWalk walk = new RevWalk(repository)) {
                for (Ref ref : repository.getRefDatabase().getRefsByPrefix("refs/tags/")) {
                    RevObject object = walk.peel(walk.parseAny(ref.getObjectId()));
                    if (object instanceof RevCommit) {
                        found.put(ref.getName().substring("refs/tags/".length()), Ids.of(object));
                    }
                }
            }
            return found;
        });
    }

    /** A tag, by its short name ({@code v1.3.0}). */
    public Optional<TagRef> tag(String name) {
        return with("reading", repository -> new TagObjects(repository).find(name));
    }

    /** The commit that notes of ours are at, by the full name of their ref ({@code refs/notes/darwin-...}). */
    public Optional<CommitId> notes(String ref) {
        return with(
                "reading",
                repository -> Optional.ofNullable(repository.exactRef(ref)).map(r -> Ids.of(r.getObjectId())));
    }

    /** An annotated tag's signed bytes and signature; empty when there is no such tag or it is not annotated. */
    public Optional<SignedTag> readTag(String name) {
        return with("reading", repository -> new TagObjects(repository).read(name));
    }

    /**
     * The commit that a user means.
     *
     * @param idOrAbbreviation 4 to 40 hex digits
     * @throws ReleaseException usage, when no commit or several begin so, or when the
     *     commit is on no branch and under no tag
     */
    public CommitId resolveCommit(String idOrAbbreviation) {
        return with("reading", repository -> new History(repository).resolve(idOrAbbreviation));
    }

    /** Whether {@code ancestor} is {@code descendant} or in its history. */
    public boolean isAncestor(CommitId ancestor, CommitId descendant) {
        return with("reading", repository -> new History(repository).isAncestor(ancestor, descendant));
    }

    /** Whether two commits hold the same files, whatever their histories. */
    public boolean sameFiles(CommitId a, CommitId b) {
        return with("reading", repository -> {
            try (RevWalk walk = new RevWalk(repository)) {
                return Ids.commit(walk, a).getTree().equals(Ids.commit(walk, b).getTree());
            }
        });
    }

    /** The files of a commit. */
    public GitTree tree(CommitId commit) {
        info(commit); // it has to be there
        return new CommitTree(this, commit);
    }

    /** The files of a commit as Git writes them into a work tree: see {@link WorkTree}. */
    public WorkTree workTree(CommitId commit, Progress progress) {
        return new WorkTree(tree(commit), new LargeFileStore(remote, store.largeFiles(), progress));
    }

    /** What {@code export-subst} fills in for a commit that gets this tag. */
    public CommitFormat format(CommitId commit, String tag) {
        return with("reading", repository -> new History(repository).format(commit, tag));
    }

    /** One commit. */
    public CommitInfo info(CommitId commit) {
        return with("reading", repository -> new History(repository).info(commit));
    }

    /**
     * The commits in the history of {@code until} that are not in the history of {@code since}, newest first, no parent
     * before its child (as {@code git log --topo-order since..until}).
     */
    public List<CommitInfo> log(Optional<CommitId> sinceExclusive, CommitId until) {
        return with("reading", repository -> new History(repository).log(sinceExclusive, until));
    }

    /** The commits in the history of {@code until} that changed a file, oldest first (as {@code git log --reverse -- path}). */
    public List<CommitInfo> changesOf(String path, CommitId until) {
        return with("reading", repository -> new History(repository).changesOf(path, until));
    }

    /**
     * The origins that cherry-picked commits name (see {@link MessageTrailers}), in the histories of some commits as far back as a
     * time. A pick is younger than its origin, so what is older can't be a pick of anything younger.
     */
    public Set<CommitId> pickedSince(List<CommitId> heads, Instant oldest) {
        return with("reading", repository -> new History(repository).pickedSince(heads, oldest));
    }

    /**
     * Makes a commit that changes some files of its parent's tree. Only the folders on their way are written; a file
     * keeps its mode, a new file is a regular one.
     *
     * @param edits new content by path
     * @param when author's and committer's time, in UTC
     */
    public CommitId commit(
            CommitId parent, Map<String, byte[]> edits, Person author, Person committer, Instant when, String message) {
        return with(
                "making a commit for",
                repository -> maker(repository)
                        .edit(parent, edits, Ids.ident(author, when), CommitForm.plain(committer, when), message));
    }

    /** The same by one person, signed and signed off as the form says. */
    public CommitId commit(CommitId parent, Map<String, byte[]> edits, CommitForm form, String message) {
        return with(
                "making a commit for",
                repository ->
                        maker(repository).edit(parent, edits, Ids.ident(form.person(), form.when()), form, message));
    }

    /** Makes a commit that has no parent and holds just these files. */
    public CommitId root(Map<String, byte[]> files, CommitForm form, String message) {
        return with("making a commit for", repository -> maker(repository).root(files, form, message));
    }

    /**
     * Puts the change of one commit onto another, as {@code git cherry-pick -x}: author, author's date and message are
     * kept, a line with the origin is added.
     *
     * @throws ReleaseException refused, when {@code picked} is a merge
     */
    public PickResult cherryPick(CommitId onto, CommitId picked, Person committer, Instant when) {
        return cherryPick(onto, picked, Optional.empty(), CommitForm.plain(committer, when));
    }

    /**
     * The same, as {@code git cherry-pick -x -m} for a merge.
     *
     * @param mainline of a merge, the number of the parent (first is 1) that it is compared with; of others ignored
     * @throws ReleaseException refused, when {@code picked} is a merge and no parent is named; usage, when it has no such
     */
    public PickResult cherryPick(CommitId onto, CommitId picked, Optional<Integer> mainline, CommitForm form) {
        return with("making a commit for", repository -> maker(repository).pick(onto, picked, mainline, form));
    }

    /** Merges {@code theirs} into {@code ours}, in memory. */
    public MergeResult merge(CommitId ours, CommitId theirs, Person author, Instant when, String message) {
        return merge(ours, theirs, MergePlaces.none(), CommitForm.plain(author, when), message);
    }

    /**
     * The same, where some files count as if they held something else.
     *
     * @param places whose values for {@code theirs} also stand in the result when {@code ours} is an ancestor
     */
    public MergeResult merge(CommitId ours, CommitId theirs, MergePlaces places, CommitForm form, String message) {
        return with("making a commit for", repository -> maker(repository).merge(ours, theirs, places, form, message));
    }

    /** The latest commits that both have in their history: one as a rule, several where lines crossed, none of strangers. */
    public List<CommitId> mergeBases(CommitId a, CommitId b) {
        return with("reading", repository -> {
            try (RevWalk walk = new RevWalk(repository)) {
                return PlacedTrees.bases(walk, Ids.commit(walk, a), Ids.commit(walk, b)).stream()
                        .map(Ids::of)
                        .toList();
            }
        });
    }

    /** The bytes of an annotated tag before it is signed: sign these, then call {@link #writeTag}. */
    public byte[] tagObject(String name, CommitId target, Person tagger, Instant when, String message) {
        return with(
                "making a tag for",
                repository -> new TagObjects(repository).unsigned(name, target, tagger, when, message));
    }

    /**
     * Writes a signed tag object, as {@code git tag -s} does.
     *
     * @param unsigned as {@link #tagObject} made them
     * @param armoredSignature detached, over exactly those bytes
     * @return the tag object, to be pushed to {@code refs/tags/...}
     */
    public CommitId writeTag(byte[] unsigned, String armoredSignature) {
        return with("making a tag for", repository -> new TagObjects(repository).write(unsigned, armoredSignature));
    }

    /**
     * Proves that the remote would begin a push with our credentials; nothing is sent. What protects single branches, and
     * hooks, show only when something is pushed.
     */
    public void requirePush() {
        FileRepository repository = store.repository();
        plain("asking for the right to push to", () -> {
            store.link().openPush(repository);
            return null;
        });
    }

    /**
     * Moves refs of the remote, all or none. The remote itself compares what each ref holds with what was expected; no
     * ref is ever forced back. What was pushed is then in the copy's branches and tags, too.
     *
     * <p>A remote that is a folder is pushed to by {@code git receive-pack}, so that its hooks and rules hold.
     *
     * @return done, or why not; a connection that breaks or a server that fails is an exception
     */
    public PushOutcome push(List<RefUpdate> updates) {
        FileRepository repository = store.repository(); // never made anew here: what is to be pushed is only in it
        return plain("pushing to", () -> new Pusher(repository, store.link()).push(updates));
    }

    /** Lets the next one have the copy. */
    @Override
    public void close() {
        try {
            store.close();
        } catch (IOException e) {
            throw GitFailures.of(remote, "closing the copy of", e);
        }
    }

    /** Does something with the copy; when that shows damage, makes the copy anew and does it once more. */
    <T> T with(String doing, Action<T> action) {
        return plain(doing, () -> {
            FileRepository first = store.repository();
            try {
                return action.on(first);
            } catch (IOException e) {
                if (!GitFailures.isDamage(e)) {
                    throw e;
                }
                store.rebuild(first, e);
                return action.on(store.repository());
            }
        });
    }

    private CommitMaker maker(FileRepository repository) {
        return new CommitMaker(repository, () -> store.link().merger());
    }

    private <T> T plain(String doing, Callable<T> action) {
        try {
            return action.call();
        } catch (ReleaseException e) {
            throw e;
        } catch (IOException e) {
            throw GitFailures.of(remote, doing, e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e); // no action declares another
        }
    }

    interface Action<T> {
        T on(FileRepository repository) throws IOException;
    }

    private static String some(Set<String> names) {
        int shown = 5;
        return names.stream().limit(shown).collect(Collectors.joining(", "))
                + (names.size() > shown ? " and " + (names.size() - shown) + " more" : "");
    }
}
