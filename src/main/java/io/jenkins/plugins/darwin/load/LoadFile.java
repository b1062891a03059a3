package io.jenkins.plugins.darwin.load;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A load test's results.
 *
 * @param format what it was read as, for people
 * @param samples by measure
 * @param notes by measure, why there are no samples of it; "" for all
 */
public record LoadFile(String format, Map<String, Samples> samples, Map<String, String> notes) {
    public LoadFile {
        samples = Collections.unmodifiableMap(new TreeMap<>(samples));
        notes = Collections.unmodifiableMap(new TreeMap<>(notes));
    }
}
