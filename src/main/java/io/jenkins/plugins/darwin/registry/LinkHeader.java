package io.jenkins.plugins.darwin.registry;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the next page in Link headers (RFC 8288, 3). One pass over each header, however it is made, and the first
 * {@value #MOST_CHARACTERS} characters only: a server decides how long it is.
 */
final class LinkHeader {
    static final int MOST_CHARACTERS = 16 * 1024;

    private final String text;
    private int at;

    private LinkHeader(String text) {
        this.text = text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
    }

    /** The target of the first link whose relation is {@code next}. */
    static Optional<String> next(List<String> headers) {
        return headers.stream()
                .limit(10)
                .flatMap(header -> new LinkHeader(header).find().stream())
                .findFirst();
    }

    private Optional<String> find() {
        while (at < text.length()) {
            int open = text.indexOf('<', at);
            int close = open < 0 ? -1 : text.indexOf('>', open);
            if (close < 0) {
                return Optional.empty();
            }
            at = close + 1;
            if (parametersSayNext()) {
                return Optional.of(text.substring(open + 1, close));
            }
        }
        return Optional.empty();
    }

    /** Reads {@code ;name=value} up to the comma that ends this link. */
    private boolean parametersSayNext() {
        boolean next = false;
        while (at < text.length() && text.charAt(at) != ',') {
            if (text.charAt(at) != ';') {
                at++;
                continue;
            }
            at++;
            String name = token().toLowerCase(Locale.ROOT);
            skipSpaces();
            if (at < text.length() && text.charAt(at) == '=') {
                at++;
                next |= value(name.equals("rel"));
            }
        }
        return next;
    }

    private boolean value(boolean relation) {
        skipSpaces();
        String value;
        if (at < text.length() && text.charAt(at) == '"') {
            int end = text.indexOf('"', at + 1);
            end = end < 0 ? text.length() : end;
            value = text.substring(at + 1, end);
            at = Math.min(end + 1, text.length());
        } else {
            value = token();
        }
        return relation && List.of(value.toLowerCase(Locale.ROOT).split("\\s+")).contains("next");
    }

    private String token() {
        skipSpaces();
        int start = at;
        while (at < text.length() && ";,= \t\"<".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skipSpaces() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }
}
