package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Between the model's values and JGit's. */
final class Ids {
    private Ids() {}

    static ObjectId of(CommitId id) {
        return ObjectId.fromString(id.sha());
    }

    /**
     * The commit that a caller names.
     *
     * @throws ReleaseException usage, when the copy has no such commit
     */
    static RevCommit commit(RevWalk walk, CommitId id) throws IOException {
        try {
            return walk.parseCommit(of(id));
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            if (e instanceof MissingObjectException missing
                    && !missing.getObjectId().equals(of(id))) {
                throw e; // the tag is there, its commit is not: damage
            }
            throw ReleaseException.usage("No commit " + id + " in the repository: was it pushed?", e);
        }
    }

    static CommitId of(AnyObjectId id) {
        return new CommitId(id.name());
    }

    static PersonIdent ident(Person person, Instant when) {
        return new PersonIdent(person.name(), person.email(), when, ZoneOffset.UTC);
    }

    static Person person(PersonIdent ident) {
        return new Person(ident.getName(), ident.getEmailAddress());
    }

    /** As {@code git commit} stores a message: one line feed at the end. */
    static String message(String text) {
        return text.stripTrailing() + "\n";
    }
}
