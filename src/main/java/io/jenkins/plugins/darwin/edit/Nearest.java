package io.jenkins.plugins.darwin.edit;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Finds what someone probably meant. */
public final class Nearest {
    /** Below this a hint misleads more than it helps: "author" and "charts" have 0.56, "quorun" and "quorum" 0.93. */
    private static final double ENOUGH = 0.72;

    private Nearest() {}

    public static Optional<String> to(String word, Collection<String> valid) {
        JaroWinklerSimilarity similarity = new JaroWinklerSimilarity();
        String wanted = word.toLowerCase(Locale.ROOT);
        return valid.stream()
                .map(v -> new Scored(v, similarity.apply(wanted, v.toLowerCase(Locale.ROOT))))
                .filter(s -> s.score >= ENOUGH)
                .max(Comparator.comparingDouble(Scored::score))
                .map(Scored::word);
    }

    private record Scored(String word, double score) {}
}
