package io.jenkins.plugins.darwin.check;

import io.jenkins.plugins.darwin.chart.ChartImages.Asked;
import io.jenkins.plugins.darwin.chart.ImageReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was found when the images of charts were compared, in sentences that say no more than was looked at. */
final class ChartReport {
    private final Map<ChartTruth.Kind, Integer> counts = new LinkedHashMap<>();
    private final Set<ImageReference> seen = new HashSet<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** @param strict whether one that nobody named is refused: only where Helm itself said that the chart asks for it */
    void add(ChartTruth truth, Asked asked, boolean strict) {
        ChartTruth.Verdict verdict = truth.judge(asked.image());
        if (!seen.add(asked.image())) {
            return; // told with the first place, a file before a rendering
        }
        counts.merge(verdict.kind(), 1, Integer::sum);
        if (verdict.kind() == ChartTruth.Kind.WRONG) {
            wrong.add(asked + ": " + verdict.why());
        } else if (verdict.kind() == ChartTruth.Kind.UNKNOWN && strict) {
            unknown.add(asked.toString());
        }
    }

    void note(String text) {
        if (!notes.contains(text)) {
            notes.add(text);
        }
    }

    List<String> wrong() {
        return wrong;
    }

    List<String> unknown() {
        return unknown;
    }

    private int count(ChartTruth.Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    /** {@code 7 image references compared: 4 of the release, 2 allowed, 1 of others not looked at}, and how. */
    String said() {
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        int others = count(ChartTruth.Kind.UNKNOWN);
        return all + (all == 1 ? " image reference" : " image references") + " compared: "
                + count(ChartTruth.Kind.VOTED) + " of the release"
                + (count(ChartTruth.Kind.ALLOWED) > 0 ? ", " + count(ChartTruth.Kind.ALLOWED) + " allowed by name" : "")
                + (others > 0 ? ", " + others + " of others not judged" : "")
                + (notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")");
    }
}
