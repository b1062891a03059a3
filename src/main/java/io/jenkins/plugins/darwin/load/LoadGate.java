package io.jenkins.plugins.darwin.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Compares a load test with an earlier one (process document, 3.4). Something is worse only when the estimate says so (it changed
 * by the threshold or more) <em>and</em> the bound does (chance alone gives such a change in one test of twenty at most, over all
 * quantiles of a measure).
 */
public final class LoadGate {
    /** How often chance alone may be called worse, over all quantiles of a measure. */
    private static final double FALSE_ALARMS = 0.05;
    /** The median's share of that, where there are others: it finds most, with the fewest samples. */
    private static final double OF_MEDIAN = 0.6;
    /** Samples beyond a quantile, without which its place is a guess. */
    private static final int BEYOND = 10;

    private static final Map<String, Double> QUANTILES = Map.of("median", 0.5, "p95", 0.95, "p99", 0.99);
    private static final List<String> ORDER = List.of("median", "p95", "p99");

    /**
     * @param minSamples of each of the two, below which nothing is said
     * @param threshold relative change that matters, 0.05 for five percent
     * @param thresholds of single measures
     * @param higherIsBetter measures such as a throughput
     */
    public record Options(
            int minSamples, double threshold, Map<String, Double> thresholds, java.util.Set<String> higherIsBetter) {
        /** A hundred samples, four percent: a change of ten is then found by two hundred samples in 95 of 100 tests. */
        public static final Options DEFAULT = new Options(100, 0.04, Map.of(), java.util.Set.of());
    }

    /**
     * One quantile of a measure.
     *
     * @param change relative, of the estimates
     * @param low lower bound of it
     * @param high upper bound of it
     */
    public record Quantile(
            String quantile, double before, double now, double change, double low, double high, Verdict verdict) {}

    /**
     * @param sentence the verdict in words
     * @param quantiles those that there are samples enough for
     * @param chance of Mann and Whitney: how probable it is that chance alone made all of it as much slower (or, where higher is
     *     better, lower); empty when there is not enough data
     */
    public record Measure(
            String name,
            Verdict verdict,
            String sentence,
            int samplesBefore,
            int samplesNow,
            int failedBefore,
            int failedNow,
            List<Quantile> quantiles,
            Optional<Double> chance) {}

    /** @param verdict the worst of all measures; not enough data only when there is for none */
    public record Result(Verdict verdict, List<Measure> measures) {}

    private final Options options;

    public LoadGate(Options options) {
        this.options = options;
    }

    /** @param notes by measure, why a file has no samples of it */
    public Result compare(LoadFile before, LoadFile now) {
        TreeSet<String> names = new TreeSet<>(now.samples().keySet());
        names.addAll(before.samples().keySet());
        names.addAll(now.notes().keySet());
        List<Measure> measures =
                names.stream().map(n -> measure(n, before, now)).toList();
        return new Result(overall(measures), measures);
    }

    private static Verdict overall(List<Measure> measures) {
        for (Verdict verdict : List.of(Verdict.WORSE, Verdict.BETTER, Verdict.SAME)) {
            if (measures.stream().anyMatch(m -> m.verdict() == verdict)) {
                return verdict;
            }
        }
        return Verdict.NOT_ENOUGH_DATA;
    }

