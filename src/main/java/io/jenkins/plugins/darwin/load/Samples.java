package io.jenkins.plugins.darwin.load;

import java.util.Arrays;
import java.util.Set;

/**
 * What was measured of one thing.
 *
 * @param sorted in ascending order, in the unit of the tool (milliseconds as a rule)
 * @param failed requests that failed: their times say nothing, and are left out
 * @param known the shares at which a summary gave percentiles, where the samples are laid between those; empty for real samples
 */
public record Samples(double[] sorted, int failed, Set<Double> known) {
    public Samples {
        sorted = sorted.clone();
        Arrays.sort(sorted);
        known = Set.copyOf(known);
    }

    public Samples(double[] sorted, int failed) {
        this(sorted, failed, Set.of());
    }

    public int size() {
        return sorted.length;
    }

    /** Whether something is known of this quantile: a summary knows only those that it gives. */
    boolean tells(double share) {
        return known.isEmpty() || known.contains(share);
    }

    /** The smallest sample that at least this share of all is not above. */
    double quantile(double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1];
    }
}
