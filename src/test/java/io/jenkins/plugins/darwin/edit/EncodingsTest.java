package io.jenkins.plugins.darwin.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A version is ASCII; whatever else is in the file stays byte by byte, in any encoding. */
class EncodingsTest {
    private static final String TEXT = "# J\u00fcrgen \u2013 \u65e5\u672c\r\nversion = \"1.0.0\"\r\nlast\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTF-8",
                "UTF-16LE",
                "UTF-16BE",
                "ISO-8859-1",
                "windows-1252",
                "Shift_JIS",
                "GB18030",
                "EUC-KR",
                "IBM037"
            })
    void otherBytesStay(String charset) {
        byte[] before = TEXT.getBytes(Charset.forName(charset));
        Edits edits = new Edits().file("f", before).places(PlaceKind.REGEX, "f", false, "^version = \"([^\"]+)\"");
        if (charset.equals("IBM037")) { // not ASCII where its letters are: nothing is found, and that is said
            assertThatThrownBy(edits::plan).hasMessageContaining("f: the regular expression");
            return;
        }
        assertThat(edits.bytesAfter("f"))
                .isEqualTo(TEXT.replace("1.0.0", "1.3.0").getBytes(Charset.forName(charset)));
    }

    @ParameterizedTest
    @EnumSource(
            value = SourceText.Encoding.class,
            names = {"UTF_8_MARKED", "UTF_16LE_MARKED", "UTF_16BE_MARKED", "UTF_16LE", "UTF_16BE"})
    void unicodeIsReadByItsMarkOrItsZeros(SourceText.Encoding encoding) {
        for (PlaceKind kind : List.of(PlaceKind.YAML, PlaceKind.JSON, PlaceKind.TOML, PlaceKind.XML)) {
            String before = switch (kind) {
                case YAML -> "name: \u00fc\nversion: \"1.0.0\"\n";
                case JSON -> "{\"name\": \"\u00fc\",\r\n\"version\": \"1.0.0\"}";
                case TOML -> "name = '\u00fc'\r\nversion = \"1.0.0\"";
                default -> "<?xml version='1.0' encoding='utf-16'?><version a='\u00fc'>1.0.0</version>";
            };
            byte[] bytes = new SourceText("f", before, encoding).encode();
            assertThat(SourceText.decodeAny("f", bytes).encoding()).isEqualTo(encoding);
            assertThat(new Edits()
                            .file("f", bytes)
                            .places(kind, "f", false, "version")
                            .bytesAfter("f"))
                    .isEqualTo(new SourceText("f", before.replace("1.0.0", "1.3.0"), encoding).encode());
        }
    }

    /** Every byte that may stand in a text file, in no encoding at all. */
    @Test
    void mixedBytesStay() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("# ü\n".getBytes(StandardCharsets.UTF_8));
        out.write('#');
        for (int b = 0x80; b <= 0xff; b++) {
            out.write(b);
        }
        byte[] head = out.toByteArray();
        out.writeBytes("\nversion: 1.0.0 # \n".getBytes(StandardCharsets.UTF_8));
        byte[] after = new Edits()
                .file("f.yaml", out.toByteArray())
                .yaml("f.yaml", "version")
                .bytesAfter("f.yaml");
        assertThat(after).startsWith(head).endsWith("\nversion: 1.3.0 # \n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyStringOfBytesComesBack() {
        Random random = new Random(7);
        List<SourceText.Encoding> seen = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            for (int b = 0; b < bytes.length; b++) {
                bytes[b] = bytes[b] == 0 ? 32 : i % 3 == 0 ? (byte) (bytes[b] & 0x7f | 1) : bytes[b];
            }
            SourceText text = SourceText.decodeAny("f", bytes);
            seen.add(text.encoding());
            assertThat(text.encode()).isEqualTo(bytes);
        }
        assertThat(seen).contains(SourceText.Encoding.UTF_8, SourceText.Encoding.SINGLE_BYTES);
    }

    @Test
    void aBinaryFileIsNoVersionFile() {
        byte[] binary = {'v', '=', '1', '\n', 0, 0, 1, 2, 3};
        assertThatThrownBy(() -> new Edits()
                        .file("a.bin", binary)
                        .places(PlaceKind.REGEX, "a.bin", false, "v=(.)")
                        .plan())
                .hasMessageContaining("a.bin: a binary file");
        EditPlan optional = new Edits()
                .file("a.bin", binary)
                .places(PlaceKind.REGEX, "a.bin", true, "v=(.)")
                .plan();
        assertThat(optional.contents()).isEmpty();
        assertThat(optional.warnings()).singleElement().asString().contains("a.bin", "Left as it is");
    }

    @Test
    void aCharThatTheFileCantHoldIsRefused() {
        byte[] latin1 = "v='1' # \u00fc\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> new Edits()
                        .file("f", latin1)
                        .place("f", new Place(PlaceKind.REGEX, "v='(.*)'", "\u65e5"))
                        .plan())
                .hasMessageContaining("f:1:4: the value has a char that this file can't hold");
    }
}