    private Measure measure(String name, LoadFile before, LoadFile now) {
        Samples old = before.samples().getOrDefault(name, new Samples(new double[0], 0));
        Samples fresh = now.samples().getOrDefault(name, new Samples(new double[0], 0));
        Optional<String> lacking = lacking(name, before, old, "before").or(() -> lacking(name, now, fresh, "now"));
        if (lacking.isPresent()) {
            return notEnough(name, lacking.get(), old, fresh);
        }
        if (!old.tells(0.5) || !fresh.tells(0.5)) {
            return notEnough(name, "a summary without a median", old, fresh);
        }
        boolean higher = options.higherIsBetter().contains(name);
        List<String> judged = ORDER.stream()
                .filter(q -> old.tells(QUANTILES.get(q)) && fresh.tells(QUANTILES.get(q)))
                .filter(q ->
                        Math.min(old.size(), fresh.size()) * (1 - QUANTILES.get(q)) >= BEYOND || q.equals("median"))
                .toList();
        double chance = higher ? MannWhitney.above(fresh, old) : MannWhitney.above(old, fresh);
        double threshold = options.thresholds().getOrDefault(name, options.threshold());
        Bootstrap bootstrap = new Bootstrap();
        List<Quantile> quantiles = new ArrayList<>();
        for (String q : judged) {
            double share = QUANTILES.get(q);
            double tail = tail(q, judged.size());
            double a = old.quantile(share);
            double b = fresh.quantile(share);
            double[] bounds = bootstrap.change(old, fresh, share, tail);
            double change = Bootstrap.relative(a, b);
            boolean up = change >= threshold && bounds[0] > 0;
            boolean down = change <= -threshold && bounds[1] < 0;
            // The middle has moved only when all of it has.
            double sure = q.equals("median") ? chance : 0;
            Verdict verdict = (higher ? down : up) && sure <= tail
                    ? Verdict.WORSE
                    : (higher ? up : down) && (!q.equals("median") || 1 - chance <= tail)
                            ? Verdict.BETTER
                            : Verdict.SAME;
            quantiles.add(new Quantile(q, a, b, change, bounds[0], bounds[1], verdict));
        }
        Verdict verdict = quantiles.stream().anyMatch(q -> q.verdict() == Verdict.WORSE)
                ? Verdict.WORSE
                : quantiles.stream().anyMatch(q -> q.verdict() == Verdict.BETTER) ? Verdict.BETTER : Verdict.SAME;
        return new Measure(
                name,
                verdict,
                sentence(verdict, quantiles, threshold)
                        + (old.known().isEmpty() && fresh.known().isEmpty()
                                ? ""
                                : " (a summary gives percentiles alone: what is between them is laid evenly)"),
                old.size(),
                fresh.size(),
                old.failed(),
                fresh.failed(),
                quantiles,
                Optional.of(chance));
    }

    private static double tail(String quantile, int judged) {
        if (judged == 1) {
            return FALSE_ALARMS;
        }
        return quantile.equals("median") ? FALSE_ALARMS * OF_MEDIAN : FALSE_ALARMS * (1 - OF_MEDIAN) / (judged - 1);
    }

    private static Measure notEnough(String name, String why, Samples old, Samples fresh) {
        return new Measure(
                name,
                Verdict.NOT_ENOUGH_DATA,
                "not enough data: " + why,
                old.size(),
                fresh.size(),
                old.failed(),
                fresh.failed(),
                List.of(),
                Optional.empty());
    }

    private Optional<String> lacking(String name, LoadFile file, Samples samples, String when) {
        if (samples.size() >= options.minSamples()) {
            return Optional.empty();
        }
        String why = file.notes().getOrDefault(name, file.notes().getOrDefault("", ""));
        return Optional.of(samples.size() + (samples.size() == 1 ? " sample " : " samples ") + when
                + ", expected at least " + options.minSamples() + (why.isEmpty() ? "" : " (" + why + ")"));
    }

    private static String sentence(Verdict verdict, List<Quantile> quantiles, double threshold) {
        List<String> told = new ArrayList<>();
        for (Quantile q : quantiles) {
            if (q.verdict() == verdict || verdict == Verdict.SAME) {
                told.add(String.format(
                        Locale.ROOT,
                        "%s %s -> %s (%+.1f %%, between %+.1f and %+.1f)",
                        q.quantile(),
                        number(q.before()),
                        number(q.now()),
                        100 * q.change(),
                        100 * q.low(),
                        100 * q.high()));
            }
        }
        String rest = verdict == Verdict.SAME
                ? String.format(Locale.ROOT, "; nothing changed by %.0f %% or more beyond chance", 100 * threshold)
                : "";
        return verdict.phrase() + ": " + String.join(", ", told) + rest;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.2f", value);
    }
}
