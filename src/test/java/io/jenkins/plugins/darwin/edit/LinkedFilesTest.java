package io.jenkins.plugins.darwin.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import org.junit.jupiter.api.Test;

class LinkedFilesTest {
    private static final String LINE = "^(\\S+)$";

    @Test
    void aLinkThatIsNamedIsFollowed() {
        Edits edits = Edits.of("app/VERSION", "1.0.0\n")
                .link("VERSION", "app/VERSION")
                .link("again/V", "../VERSION")
                .link("chart", "./app")
                .places(PlaceKind.REGEX, "VERSION", false, LINE)
                .places(PlaceKind.REGEX, "again/V", false, LINE)
                .places(PlaceKind.REGEX, "chart/VERSION", false, LINE);
        assertThat(edits.plan().contents()).containsOnlyKeys("app/VERSION");
        assertThat(edits.after("app/VERSION")).isEqualTo("1.3.0\n");
    }

    @Test
    void aLinkThatLeadsNowhereIsNamedAsOne() {
        for (String target : new String[] {"../outside", "/etc/version", "gone", "loop", "a/../../x", ""}) {
            Edits edits = Edits.of("app/VERSION", "1.0.0\n")
                    .link("VERSION", target)
                    .link("loop", "VERSION")
                    .places(PlaceKind.REGEX, "VERSION", false, LINE);
            assertThatThrownBy(edits::plan)
                    .hasMessageContaining(
                            "No file matches 'VERSION': 'VERSION' is a symbolic link to '" + target + "'");
        }
    }

    @Test
    void aPatternThatOnlyLinksFitSaysSo() {
        Edits edits = Edits.of("app/VERSION", "1.0.0\n").link("a/VERSION.txt", "../app/VERSION");
        assertThatThrownBy(() -> edits.places(PlaceKind.REGEX, "**/VERSION.*", false, LINE)
                        .plan())
                .hasMessageContaining("only symbolic links fit '**/VERSION.*' (a/VERSION.txt -> ../app/VERSION)");
        EditPlan optional = Edits.of("x", "")
                .link("a/VERSION.txt", "gone")
                .places(PlaceKind.REGEX, "a/VERSION.txt", true, LINE)
                .plan();
        assertThat(optional.contents()).isEmpty();
        assertThat(optional.warnings()).singleElement().asString().contains("symbolic link to 'gone'");
    }
}
