package io.jenkins.plugins.darwin.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers that a server makes as it likes, read once from left to right. */
class HeadersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'</v2/x?n=1>; rel=\"next\"';/v2/x?n=1",
                "'</v2/x>;rel=next';/v2/x",
                "'</v2/x> ; title=\"a, b; c\" ; REL=\"prev Next\"';/v2/x",
                "'</a>; rel=prev, </b>; rel=\"next\"';/b",
                "'</a,b>; rel=\"next\"';/a,b",
                "'</a>; rel=prev';",
                "'</a>; rel=\"nextone\"';",
                "'</a; rel=next';",
                "'</a>; title=\"x; rel=next';",
                "'rel=next';",
                "'';"
            })
    void findsTheNextPage(String header, String next) {
        assertThat(LinkHeader.next(List.of(header))).isEqualTo(java.util.Optional.ofNullable(next));
    }

    @Test
    void readsEveryChallenge() {
        List<Challenge> all = Challenge.parse(List.of(
                "Basic realm=\"a \\\"b\\\"\", Bearer realm=\"https://x/token\",service=\"s\" , scope=\"repository:a:pull,push\"",
                "Negotiate"));
        assertThat(all).extracting(Challenge::scheme).containsExactly("basic", "bearer", "negotiate");
        assertThat(all.get(0).parameter("realm")).isEqualTo("a \"b\"");
        assertThat(all.get(1).parameter("scope")).isEqualTo("repository:a:pull,push");
        assertThat(Challenge.parse(List.of("\"", "=x", "Basic realm=\"open", "", " , ,")))
                .hasSize(1);
    }

    @Test
    void hugeHeadersTakeNoTime() {
        String[] evil = {"<", "<a", "; rel=", "a=\"\\\\\"", " ", ",", "x ", "Basic a=\"b\",", "\""};
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (String piece : evil) {
                String huge = piece.repeat(300_000);
                LinkHeader.next(List.of(huge, huge));
                Challenge.parse(List.of("Bearer realm=\"x\"," + huge, huge));
            }
        });
        String many = "Bearer " + "p=\"v\",".repeat(100_000);
        assertThat(Challenge.parse(List.of(many)))
                .singleElement()
                .satisfies(each -> assertThat(each.parameters()).hasSize(1));
    }
}
