package io.jenkins.plugins.darwin.jenkins.remote;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Outcome;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an agent answers, in JDK types only: exceptions of libraries would be refused at the controller's door.
 *
 * @param outcome done, unchanged, planned or open; null after a failure
 * @param values what the step returns; empty after a dry run
 * @param failure for people, or null
 * @param defect a stack trace, when nobody foresaw the failure; else null
 */
public record Answer(
        String outcome,
        LinkedHashMap<String, Object> values,
        ArrayList<LinkedHashMap<String, Object>> changes,
        ArrayList<String> warnings,
        String failure,
        String defect)
        implements Serializable {
    /** Checked where it arrives, too: an agent that was taken over may send anything, and this is stored and given to scripts. */
    public Answer {
        values = plain(values);
        changes = plainList(changes);
        warnings = plainList(warnings);
    }

    static Answer of(Outcome<?> outcome, Map<String, Object> values) {
        ArrayList<LinkedHashMap<String, Object>> changes = new ArrayList<>();
        outcome.changes().forEach(change -> changes.add(map(change)));
        return new Answer(
                outcome.kind().name(),
                new LinkedHashMap<>(values),
                changes,
                new ArrayList<>(outcome.warnings()),
                null,
                null);
    }

    static Answer failed(Exception e) {
        if (e instanceof ReleaseException known) {
            return failed(StepAdvice.of(known), null);
        }
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace, true));
        return failed(
                "Failed in a way that nobody foresaw: " + e + ". Please report it with the trace above.",
                trace.toString());
    }

    private static Answer failed(String failure, String defect) {
        return new Answer(null, new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>(), failure, defect);
    }

    private static LinkedHashMap<String, Object> map(Change change) {
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        map.put("kind", change.kind());
        map.put("target", change.target());
        map.put("state", change.state().name());
        map.put("expected", change.expected());
        map.put("found", change.found().orElse(""));
        map.put("made", change.made());
        return map;
    }

    /** What the step returns: the same, and the script's own, so that nothing it does to it changes the stored one. */
    public LinkedHashMap<String, Object> returned() {
        LinkedHashMap<String, Object> copy = plain(values);
        copy.put("changes", plainList(changes));
        return copy;
    }

    /** Texts, numbers, truth values, lists and maps of those, as copies. */
    private static Object plainValue(Object value) {
        if (value instanceof Map<?, ?> map) {
            return plain(map);
        } else if (value instanceof List<?> list) {
            return plainList(list);
        } else if (value == null
                || value instanceof String
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException(
                "Not a plain value: " + value.getClass().getName());
    }

    private static LinkedHashMap<String, Object> plain(Map<?, ?> map) {
        LinkedHashMap<String, Object> plain = new LinkedHashMap<>();
        map.forEach((key, value) -> plain.put((String) key, plainValue(value)));
        return plain;
    }

    @SuppressWarnings("unchecked") // elements are what they were
    private static <T> ArrayList<T> plainList(List<?> list) {
        ArrayList<Object> plain = new ArrayList<>();
        list.forEach(value -> plain.add(plainValue(value)));
        return (ArrayList<T>) plain;
    }

    /** A list that may be stored with a build: no view, no immutable wrapper. */
    static ArrayList<Object> list(List<?> values) {
        return new ArrayList<>(values);
    }
}
