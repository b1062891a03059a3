package io.jenkins.plugins.darwin.jenkins.vote;

import java.util.Locale;
import jenkins.model.IdStrategy;
import jenkins.model.Jenkins;

/**
 * One name for one person. The vote's record has its IDs in lower case; where Jenkins takes Alice and alice for two
 * people, a capital letter becomes a circumflex and the small one, so that neither can vote as the other.
 */
final class VoterIds {
    private static final char MARK = '^';

    private VoterIds() {}

    private static boolean caseMatters(IdStrategy strategy) {
        return !strategy.equals("a", "A");
    }

    private static IdStrategy users() {
        return Jenkins.get().getSecurityRealm().getUserIdStrategy();
    }

    /** A user's ID in the record. */
    static String ofUser(String id) {
        return ofUser(users().keyFor(id), caseMatters(users())); // bob@Example.org and bob@example.org may be one
    }

    static String ofUser(String id, boolean caseMatters) {
        if (!caseMatters) {
            return id.toLowerCase(Locale.ROOT);
        }
        StringBuilder key = new StringBuilder();
        for (char c : id.toCharArray()) {
            if (c == MARK || Character.isUpperCase(c)) {
                key.append(MARK);
            }
            key.append(Character.toLowerCase(c));
        }
        return key.toString();
    }

    /** The way back: an ID under which Jenkins knows the user. */
    static String toUser(String key) {
        return toUser(key, caseMatters(users()));
    }

    static String toUser(String key, boolean caseMatters) {
        if (!caseMatters) {
            return key;
        }
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            boolean marked = key.charAt(i) == MARK && i + 1 < key.length();
            char c = key.charAt(marked ? ++i : i);
            id.append(marked ? Character.toUpperCase(c) : c);
        }
        return id.toString();
    }

    /** An entry of a policy: a user's ID, or {@code @group}, which stays. */
    static String entry(String configured) {
        return configured.startsWith("@") ? configured : ofUser(configured);
    }
}
