package io.jenkins.plugins.darwin.attest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Packages by the names that their systems give them. */
class PackagesTest {
    private static Packages bom(String... components) {
        return Packages.of(Documents.object(
                ("{\"components\":[" + String.join(",", components) + "]}").getBytes(StandardCharsets.UTF_8), "x"));
    }

    private static String component(String purl, String name, String version) {
        return "{\"purl\":\"%s\",\"name\":\"%s\",\"version\":\"%s\"}".formatted(purl, name, version);
    }

    @Test
    void whatIsNewGoneOrOfAnotherVersion() {
        Packages before = bom(
                component("pkg:deb/debian/zlib@1.2?arch=amd64", "zlib", "1.2"),
                component("pkg:pypi/requests@2.0", "requests", "2.0"),
                component("pkg:pypi/gone@1", "gone", "1"));
        Packages after = bom(
                component("pkg:deb/debian/zlib@1.3?arch=amd64", "zlib", "1.3"),
                component("pkg:pypi/requests@2.0", "requests", "2.0"),
                component("pkg:npm/requests@9", "requests", "9"));
        assertThat(Packages.changes(before, after))
                .extracting(c -> c.name() + ": " + c.from().orElse("-") + " to " + c.to().orElse("-"))
                .containsExactly(
                        "pkg:deb/debian/zlib: 1.2 to 1.3", "pkg:npm/requests: - to 9", "pkg:pypi/gone: 1 to -");
        assertThat(Packages.changes(after, after)).isEmpty();
    }

    /** npm's scopes begin with the sign that separates versions. */
    @Test
    void aScopeIsNoVersion() {
        assertThat(bom(component("pkg:npm/%40a/b@1", "b", "1")).versions().firstKey())
                .isEqualTo("pkg:npm/%40a/b");
        assertThat(bom("{\"purl\":\"pkg:npm/@a/b@1\",\"group\":\"@a\",\"name\":\"b\",\"version\":\"1\"}")
                        .versions()
                        .firstKey())
                .isEqualTo("@a/b");
    }

    @Test
    void severalVersionsAndPartsOfPartsCount() {
        Packages before = bom(component("", "lib", "1"), component("", "lib", "2"));
        Packages after = bom("{\"name\":\"app\",\"version\":\"1\",\"components\":[" + component("", "lib", "2") + "]}");
        assertThat(Packages.changes(before, after))
                .extracting(c -> c.name() + ": " + c.from().orElse("-") + " to " + c.to().orElse("-"))
                .containsExactly("app: - to 1", "lib: 1, 2 to 2");
    }
}
