package io.jenkins.plugins.darwin.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One challenge of a {@code WWW-Authenticate} header (RFC 9110, 11.6.1).
 *
 * @param scheme in lower case
 * @param parameters by name in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {
    /** Longer ones are cut: a server decides how long they are, and no real one comes near. */
    static final int MOST_CHARACTERS = 16 * 1024;

    private static final int MOST_HEADERS = 10;

    /** Reads all challenges of all such headers in one pass; what is malformed ends the reading of its header. */
    static List<Challenge> parse(List<String> headers) {
        List<Challenge> all = new ArrayList<>();
        headers.stream()
                .limit(MOST_HEADERS)
                .forEach(header ->
                        new Reader(header.substring(0, Math.min(header.length(), MOST_CHARACTERS))).read(all));
        return all;
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** Reads one header from left to right, never going back. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        void read(List<Challenge> all) {
            while (true) {
                skip(" \t,");
                String word = word();
                if (word.isEmpty()) {
                    return;
                }
                int afterWord = at;
                skip(" \t");
                if (at < text.length() && text.charAt(at) == '=') {
                    at++;
                    skip(" \t");
                    String value = value();
                    if (value == null || all.isEmpty()) {
                        return;
                    }
                    all.get(all.size() - 1).parameters().putIfAbsent(word.toLowerCase(Locale.ROOT), value);
                } else if (at == afterWord && at < text.length() && text.charAt(at) != ',') {
                    return; // neither a scheme nor a parameter
                } else {
                    all.add(new Challenge(word.toLowerCase(Locale.ROOT), new TreeMap<>()));
                }
            }
        }

        private void skip(String characters) {
            while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private String word() {
            int start = at;
            while (at < text.length() && isTokenCharacter(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private static boolean isTokenCharacter(char c) {
            return (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
        }

        /** Quoted, or up to the next white space or comma; null when the quotes don't end. */
        private String value() {
            if (at >= text.length() || text.charAt(at) != '"') {
                int start = at;
                while (at < text.length() && " \t,\"".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
                return text.substring(start, at);
            }
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return value.toString();
                }
                if (c == '\\' && at + 1 < text.length()) {
                    c = text.charAt(++at);
                }
                value.append(c);
            }
            return null;
        }
    }
}
