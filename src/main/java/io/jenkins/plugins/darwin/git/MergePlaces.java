package io.jenkins.plugins.darwin.git;

import java.util.Map;

/**
 * Files as they shall count in a merge, by path, on each of the three sides: so values that one side wrote by rule, such
 * as a version, are no conflict. A path that is not named counts as it is.
 */
public record MergePlaces(Map<String, byte[]> base, Map<String, byte[]> ours, Map<String, byte[]> theirs) {
    public MergePlaces {
        base = Map.copyOf(base);
        ours = Map.copyOf(ours);
        theirs = Map.copyOf(theirs);
    }

    /** Everything counts as it is. */
    public static MergePlaces none() {
        return new MergePlaces(Map.of(), Map.of(), Map.of());
    }

    boolean isEmpty() {
        return base.isEmpty() && ours.isEmpty() && theirs.isEmpty();
    }
}
