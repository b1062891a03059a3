package io.jenkins.plugins.darwin.notes;

import java.util.StringJoiner;

/**
 * What became of every commit of a range: together as many as there are.
 *
 * @param told in a section of their own
 * @param folded under "Also in this release"
 * @param taken reverted, and what reverted them
 * @param bumps changes of the version alone
 * @param merges that tell nothing of their own
 * @param repeated told already: a backport and its origin, or what an earlier release had
 */
public record Account(int told, int folded, int taken, int bumps, int merges, int repeated) {
    /** How many commits that are. */
    public int commits() {
        return told + folded + taken + bumps + merges + repeated;
    }

    /** One line for people. */
    @Override
    public String toString() {
        StringJoiner parts = new StringJoiner(", ", commits() + (commits() == 1 ? " commit: " : " commits: "), "");
        parts.setEmptyValue("no commit");
        add(parts, told, "told");
        add(parts, folded, "folded");
        add(parts, taken, "reverted or reverting");
        add(parts, repeated, "told already");
        add(parts, bumps, "version bumps");
        add(parts, merges, "merges");
        return parts.toString();
    }

    private static void add(StringJoiner parts, int count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }
}
