package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.edit.SourceText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is wrong in a file, in its order, one problem a place: a second one there is a consequence of the first. */
final class Problems {
    /** More would hide the first ones. */
    private static final int MOST = 40;

    private final SourceText source;
    private final Map<Integer, String> byOffset = new TreeMap<>();

    Problems(SourceText source) {
        this.source = source;
    }

    void add(int offset, String what) {
        byOffset.putIfAbsent(offset, what);
    }

    int line(int offset) {
        return source.line(offset);
    }

    void throwIfAny() {
        if (byOffset.isEmpty()) {
            return;
        }
        String all = byOffset.entrySet().stream()
                .limit(MOST)
                .map(p -> source.at(p.getKey()) + ": " + p.getValue())
                .collect(Collectors.joining("\n"));
        throw ReleaseException.usage(
                all + (byOffset.size() > MOST ? "\n... and " + (byOffset.size() - MOST) + " more." : ""));
    }
}
