package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that somebody signed with OpenPGP, as mail programs send it: clear-signed (RFC 9580, 7) or PGP/MIME (RFC 3156, 5).
 *
 * @param content the bytes that the signature is over, in canonical form
 * @param signature armored
 * @param text what the signed part says
 */
public record SignedMail(byte[] content, String signature, String text) {
    private static final int LARGEST = 1024 * 1024;
    private static final String BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
    private static final String END = "-----END PGP SIGNATURE-----";
    private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary=(?:\"([^\"]{1,200})\"|([^;\\s]{1,200}))");

    /**
     * Takes a mail or a clear-signed file apart; nothing is checked.
     *
     * @throws ReleaseException refused, when it is neither, or holds more than one signed part
     */
    public static SignedMail parse(byte[] mail) {
        if (mail.length > LARGEST) {
            throw refused("expected at most " + LARGEST + " bytes, found " + mail.length);
        }
        String raw = new String(mail, StandardCharsets.ISO_8859_1);
        return raw.contains(BEGIN) ? clear(raw) : mime(raw);
    }

    private static SignedMail clear(String raw) {
        List<String> lines = raw.lines().toList();
        int begin = only(lines, BEGIN);
        int middle = only(lines, SIGNATURE);
        int end = only(lines, END);
        if (begin > middle || middle > end) {
            throw refused("its armor lines are in the wrong order");
        }
        int text = begin + 1;
        while (text < middle && !lines.get(text).isBlank()) {
            if (!lines.get(text).startsWith("Hash:")) {
                throw refused("expected only 'Hash:' lines before its text, found another");
            }
            text++;
        }
        List<String> signed = new ArrayList<>();
        for (String line : lines.subList(Math.min(text + 1, middle), middle)) {
            if (line.startsWith("-") && !line.startsWith("- ")) {
                throw refused("a line of its text is not escaped as it must be");
            }
            signed.add(trimmed(line.startsWith("- ") ? line.substring(2) : line));
        }
        return of(
                String.join("\r\n", signed),
                String.join("\n", lines.subList(middle, end + 1)) + "\n",
                String.join("\n", signed));
    }

    /** RFC 9580, 7.2: spaces and tabs at the end of a line are not signed. */
    private static String trimmed(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
            end--;
        }
        return line.substring(0, end);
    }

    private static int only(List<String> lines, String marker) {
        int found = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (trimmed(lines.get(i)).equals(marker)) {
                if (found >= 0) {
                    throw refused("it holds more than one signed text");
                }
                found = i;
            }
        }
        if (found < 0) {
            throw refused("the line '" + marker + "' is missing");
        }
        return found;
    }

    private static SignedMail mime(String raw) {
        String crlf = String.join("\r\n", raw.lines().toList()) + "\r\n";
        int body = crlf.indexOf("\r\n\r\n");
        String type =
                body < 0 ? "" : header(crlf.substring(0, body), "content-type").orElse("");
        if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/signed")) {
            throw refused("it is neither clear-signed nor a PGP/MIME mail (multipart/signed)");
        }
        Matcher boundary = BOUNDARY.matcher(type);
        if (!boundary.find()) {
            throw refused("its parts have no boundary");
        }
        String mark = "\r\n--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
        String[] parts = crlf.substring(body + 2).split(Pattern.quote(mark), -1);
        if (parts.length != 4 || !parts[3].startsWith("--")) {
            throw refused("expected two parts, the text and its signature, found " + Math.max(0, parts.length - 2));
        }
        String text = parts[1].substring(Math.min(2, parts[1].length()));
        int begin = parts[2].indexOf(SIGNATURE);
        int end = parts[2].indexOf(END);
        if (begin < 0 || end < begin) {
            throw refused("its second part is no OpenPGP signature");
        }
        return of(text, parts[2].substring(begin, end + END.length()) + "\n", plain(text));
    }

    /** The words of a part of type text/plain. */
    private static String plain(String part) {
        int body = part.indexOf("\r\n\r\n");
        String headers = body < 0 ? "" : part.substring(0, body);
        String type = header(headers, "content-type").orElse("text/plain").toLowerCase(Locale.ROOT);
        if (!type.startsWith("text/plain")) {
            throw refused("expected its signed part to be text/plain, found " + Text.shown(type));
        }
        String content = body < 0 ? part : part.substring(body + 4);
        String encoding =
                header(headers, "content-transfer-encoding").orElse("7bit").toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "7bit", "8bit", "binary" -> content;
            case "base64" -> base64(content);
            case "quoted-printable" -> quoted(content);
            default -> throw refused("its encoding " + Text.shown(encoding) + " is unknown");
        };
    }

    private static String base64(String content) {
        try {
            return new String(Base64.getMimeDecoder().decode(content), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            throw refused("its signed part is no base64");
        }
    }

    /** RFC 2045, 6.7. */
    private static String quoted(String content) {
        String joined = content.replace("=\r\n", "");
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < joined.length(); i++) {
            if (joined.charAt(i) == '=' && i + 2 < joined.length() && hex(joined.substring(i + 1, i + 3)) >= 0) {
                plain.append((char) hex(joined.substring(i + 1, i + 3)));
                i += 2;
            } else {
                plain.append(joined.charAt(i));
            }
        }
        return plain.toString();
    }

    private static int hex(String two) {
        return two.matches("[0-9A-Fa-f]{2}") ? Integer.parseInt(two, 16) : -1;
    }

    /** A header's value, unfolded. */
    private static Optional<String> header(String headers, String name) {
        String unfolded = headers.replaceAll("\\r\\n[ \\t]+", " ");
        return unfolded.lines()
                .filter(l -> l.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(l -> l.substring(name.length() + 1).strip())
                .findFirst();
    }

    /** Bytes were read one by one; what the text says is UTF-8. */
    private static SignedMail of(String content, String signature, String text) {
        return new SignedMail(
                content.getBytes(StandardCharsets.ISO_8859_1),
                signature,
                new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    private static ReleaseException refused(String why) {
        return ReleaseException.refused("The mail is not signed in a way that can be checked: " + why
                + ". Expected it whole, as the voter sent it.");
    }
}
