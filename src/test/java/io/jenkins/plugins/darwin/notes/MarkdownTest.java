package io.jenkins.plugins.darwin.notes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "<script>alert(1)</script> | &lt;script>alert(1)&lt;/script>",
                "[free money](https://evil.example) | [free money\\](https://evil.example)",
                "![x](https://evil.example/pixel) | ![x\\](https://evil.example/pixel)",
                "[a [b](javascript:x)](y) | [a [b\\](javascript:x)\\](y)",
                "[x]: https://evil.example | [x\\]: https://evil.example",
                "[x][y] | [x\\][y]",
                "[#130] stays | [#130] stays",
                "<https://evil.example> | &lt;https://evil.example>",
                "&lt;b> | &amp;lt;b>",
                "R&D & co | R&D & co",
                "**bold** and _it_ | \\*\\*bold\\*\\* and \\_it\\_",
                "max_tokens stays | max_tokens stays",
                "# heading | \\# heading",
                "- item | \\- item",
                "--- | \\---",
                "1. item | 1\\. item",
                "> quote | &gt; quote",
                "[x] task | \\[x] task",
                "~~gone~~ ~5 | \\~\\~gone\\~\\~ ~5",
                "back\\slash | back\\\\slash",
                "`create_cluster()` <b> | `create_cluster()` &lt;b>",
                "``a`<b>`` <i> | ``a`<b>`` &lt;i>",
                "open `code <b> | open \\`code &lt;b>",
                "```<b> | \\`\\`\\`&lt;b>",
                "\\`<b>` | \\\\`<b>`",
            })
    void escapes(String text, String expected) {
        assertThat(Markdown.line(text)).isEqualTo(expected);
    }

    @Test
    void isOneLineOfVisibleCharacters() {
        assertThat(Markdown.line(" a\r\n## b\u2028c\u202Ed\u0000e\t")).isEqualTo("a ## b c d e");
    }
}
