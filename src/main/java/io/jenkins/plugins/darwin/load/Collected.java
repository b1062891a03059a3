package io.jenkins.plugins.darwin.load;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

/** Samples as they come, by measure. */
final class Collected {
    /** Of one measure; a day of a thousand requests a second. */
    private static final int MOST = 100_000_000;

    private static final int MOST_MEASURES = 10_000;

    private static final class Growing {
        private double[] values = new double[64];
        private int size;
        private int failed;
        private Set<Double> known = Set.of();

        void add(double value) {
            if (size == values.length) {
                if (size >= MOST) {
                    throw ReleaseException.usage("More than " + MOST + " samples of one measure.");
                }
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }
    }

    private final Map<String, Growing> all = new HashMap<>();
    private final Map<String, String> notes = new HashMap<>();

    void add(String measure, double value) {
        if (Double.isFinite(value)) {
            of(measure).add(value);
        }
    }

    void failed(String measure) {
        of(measure).failed++;
    }

    /**
     * Of a summary, which tells percentiles and no samples: as many samples, laid evenly between them.
     *
     * @param percentiles values by share, 0 for the smallest and 1 for the largest
     */
    void summary(String measure, int count, int failures, NavigableMap<Double, Double> percentiles) {
        Growing growing = of(measure);
        growing.failed += failures;
        growing.known = Set.copyOf(percentiles.keySet());
        for (int i = 0; i < count; i++) {
            double share = (i + 0.5) / count;
            Map.Entry<Double, Double> low = percentiles.floorEntry(share);
            Map.Entry<Double, Double> high = percentiles.ceilingEntry(share);
            if (low != null && high != null) {
                double between = high.getKey() - low.getKey();
                double part = between == 0 ? 0 : (share - low.getKey()) / between;
                growing.add(low.getValue() + part * (high.getValue() - low.getValue()));
            }
        }
    }

    /** Why a file has no samples of a measure. */
    void note(String measure, String why) {
        notes.put(ForeignText.line(measure), why);
    }

    boolean isEmpty() {
        return all.isEmpty() && notes.isEmpty();
    }

    private Growing of(String measure) {
        if (all.size() >= MOST_MEASURES && !all.containsKey(measure)) {
            throw ReleaseException.usage("More than " + MOST_MEASURES + " measures in one file.");
        }
        return all.computeIfAbsent(ForeignText.line(measure), m -> new Growing());
    }

    LoadFile file(String format) {
        Map<String, Samples> samples = new HashMap<>();
        all.forEach((name, growing) -> samples.put(
                name, new Samples(Arrays.copyOf(growing.values, growing.size), growing.failed, growing.known)));
        return new LoadFile(format, samples, notes);
    }
}
