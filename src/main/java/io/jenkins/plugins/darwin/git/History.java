package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.CommitTimeRevFilter;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Reads commits. */
final class History {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{4,40}");

    private final Repository repository;

    History(Repository repository) {
        this.repository = repository;
    }

    CommitId resolve(String idOrAbbreviation) throws IOException {
        if (idOrAbbreviation == null || !HEX.matcher(idOrAbbreviation).matches()) {
            throw ReleaseException.usage("Not a commit: expected 4 to 40 hex digits (0-9, a-f), found '"
                    + GitNames.printable(idOrAbbreviation) + "'.");
        }
        try (RevWalk walk = new RevWalk(repository)) {
            List<RevCommit> found =
                    commits(walk, walk.getObjectReader().resolve(AbbreviatedObjectId.fromString(idOrAbbreviation)));
            if (found.isEmpty()) {
                throw ReleaseException.usage("No commit " + idOrAbbreviation + " in the repository: was it pushed?");
            }
            if (found.size() > 1) {
                throw ReleaseException.usage("Several commits begin with " + idOrAbbreviation + " ("
                        + String.join(
                                ", ",
                                found.stream()
                                        .map(c -> Ids.of(c).abbreviated())
                                        .sorted()
                                        .toList()) + "): give more digits.");
            }
            requireReachable(walk, found.get(0));
            return Ids.of(found.get(0));
        }
    }

    private static List<RevCommit> commits(RevWalk walk, Collection<ObjectId> candidates) throws IOException {
        List<RevCommit> commits = new ArrayList<>();
        for (ObjectId candidate : candidates) {
            try {
                commits.add(walk.parseCommit(candidate));
            } catch (IncorrectObjectTypeException | MissingObjectException e) {
                // a file or a folder begins with the same digits
            }
        }
        return commits;
    }

    /** The copy may still hold commits that left the remote long ago. */
    private void requireReachable(RevWalk walk, RevCommit commit) throws IOException {
        List<Ref> refs = Stream.concat(
                        repository.getRefDatabase().getRefsByPrefix("refs/heads/").stream(),
                        repository.getRefDatabase().getRefsByPrefix("refs/tags/").stream())
                .toList();
        if (!walk.isMergedIntoAny(commit, refs)) {
            throw ReleaseException.usage("Commit " + Ids.of(commit).abbreviated() + " is on no branch and under no tag:"
                    + " push the branch that holds it first.");
        }
    }

    boolean isAncestor(CommitId ancestor, CommitId descendant) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRetainBody(false);
            return walk.isMergedInto(Ids.commit(walk, ancestor), Ids.commit(walk, descendant));
        }
    }

    CommitInfo info(CommitId commit) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return info(Ids.commit(walk, commit));
        }
    }

    List<CommitInfo> log(Optional<CommitId> sinceExclusive, CommitId until) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.sort(RevSort.TOPO);
            walk.markStart(Ids.commit(walk, until));
            if (sinceExclusive.isPresent()) {
                walk.markUninteresting(Ids.commit(walk, sinceExclusive.get()));
            }
            List<CommitInfo> all = new ArrayList<>();
            for (RevCommit commit : walk) {
                all.add(info(commit));
                commit.disposeBody();
            }
            return all;
        }
    }

    List<CommitInfo> changesOf(String path, CommitId until) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.sort(RevSort.TOPO);
            walk.sort(RevSort.REVERSE, true);
            walk.setTreeFilter(AndTreeFilter.create(PathFilter.create(path), TreeFilter.ANY_DIFF));
            walk.markStart(Ids.commit(walk, until));
            List<CommitInfo> all = new ArrayList<>();
            for (RevCommit commit : walk) {
                all.add(info(commit));
            }
            return all;
        }
    }

    CommitFormat format(CommitId commit, String tag) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit parsed = Ids.commit(walk, commit);
            walk.parseBody(parsed);
            return new CommitFormat(parsed, tag);
        }
    }

    /** See {@link GitMirror#pickedSince}. Clocks differ: a day more is read. */
    Set<CommitId> pickedSince(List<CommitId> heads, Instant oldest) throws IOException {
        Set<CommitId> origins = new HashSet<>();
        try (RevWalk walk = new RevWalk(repository)) {
            walk.sort(RevSort.COMMIT_TIME_DESC);
            walk.setRevFilter(
                    CommitTimeRevFilter.after(oldest.minus(1, ChronoUnit.DAYS).toEpochMilli()));
            for (CommitId head : heads) {
                walk.markStart(Ids.commit(walk, head));
            }
            for (RevCommit commit : walk) {
                origins.addAll(MessageTrailers.origins(commit.getFullMessage()));
                commit.disposeBody();
            }
        }
        return origins;
    }

    private static CommitInfo info(RevCommit commit) {
        PersonIdent author = commit.getAuthorIdent();
        PersonIdent committer = commit.getCommitterIdent();
        return new CommitInfo(
                Ids.of(commit),
                Stream.of(commit.getParents()).map(Ids::of).toList(),
                Ids.person(author),
                ZonedDateTime.ofInstant(author.getWhenAsInstant(), author.getZoneId()),
                Ids.person(committer),
                committer.getWhenAsInstant(),
                commit.getFullMessage());
    }
}
