package io.jenkins.plugins.darwin.load;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Reads a load test's results, whatever tool wrote them: k6 ({@code --out csv}, {@code --out json}, summary), JMeter (JTL, as CSV
 * or XML), Gatling ({@code simulation.log} as text), Locust ({@code _stats.csv}), or plain samples. A file that is compressed with
 * gzip is read as such.
 */
public final class LoadReader {
    /** Characters looked at to tell what a file is. */
    private static final int HEAD = 8192;

    private LoadReader() {}

    /**
     * @param only measures to read; empty for all that a format has
     * @throws ReleaseException usage, when it is nothing of all this
     */
    public static LoadFile read(Path file, Set<String> only) {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(plain(raw), StandardCharsets.UTF_8), 2 * HEAD)) {
            LoadFile read = read(in, only);
            if (read == null) {
                throw ReleaseException.usage("Not a load test's results: " + file
                        + " is none of k6 CSV, JSON or summary, JMeter JTL, Gatling log, Locust CSV, plain samples"
                        + " (a number a line, or measure,value).");
            }
            return read;
        } catch (ReleaseException e) {
            throw ReleaseException.usage(
                    e.getMessage().startsWith("Not a load") ? e.getMessage() : file + ": " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            throw ReleaseException.usage(
                    "The results " + file + " can't be read: "
                            + Version.printable(String.valueOf(e.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("")) + ".",
                    e);
        }
    }

    private static InputStream plain(InputStream raw) throws IOException {
        raw.mark(2);
        int first = raw.read();
        int second = raw.read();
        raw.reset();
        return first == 0x1F && second == 0x8B ? new GZIPInputStream(raw) : raw;
    }

    private static LoadFile read(BufferedReader in, Set<String> only) throws IOException {
        String head = head(in);
        String start = head.stripLeading();
        Collected into = new Collected();
        String format;
        if (head.indexOf('\0') >= 0) {
            throw ReleaseException.usage(
                    "bytes that are no text: expected a text; a binary simulation.log of Gatling 3.12"
                            + " and later is read by Gatling alone.");
        } else if (start.startsWith("{") || start.startsWith("[")) {
            format = JsonResults.read(in, start, into, only);
        } else if (start.startsWith("<")) {
            format = JmeterXml.read(in, into);
        } else if (start.startsWith("RUN\t") || start.contains("\nREQUEST\t") || start.startsWith("REQUEST\t")) {
            format = gatling(in, into);
        } else {
            format = CsvResults.read(in, first(start), into, only);
        }
        if (format == null || into.isEmpty()) {
            return null;
        }
        LoadFile all = into.file(format);
        if (only.isEmpty()) {
            return all;
        }
        Collected none = new Collected();
        only.stream()
                .filter(m -> !all.samples().containsKey(m))
                .forEach(m -> none.note(
                        m,
                        "the file has no measure of that name, but "
                                + String.join(
                                        ", ",
                                        all.samples().keySet().stream()
                                                .limit(10)
                                                .toList())));
        java.util.Map<String, Samples> kept = new java.util.TreeMap<>(all.samples());
        kept.keySet().retainAll(only);
        return new LoadFile(format, kept, none.file("").notes());
    }

    private static String head(BufferedReader in) throws IOException {
        char[] buffer = new char[HEAD];
        in.mark(HEAD + 1);
        int read = 0;
        while (read < HEAD) {
            int more = in.read(buffer, read, HEAD - read);
            if (more < 0) {
                break;
            }
            read += more;
        }
        in.reset();
        String head = new String(buffer, 0, read);
        if (head.startsWith("\uFEFF")) {
            in.read();
            head = head.substring(1);
        }
        return head;
    }

    private static String first(String text) {
        int end = text.indexOf('\n');
        return (end < 0 ? text : text.substring(0, end)).strip();
    }

    /** Gatling 2 and 3: the request's name stands before its start and end, in milliseconds, and OK or KO behind. */
    private static String gatling(BufferedReader in, Collected into) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (!line.startsWith("REQUEST\t")) {
                continue;
            }
            List<String> fields = List.of(line.split("\t", -1));
            for (int i = 2; i + 2 < fields.size(); i++) {
                if (fields.get(i).matches("\\d{12,14}")
                        && fields.get(i + 1).matches("\\d{12,14}")
                        && fields.get(i + 2).matches("OK|KO")) {
                    String name = fields.get(i - 1);
                    if (fields.get(i + 2).equals("KO")) {
                        into.failed(name);
                    } else {
                        into.add(name, Long.parseLong(fields.get(i + 1)) - Long.parseLong(fields.get(i)));
                    }
                    break;
                }
            }
        }
        return "Gatling log";
    }
}
