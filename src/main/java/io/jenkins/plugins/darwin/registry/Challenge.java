package io.jenkins.plugins.darwin.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One challenge of a {@code WWW-Authenticate} header (RFC 9110, 11.6.1).
 *
 * @param scheme in lower case
 * @param parameters by name in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {
    private static final Pattern PART = Pattern.compile(
            "\\G[\\s,]*(?:([A-Za-z0-9_.-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]*))|([A-Za-z][A-Za-z0-9-]*)(?=\\s|,|$))");

    /** Reads all challenges of all such headers; what is malformed ends the reading of its header. */
    static List<Challenge> parse(List<String> headers) {
        List<Challenge> all = new ArrayList<>();
        for (String header : headers) {
            Matcher part = PART.matcher(header);
            while (part.find()) {
                if (part.group(4) != null) {
                    all.add(new Challenge(part.group(4).toLowerCase(Locale.ROOT), new TreeMap<>()));
                } else if (!all.isEmpty()) {
                    String value = part.group(2) != null ? part.group(2).replaceAll("\\\\(.)", "$1") : part.group(3);
                    all.get(all.size() - 1).parameters().put(part.group(1).toLowerCase(Locale.ROOT), value);
                }
            }
        }
        return all;
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
