package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;

/** How Git writes a file's content into a work tree or an archive, by the file's attributes (gitattributes(5)). */
record WorkTreeText(boolean crlf, boolean automatic, boolean ident, Optional<String> encoding) {
    /** What is asked for by the attributes of a path; empty when the content is written as it is stored. */
    static Optional<WorkTreeText> of(PathAttributes attributes, String path) {
        if (attributes.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> text = attributes
                .value("text", path)
                .or(() -> attributes
                        .value("crlf", path)
                        .map(v -> v.equals("input") ? PathAttributes.SET : v)); // the name that it had before text
        boolean binary = text.filter(PathAttributes.UNSET::equals).isPresent();
        boolean crlf =
                !binary && attributes.value("eol", path).filter("crlf"::equals).isPresent();
        boolean automatic = text.filter("auto"::equals).isPresent();
        boolean ident = attributes
                .value("ident", path)
                .filter(PathAttributes.SET::equals)
                .isPresent();
        Optional<String> encoding = attributes
                .value("working-tree-encoding", path)
                .filter(e -> !e.equals(PathAttributes.SET) && !e.equals(PathAttributes.UNSET))
                .filter(e -> !e.equalsIgnoreCase("UTF-8") && !e.equalsIgnoreCase("UTF8"));
        return crlf || ident || encoding.isPresent()
                ? Optional.of(new WorkTreeText(crlf, automatic, ident, encoding))
                : Optional.empty();
    }

    /** In Git's order: ident, line ends, encoding. */
    byte[] write(byte[] stored, CommitId blob, String path) {
        byte[] content = ident ? withIdent(stored, blob) : stored;
        content = crlf && (!automatic || looksLikeUnixText(content)) ? withCrlf(content) : content;
        return encoding.isPresent() ? encoded(content, encoding.get(), path) : content;
    }

    /** {@code $Id$} becomes {@code $Id: <blob> $}; one that another system filled in (a blank inside) stays. */
    private static byte[] withIdent(byte[] content, CommitId blob) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (!text.contains("$Id")) {
            return content;
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (int id = text.indexOf("$Id"); id >= 0; id = text.indexOf("$Id", at)) {
            int after = id + 3;
            int end = -1;
            if (after < text.length() && text.charAt(after) == '$') {
                end = after + 1;
            } else if (after < text.length() && text.charAt(after) == ':') {
                int dollar = text.indexOf('$', after);
                int line = text.indexOf('\n', after);
                String value = dollar < 0 || line >= 0 && line < dollar ? null : text.substring(after + 1, dollar);
                boolean foreign = value != null && value.strip().contains(" ");
                end = value == null || foreign ? -1 : dollar + 1;
            }
            if (end < 0) {
                out.append(text, at, after);
                at = after;
            } else {
                out.append(text, at, id).append("$Id: ").append(blob.sha()).append(" $");
                at = end;
            }
        }
        return out.append(text.substring(at)).toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Git's guess for {@code text=auto}: line feeds alone, and hardly anything that is not text. */
    private static boolean looksLikeUnixText(byte[] content) {
        int printable = 0;
        int other = 0;
        for (int i = 0; i < content.length; i++) {
            int b = content[i] & 0xFF;
            if (b == '\r' || b == 0) {
                return false;
            }
            if (b == '\n') {
                continue;
            }
            if (b == 127 || b < 32 && b != '\b' && b != '\t' && b != 27 && b != '\f') {
                other++;
            } else {
                printable++;
            }
        }
        return printable >> 7 >= other;
    }

    private static byte[] withCrlf(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + content.length / 16);
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n' && (i == 0 || content[i - 1] != '\r')) {
                out.write('\r');
            }
            out.write(content[i]);
        }
        return out.toByteArray();
    }

    private static byte[] encoded(byte[] content, String encoding, String path) {
        String name = encoding.toUpperCase(Locale.ROOT);
        // A plain UTF-16 or UTF-32 gets a mark and this processor family's order, as iconv writes it.
        boolean mark = name.endsWith("-BOM") || name.equals("UTF-16") || name.equals("UTF-32");
        String base = name.replace("-BOM", "");
        try {
            Charset charset = Charset.forName(base.equals("UTF-16") || base.equals("UTF-32") ? base + "LE" : base);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            ByteBuffer bytes = charset.newEncoder()
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(java.nio.CharBuffer.wrap((mark ? "\uFEFF" : "") + text));
            byte[] result = new byte[bytes.remaining()];
            bytes.get(result);
            return result;
        } catch (CharacterCodingException | IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw ReleaseException.refused(
                    "'" + path + "' can't be written as its working-tree-encoding asks: expected text that " + encoding
                            + " can hold, found "
                            + (e instanceof CharacterCodingException ? "other bytes" : "an unknown encoding")
                            + ". Mend the file or .gitattributes.",
                    e);
        }
    }
}
