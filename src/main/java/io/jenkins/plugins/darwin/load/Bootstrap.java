package io.jenkins.plugins.darwin.load;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How far a difference of quantiles would move if the tests were run again: the bootstrap. The k-th of n samples drawn again
 * from n is the old one at a share that has the Beta distribution (k, n - k + 1), so that a draw costs the same for a hundred
 * samples as for a million. The same input gives the same answer.
 */
final class Bootstrap {
    private static final int DRAWS = 4000;
    private static final long SEED = 20_240_229;

    private final SplittableRandom random = new SplittableRandom(SEED);

    /**
     * Bounds of the relative change of a quantile, {@code now / before - 1}.
     *
     * @param tail probability that is left out at each end
     * @return lower and upper bound
     */
    double[] change(Samples before, Samples now, double share, double tail) {
        double[] changes = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            double old = draw(before, share);
            double fresh = draw(now, share);
            changes[i] = relative(old, fresh);
        }
        Arrays.sort(changes);
        int at = (int) Math.floor(tail * DRAWS);
        return new double[] {changes[at], changes[DRAWS - 1 - at]};
    }

    static double relative(double before, double now) {
        if (before == now) {
            return 0;
        }
        return before == 0 ? Double.MAX_VALUE : now / before - 1;
    }

    private double draw(Samples samples, double share) {
        int n = samples.size();
        int k = Math.min(n, Math.max(1, (int) Math.ceil(share * n)));
        double at = beta(k, n - k + 1);
        return samples.sorted()[Math.min(n - 1, (int) (at * n))];
    }

    private double beta(double a, double b) {
        double x = gamma(a);
        return x / (x + gamma(b));
    }

    /** Marsaglia and Tsang's method, for shapes of one and more. */
    private double gamma(double shape) {
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double z = gaussian();
            double v = 1 + c * z;
            if (v <= 0) {
                continue;
            }
            v = v * v * v;
            double u = random.nextDouble();
            if (u > 0 && Math.log(u) < 0.5 * z * z + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }

    /** Marsaglia's polar method. */
    private double gaussian() {
        while (true) {
            double x = 2 * random.nextDouble() - 1;
            double y = 2 * random.nextDouble() - 1;
            double s = x * x + y * y;
            if (s > 0 && s < 1) {
                return x * Math.sqrt(-2 * Math.log(s) / s);
            }
        }
    }
}
