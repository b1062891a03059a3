package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.Person;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Who makes a commit, when, and what servers demand of it.
 *
 * @param person the committer, of an edit and a merge the author too
 * @param when in UTC, to the second
 * @param signOff whether the message ends with a line {@code Signed-off-by} of that person
 * @param signer signs it, as {@code git commit -S} does
 */
public record CommitForm(Person person, Instant when, boolean signOff, Optional<Signer> signer) {
    public CommitForm {
        Objects.requireNonNull(person);
        Objects.requireNonNull(when);
        Objects.requireNonNull(signer);
    }

    /** Signs the bytes of a commit. */
    @FunctionalInterface
    public interface Signer {
        /** @return an armoured detached signature over just these bytes */
        String sign(byte[] commit);
    }

    /** Neither signed nor signed off. */
    public static CommitForm plain(Person person, Instant when) {
        return new CommitForm(person, when, false, Optional.empty());
    }

    /** A message with the line that this form demands. */
    String message(String text) {
        return signOff ? MessageTrailers.signOff(text, person) : text;
    }
}
