package io.jenkins.plugins.darwin.chart;

import java.util.regex.Pattern;

/**
 * A pattern as Go's {@code path/filepath.Match} has it, which Helm uses: {@code *} and {@code ?} stop at a slash, a class is
 * negated by {@code ^} only, and a backslash makes the next character plain.
 */
final class GoGlob {
    private final String glob;
    private final StringBuilder regex = new StringBuilder();
    /**
     * Where the last star stands, -1 before the first. What comes between two stars is taken where it first fits, and kept:
     * so does Go, and so no pattern can keep the matcher going back.
     */
    private int star = -1;

    private int at;

    private GoGlob(String glob) {
        this.glob = glob;
    }

    /** @throws IllegalArgumentException where Go says "syntax error in pattern" */
    static Pattern compile(String glob) {
        GoGlob parser = new GoGlob(glob);
        while (parser.at < glob.length()) {
            parser.part();
        }
        if (parser.star >= 0) {
            parser.regex.insert(parser.star, "[^/]*");
        }
        return Pattern.compile(parser.regex.toString(), Pattern.DOTALL);
    }

    private void part() {
        switch (glob.charAt(at)) {
            case '*' -> {
                while (at < glob.length() && glob.charAt(at) == '*') {
                    at++;
                }
                if (star >= 0) {
                    regex.insert(star, "(?>[^/]*?").append(')');
                }
                star = regex.length();
            }
            case '?' -> {
                at++;
                regex.append("[^/]");
            }
            case '[' -> characterClass();
            default -> literal(character());
        }
    }

    private void characterClass() {
        at++;
        boolean negated = at < glob.length() && glob.charAt(at) == '^';
        if (negated) {
            at++;
        }
        StringBuilder ranges = new StringBuilder();
        boolean any = false;
        while (!(any && peek() == ']')) {
            any = true;
            int low = bound();
            int high = low;
            if (peek() == '-') {
                at++;
                high = bound();
            }
            if (low <= high) {
                ranges.append(String.format("\\x{%x}-\\x{%x}", low, high));
            }
        }
        at++;
        if (ranges.isEmpty()) {
            regex.append(negated ? "." : "(?!)"); // Go takes [z-a] for a class that holds nothing
        } else {
            regex.append('[').append(negated ? "^" : "").append(ranges).append(']');
        }
    }

    private int bound() {
        if (peek() == '-' || peek() == ']') {
            throw new IllegalArgumentException("syntax error in pattern");
        }
        return character();
    }

    private char peek() {
        if (at >= glob.length()) {
            throw new IllegalArgumentException("syntax error in pattern");
        }
        return glob.charAt(at);
    }

    private int character() {
        if (peek() == '\\') {
            at++;
            peek();
        }
        int character = glob.codePointAt(at);
        at += Character.charCount(character);
        return character;
    }

    private void literal(int character) {
        regex.append(String.format("\\x{%x}", character));
    }
}
