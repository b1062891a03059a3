package io.jenkins.plugins.darwin.load;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The test of Mann and Whitney: how probable it is that chance alone makes one of two sets of samples lie so far above the other.
 * By the normal distribution, with the correction for ties: good from some twenty samples on, and fewer are not judged here.
 */
final class MannWhitney {
    private MannWhitney() {}

    /** @return probability, if nothing changed, that {@code now} lies above {@code before} as much as it does, or more */
    static double above(Samples before, Samples now) {
        double n = before.size();
        double m = now.size();
        double[][] all = new double[before.size() + now.size()][2];
        for (int i = 0; i < before.size(); i++) {
            all[i][0] = before.sorted()[i];
        }
        double[] later = now.sorted();
        for (int i = 0; i < later.length; i++) {
            all[before.size() + i] = new double[] {later[i], 1};
        }
        Arrays.sort(all, Comparator.comparingDouble(v -> v[0]));
        double ranks = 0;
        double ties = 0;
        for (int from = 0; from < all.length; ) {
            int to = from;
            while (to < all.length && all[to][0] == all[from][0]) {
                to++;
            }
            double rank = (from + 1 + to) / 2.0; // of equal ones the middle
            for (int i = from; i < to; i++) {
                ranks += all[i][1] * rank;
            }
            double tied = to - from;
            ties += tied * tied * tied - tied;
            from = to;
        }
        double u = ranks - m * (m + 1) / 2;
        double total = n + m;
        double variance = n * m / 12 * (total + 1 - ties / (total * (total - 1)));
        if (variance <= 0) {
            return 1; // all are equal
        }
        return 1 - normal((u - n * m / 2 - 0.5) / Math.sqrt(variance)); // continuity: U goes in steps of one
    }

    /** The standard normal distribution, by Abramowitz and Stegun 26.2.17: off by less than 1e-7. */
    static double normal(double z) {
        if (z < 0) {
            return 1 - normal(-z);
        }
        double t = 1 / (1 + 0.2316419 * z);
        double polynomial =
                t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return 1 - Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * polynomial;
    }
}
