package io.jenkins.plugins.darwin.jenkins.vote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.List;
import java.util.Map;

/**
 * A vote's long lists, a page at a time: an open page asks for them again and again, and five thousand ballots would be
 * megabytes each time. Without parameters the last ones are told; {@code from} and {@code count} ask for others.
 */
final class GatePages {
    /** Entries of a list that are told without asking. */
    static final int USUAL = 500;
    /** Entries of a list in one answer. */
    static final int MOST = 1_000;

    private static final List<String> LISTS = List.of("history", "ballots");

    private GatePages() {}

    /**
     * Cuts the lists down; {@code historyFrom}, {@code historyTotal}, {@code ballotsFrom}, {@code ballotsTotal} say what
     * was cut.
     *
     * @param parameters of the request: {@code from}, index of the first entry, and {@code count}
     * @throws ReleaseException usage, for what is no number
     */
    static void cut(ObjectNode state, Map<String, String[]> parameters) {
        String from = only(parameters, "from");
        String count = only(parameters, "count");
        for (String name : LISTS) {
            ArrayNode all = (ArrayNode) state.get(name);
            int wanted = Math.min(number("count", count, USUAL), MOST);
            int first = Math.min(number("from", from, Math.max(0, all.size() - wanted)), all.size());
            ArrayNode page = state.arrayNode();
            for (int i = first; i < Math.min(all.size(), first + wanted); i++) {
                page.add(all.get(i));
            }
            state.put(name + "From", first).put(name + "Total", all.size()).set(name, page);
        }
    }

    private static String only(Map<String, String[]> parameters, String name) {
        String[] values = parameters.get(name);
        return values == null || values.length == 0 ? null : values[0];
    }

    private static int number(String name, String given, int otherwise) {
        if (given == null || given.isEmpty()) {
            return otherwise;
        }
        if (!given.matches("[0-9]{1,7}")) {
            throw ReleaseException.usage(
                    "Not a page of the vote: expected '" + name + "' to be a number, found another text.");
        }
        return Integer.parseInt(given);
    }
}
