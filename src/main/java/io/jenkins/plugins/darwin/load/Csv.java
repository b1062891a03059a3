package io.jenkins.plugins.darwin.load;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** Records of a CSV file (RFC 4180): fields may be quoted, and quoted ones may have line ends. */
final class Csv {
    private static final int LONGEST = 1 << 20;

    private final Reader in;
    private final char separator;
    private int next;

    Csv(Reader in, char separator) throws IOException {
        this.in = in;
        this.separator = separator;
        this.next = in.read();
    }

    /** @return null at the end */
    List<String> read() throws IOException {
        while (next == '\n' || next == '\r') {
            next = in.read();
        }
        if (next < 0) {
            return null;
        }
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        while (true) {
            if (next < 0 || !quoted && (next == '\n' || next == '\r')) {
                fields.add(field.toString());
                return fields;
            }
            char c = (char) next;
            next = in.read();
            if (c == '"' && quoted && next == '"') {
                field.append('"');
                next = in.read();
            } else if (c == '"' && (quoted || field.isEmpty())) {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else if (field.length() < LONGEST) {
                field.append(c);
            }
        }
    }
}
