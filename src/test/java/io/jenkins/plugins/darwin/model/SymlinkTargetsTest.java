package io.jenkins.plugins.darwin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SymlinkTargetsTest {
    @Test
    void followsLinksInsideTheRepository() {
        Map<String, String> links = Map.of("a/link", "../b", "b", "c/d", "up", ".", "file", "a/../a/x");
        assertThatCode(() -> SymlinkTargets.requireInside(links)).doesNotThrowAnyException();
        assertThat(SymlinkTargets.resolve("a/link/e", links)).contains("c/d/e");
        assertThat(SymlinkTargets.resolve("up", links)).contains("");
        assertThat(SymlinkTargets.resolve("plain/file", links)).contains("plain/file");
    }

    @Test
    void refusesLinksThatLeadOut() {
        for (String target : new String[] {"/etc/passwd", "..", "../x", "x/../../y", "C:\\x", "a\\..\\..", ""}) {
            assertThatThrownBy(() -> SymlinkTargets.requireInside(Map.of("link", target)))
                    .as(target)
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("'link' points to '" + target + "'");
        }
        assertThatThrownBy(() -> SymlinkTargets.requireInside(Map.of("a/link", "../../x")))
                .isInstanceOf(ReleaseException.class);
    }

    /** Each of the two is fine by its text; together they lead out: x/y/z/d is the root, and above it is outside. */
    @Test
    void refusesLinksThatLeadOutByWayOfAnother() {
        Map<String, String> links = Map.of("x/y/z/d", "../../..", "x/y/z/e", "d/..");
        assertThatThrownBy(() -> SymlinkTargets.requireInside(links))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("'x/y/z/e' points to 'd/..'");
    }

    @Test
    void refusesCircles() {
        assertThatThrownBy(() -> SymlinkTargets.requireInside(Map.of("a", "b", "b", "a")))
                .isInstanceOf(ReleaseException.class);
        assertThatThrownBy(() -> SymlinkTargets.requireInside(Map.of("a", "a/x")))
                .isInstanceOf(ReleaseException.class);
    }
}
