package io.jenkins.plugins.darwin.model;

import java.util.Optional;

/**
 * How commits, tags and branches of a release are made.
 *
 * @param author of commits, merges and tags
 * @param sign whether commits are signed with OpenPGP; empty: where a key is at hand
 * @param signOff whether commits end with a line {@code Signed-off-by} of the author
 * @param message first line of a commit, where {@code ${subject}} stands for what it would say
 * @param tag pattern of a release's tag; empty for the default
 * @param branch pattern of a release's branch; empty for the default
 */
public record GitRules(
        Person author,
        Optional<Boolean> sign,
        boolean signOff,
        String message,
        Optional<String> tag,
        Optional<String> branch) {
    /** The first line as it is. */
    public static final String SUBJECT = "${subject}";

    /** The first line of a commit that is about this. */
    public String subject(String about) {
        return message.replace(SUBJECT, about);
    }
}
