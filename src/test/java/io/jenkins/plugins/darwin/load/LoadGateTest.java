package io.jenkins.plugins.darwin.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** On series that are made, of which the truth is known. */
class LoadGateTest {
    private static final int RUNS = 400;

    /** Chance alone is called worse in one test of twenty at most. */
    @Test
    void falseAlarmsAreRare() {
        assertThat(worse(200, 1.0, 0.2, LoadGate.Options.DEFAULT)).isLessThanOrEqualTo(0.05);
        // Also where any change would matter, so that only the bound holds it back.
        LoadGate.Options any = new LoadGate.Options(100, 0, Map.of(), Set.of());
        assertThat(worse(200, 1.0, 0.2, any)).isLessThanOrEqualTo(0.05);
        assertThat(worse(1200, 1.0, 0.6, any)).isLessThanOrEqualTo(0.05);
    }

    @Test
    void aShiftOfTenPercentIsFoundWithTwoHundredSamples() {
        assertThat(worse(200, 1.1, 0.2, LoadGate.Options.DEFAULT)).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void aShiftBelowTheThresholdIsTheSameHoweverSure() {
        assertThat(worse(5000, 1.02, 0.1, LoadGate.Options.DEFAULT)).isZero();
        LoadGate.Options fine = new LoadGate.Options(100, 0.01, Map.of(), Set.of());
        assertThat(worse(5000, 1.02, 0.1, fine)).isGreaterThan(0.95);
    }

    /** A tail that grows while the middle stays. */
    @Test
    void aSlowTailIsFoundByItsQuantile() {
        Random random = new Random(7);
        double[] before = series(random, 2000, 1, 0.1);
        double[] now = series(random, 2000, 1, 0.1);
        for (int i = 0; i < now.length; i += 12) {
            now[i] *= 3;
        }
        LoadGate.Measure measure = compare(before, now, LoadGate.Options.DEFAULT);
        assertThat(measure.verdict()).isEqualTo(Verdict.WORSE);
        assertThat(measure.quantiles()).extracting(LoadGate.Quantile::quantile).containsExactly("median", "p95", "p99");
        assertThat(measure.quantiles())
                .extracting(LoadGate.Quantile::verdict)
                .containsExactly(Verdict.SAME, Verdict.WORSE, Verdict.WORSE);
        assertThat(measure.sentence()).startsWith("worse: p95 ").doesNotContain("median");
    }

    @Test
    void fasterIsBetterAndForAThroughputWorse() {
        Random random = new Random(11);
        double[] before = series(random, 300, 100, 0.1);
        double[] now =
                Arrays.stream(series(random, 300, 100, 0.1)).map(v -> v * 0.8).toArray();
        assertThat(compare(before, now, LoadGate.Options.DEFAULT).verdict()).isEqualTo(Verdict.BETTER);
        LoadGate.Options throughput = new LoadGate.Options(100, 0.05, Map.of(), Set.of("m"));
        assertThat(compare(before, now, throughput).verdict()).isEqualTo(Verdict.WORSE);
        assertThat(compare(now, before, throughput).verdict()).isEqualTo(Verdict.BETTER);
        LoadGate.Options patient = new LoadGate.Options(100, 0.05, Map.of("m", 0.5), Set.of("m"));
        assertThat(compare(before, now, patient).verdict()).isEqualTo(Verdict.SAME);
    }

    @Test
    void fewSamplesTellNothingAndFewerQuantiles() {
        Random random = new Random(13);
        LoadGate.Measure few =
                compare(series(random, 99, 1, 0.1), series(random, 500, 2, 0.1), LoadGate.Options.DEFAULT);
        assertThat(few.verdict()).isEqualTo(Verdict.NOT_ENOUGH_DATA);
        assertThat(few.sentence()).isEqualTo("not enough data: 99 samples before, expected at least 100");
        LoadGate.Measure some =
                compare(series(random, 150, 1, 0.1), series(random, 900, 1, 0.1), LoadGate.Options.DEFAULT);
        assertThat(some.quantiles()).extracting(LoadGate.Quantile::quantile).containsExactly("median");
        assertThat(some.sentence()).startsWith("same: median ");
    }

    @Test
    void whatOnlyOneFileHasIsToldAndOneWorseMeasureIsEnough() {
        Random random = new Random(17);
        LoadFile before = new LoadFile(
                "x",
                Map.of("a", samples(series(random, 200, 1, 0.1)), "b", samples(series(random, 200, 1, 0.1))),
                Map.of());
        LoadFile now = new LoadFile(
                "x",
                Map.of("a", samples(series(random, 200, 2, 0.1)), "c", samples(series(random, 200, 1, 0.1))),
                Map.of());
        LoadGate.Result result = new LoadGate(LoadGate.Options.DEFAULT).compare(before, now);
        assertThat(result.verdict()).isEqualTo(Verdict.WORSE);
        assertThat(result.measures())
                .extracting(LoadGate.Measure::verdict)
                .containsExactly(Verdict.WORSE, Verdict.NOT_ENOUGH_DATA, Verdict.NOT_ENOUGH_DATA);
        assertThat(result.measures().get(1).sentence()).contains("0 samples now");
        assertThat(result.measures().get(2).sentence()).contains("0 samples before");
    }

    @Test
    void equalSeriesAndZeroesAreTheSame() {
        double[] constant = new double[200];
        Arrays.fill(constant, 5);
        assertThat(compare(constant, constant, LoadGate.Options.DEFAULT).verdict())
                .isEqualTo(Verdict.SAME);
        double[] zero = new double[200];
        assertThat(compare(zero, zero, LoadGate.Options.DEFAULT).verdict()).isEqualTo(Verdict.SAME);
        assertThat(compare(zero, constant, LoadGate.Options.DEFAULT).verdict()).isEqualTo(Verdict.WORSE);
    }

    @Test
    void theSameInputGivesTheSameAnswer() {
        double[] before = series(new Random(1), 200, 1, 0.3);
        double[] now = series(new Random(2), 200, 1.05, 0.3);
        assertThat(compare(before, now, LoadGate.Options.DEFAULT))
                .isEqualTo(compare(before, now, LoadGate.Options.DEFAULT));
    }

    /** The example of Mann and Whitney's U in many a textbook: U = 3 of 5 and 4; here by the normal distribution. */
    @Test
    void mannAndWhitney() {
        Samples low = new Samples(new double[] {1, 2, 3, 4, 5}, 0);
        Samples high = new Samples(new double[] {6, 7, 8, 9, 10}, 0);
        // U = 25 of 25: z = (25 - 12.5 - 0.5) / sqrt(25 * 11 / 12) = 2.5067
        assertThat(MannWhitney.above(low, high)).isCloseTo(0.00609, within(0.00002));
        // U = 0: z = (0 - 12.5 - 0.5) / 4.787 = -2.7156
        assertThat(MannWhitney.above(high, low)).isCloseTo(0.99669, within(0.00002));
        Samples tied = new Samples(new double[] {1, 1, 1, 1}, 0);
        assertThat(MannWhitney.above(tied, tied)).isEqualTo(1);
        // Half of all tie: ranks 1.5 1.5 4.5 4.5 4.5 4.5, U = 2 * 4.5 + 1.5 - 6 = 4.5; mean 4.5
        assertThat(MannWhitney.above(new Samples(new double[] {1, 2, 2}, 0), new Samples(new double[] {1, 2, 2}, 0)))
                .isCloseTo(0.5 + 0.10, within(0.02));
    }

    @Test
    void theNormalDistribution() {
        assertThat(MannWhitney.normal(0)).isCloseTo(0.5, within(1e-7));
        assertThat(MannWhitney.normal(1.959964)).isCloseTo(0.975, within(1e-6));
        assertThat(MannWhitney.normal(-2.326348)).isCloseTo(0.01, within(1e-6));
    }

    /** The bounds hold the truth as often as they say. */
    @Test
    void theBoundsOfTheBootstrapCoverTheTruth() {
        Random random = new Random(23);
        int covered = 0;
        for (int i = 0; i < RUNS; i++) {
            double[] bounds = new Bootstrap()
                    .change(samples(series(random, 200, 1, 0.2)), samples(series(random, 200, 1.1, 0.2)), 0.5, 0.05);
            covered += bounds[0] <= 0.1 && bounds[1] >= 0.1 ? 1 : 0;
        }
        assertThat(covered / (double) RUNS).isBetween(0.86, 0.96);
    }

    @Test
    void aSummaryIsJudgedOnlyByThePercentilesThatItHas() {
        Collected collected = new Collected();
        collected.summary("m", 2000, 3, new java.util.TreeMap<>(Map.of(0.0, 1.0, 0.5, 10.0, 0.95, 20.0, 1.0, 100.0)));
        Samples made = collected.file("x").samples().get("m");
        assertThat(made.size()).isEqualTo(2000);
        assertThat(made.quantile(0.5)).isCloseTo(10, within(0.05));
        assertThat(made.quantile(0.95)).isCloseTo(20, within(0.5));
        LoadFile file = collected.file("x");
        LoadGate.Measure measure = new LoadGate(LoadGate.Options.DEFAULT)
                .compare(file, file)
                .measures()
                .get(0);
        assertThat(measure.quantiles()).extracting(LoadGate.Quantile::quantile).containsExactly("median", "p95");
        assertThat(measure.sentence()).contains("a summary gives percentiles alone");
        assertThat(measure.failedNow()).isEqualTo(3);
    }

    private static double worse(int samples, double shift, double spread, LoadGate.Options options) {
        Random random = new Random(samples * 31L + Math.round(shift * 1000));
        int runs = samples > 1000 ? RUNS / 4 : RUNS;
        int worse = 0;
        for (int i = 0; i < runs; i++) {
            LoadGate.Measure measure = compare(
                    series(random, samples, 100, spread), series(random, samples, 100 * shift, spread), options);
            worse += measure.verdict() == Verdict.WORSE ? 1 : 0;
        }
        return worse / (double) runs;
    }

    /** Like times of answers: skewed, never below zero. */
    private static double[] series(Random random, int count, double middle, double spread) {
        DoubleUnaryOperator time = z -> middle * Math.exp(spread * z);
        double[] values = new double[count];
        Arrays.setAll(values, i -> time.applyAsDouble(random.nextGaussian()));
        return values;
    }

    private static Samples samples(double[] values) {
        return new Samples(values, 0);
    }

    private static LoadGate.Measure compare(double[] before, double[] now, LoadGate.Options options) {
        return new LoadGate(options)
                .compare(
                        new LoadFile("x", Map.of("m", samples(before)), Map.of()),
                        new LoadFile("x", Map.of("m", samples(now)), Map.of()))
                .measures()
                .get(0);
    }
}
