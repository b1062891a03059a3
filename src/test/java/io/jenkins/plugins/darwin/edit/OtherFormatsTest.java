package io.jenkins.plugins.darwin.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON, TOML and regular expressions. */
class OtherFormatsTest {
    @Test
    void jsonKeepsSpacingAndOrder() {
        String before = "{\r\n\t\"name\": \"\\u00fc \uD83D\uDE00\",\r\n\t\"version\" :  \"1.0.0\" ,\r\n"
                + "  \"packages\": { \"\": {\"version\": \"1.0.0\"}, \"x\": {\"version\": \"9.9.9\"} }, \"n\": [1.10, -2e3, true, null]\r\n}";
        Edits edits = Edits.of("package.json", before)
                .places(PlaceKind.JSON, "package.json", false, "version", "packages.\"\".version", "n[0]", "n[3]");
        assertThat(edits.after("package.json"))
                .isEqualTo(before.replace("1.0.0", "1.3.0")
                        .replace("[1.10, -2e3, true, null]", "[\"1.3.0\", -2e3, true, \"1.3.0\"]"));
    }

    @Test
    void tomlKeepsQuotesCommentsAndKeys() {
        String before = """
                # a package
                [build-system]
                requires = ["setuptools>=61"]
                [project]
                name = "ü😀"
                version   =   '2.0.3'   # bumped
                dependencies = ["x==1.0"]
                [tool.poetry]
                version="2.0.3"
                "a=b".'c.d' = { version = "2.0.3", other = "2.0.3" }
                """;
        Edits edits = Edits.of("pyproject.toml", before)
                .places(
                        PlaceKind.TOML,
                        "**/pyproject.toml",
                        false,
                        "project.version",
                        "tool.poetry.version",
                        "tool.poetry.\"a=b\".\"c.d\".version");
        assertThat(edits.after("pyproject.toml"))
                .isEqualTo(before.replace("'2.0.3'", "'1.3.0'")
                        .replace("version=\"2.0.3\"", "version=\"1.3.0\"")
                        .replace("{ version = \"2.0.3\"", "{ version = \"1.3.0\""));
        assertThat(edits.version("it's").after("pyproject.toml")).contains("version   =   \"it's\"   # bumped");
        assertThat(Edits.of("p.toml", "a=1\r\nversion = 1.10\r\n")
                        .places(PlaceKind.TOML, "p.toml", false, "version")
                        .after("p.toml"))
                .isEqualTo("a=1\r\nversion = \"1.3.0\"\r\n");
    }

    @Test
    void aRegexReplacesItsGroupAlone() {
        String setup =
                "setup(\n    name=\"darwin_fs\",\n    version = '2.0.3',  # see below\n    extras=['x ; python_version < \"3.3\"'],\n)\n";
        assertThat(Edits.of("sdk/setup.py", setup)
                        .places(PlaceKind.REGEX, "**/setup.py", false, "\\bversion\\s*=\\s*[\"']([^\"']+)[\"']")
                        .after("sdk/setup.py"))
                .isEqualTo(setup.replace("2.0.3", "1.3.0"));
        String bump = "[bumpversion]\r\ncurrent_version = 2.0.4\r\ncommit = True\r\n[bumpversion:file:setup.py]\r\n";
        assertThat(Edits.of(".bumpversion.cfg", bump)
                        .places(PlaceKind.REGEX, "**/.bumpversion.cfg", false, "^current_version = (.+)$")
                        .after(".bumpversion.cfg"))
                .isEqualTo(bump.replace("2.0.4", "1.3.0"));
    }

    @Test
    void aRegexThatFindsDifferentValuesSaysSo() {
        EditPlan plan = Edits.of("a.txt", "v=1\nv=2\n")
                .places(PlaceKind.REGEX, "a.txt", false, "^v=(.*)$")
                .plan();
        assertThat(plan.places()).hasSize(2);
        assertThat(plan.warnings()).singleElement().asString().contains("matches 2 times, on lines [1, 2]");
        EditPlan same = Edits.of("a.txt", "v=1\nv=1\n")
                .places(PlaceKind.REGEX, "a.txt", false, "^v=(.*)$")
                .plan();
        assertThat(same.places()).hasSize(2);
        assertThat(same.warnings()).isEmpty();
    }

    @Test
    void aValueThatItsOwnRegexWouldNoLongerFindIsRefused() {
        assertThatThrownBy(() -> Edits.of("a.txt", "v=1\n")
                        .version("1.3.0-RC1")
                        .places(PlaceKind.REGEX, "a.txt", false, "^v=([0-9.]+)$")
                        .plan())
                .hasMessageContaining("a.txt: with the new values the file no longer reads as before");
    }

    @Test
    void aRunawayRegexEnds() {
        assertThatThrownBy(() -> Edits.of("a.txt", "v" + "a".repeat(300) + "!\n")
                        .places(PlaceKind.REGEX, "a.txt", false, "v(a*a*a*a*a*a*a*)$")
                        .plan())
                .hasMessageContaining("does not come to an end");
    }

    /** One expression over many files has one limit, not one for each. */
    @Test
    void aRunawayRegexEndsInManyFilesToo() {
        Edits edits = new Edits();
        for (int i = 0; i < 2_000; i++) {
            edits.file("f" + i, "v" + "a".repeat(300) + "!\n");
        }
        edits.places(PlaceKind.REGEX, "f*", true, "v(a*a*a*a*a*a*a*)$");
        assertTimeoutPreemptively(
                Duration.ofSeconds(120),
                () -> assertThat(edits.plan().warnings())
                        .hasSize(2_000)
                        .allMatch(w -> w.contains("does not come to an end")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\": \"1\"",
                "{\"version\": 1} x",
                "",
                "{'version': 1}",
                "{\"version\": {\"a\": 1}}",
                "{\"versio\": 1}"
            })
    void badJsonIsNamedWithItsPlace(String json) {
        assertThatThrownBy(() -> Edits.of("p.json", json)
                        .places(PlaceKind.JSON, "p.json", false, "version")
                        .plan())
                .hasMessageContaining("p.json");
    }

    @Test
    void badTomlAndDeepNestingAreRefused() {
        assertThatThrownBy(() -> Edits.of("p.toml", "a = 1\nversion = \n")
                        .places(PlaceKind.TOML, "p.toml", false, "version")
                        .plan())
                .hasMessageContaining("p.toml:2:11: not TOML");
        for (PlaceKind kind : new PlaceKind[] {PlaceKind.JSON, PlaceKind.TOML}) {
            String deep = "[".repeat(50_000) + "]".repeat(50_000);
            assertThatThrownBy(() -> Edits.of("p", kind == PlaceKind.TOML ? "a = " + deep : deep)
                            .places(kind, "p", false, "version")
                            .plan())
                    .hasMessageContaining("p")
                    .hasMessageContaining("nest");
        }
    }

    @Test
    void aVersionThatIsTheWorkspacesStays() {
        for (String inherited : new String[] {
            "[package]\nname = \"a\"\nversion.workspace = true\n",
            "[package]\nversion = { workspace = true }\n",
            "[package.version]\nworkspace = true\n"
        }) {
            Edits edits = Edits.of("crates/a/Cargo.toml", inherited)
                    .places(PlaceKind.TOML, "crates/*/Cargo.toml", false, "package.version");
            assertThatThrownBy(edits::plan)
                    .hasMessageContaining("crates/a/Cargo.toml:")
                    .hasMessageContaining("package.version is inherited from the workspace");
            edits.file("crates/b/Cargo.toml", "[package]\nversion = \"1.0.0\"\n");
            assertThat(edits.plan().contents()).containsOnlyKeys("crates/b/Cargo.toml");
            assertThat(edits.plan().warnings()).isEmpty();
        }
    }

    @Test
    void tomlWritesKeysInManyWays() {
        String before = """
                package.version = "1.0.0"
                "package"."x y".version = '1.0.0'
                inline = { a = { version = "1.0.0", b = [ { version = "1.0.0" } ] } }
                [[bin]]
                version = "1.0.0"
                [[bin]]
                version = "1.0.0"
                """;
        assertThat(Edits.of("f.toml", before)
                        .places(
                                PlaceKind.TOML,
                                "f.toml",
                                false,
                                "package.version",
                                "package.\"x y\".version",
                                "inline.a.version",
                                "inline.a.b[*].version",
                                "bin[*].version")
                        .after("f.toml"))
                .isEqualTo(before.replace("1.0.0", "1.3.0"));
    }

    @Test
    void bothOfADuplicateJsonKeyAreEdited() {
        EditPlan plan = Edits.of("p.json", "{\"version\": \"1.0.0\",\n \"version\": \"1.0.1\"}")
                .places(PlaceKind.JSON, "p.json", false, "version")
                .plan();
        assertThat(new String(plan.contents().get("p.json")))
                .isEqualTo("{\"version\": \"1.3.0\",\n \"version\": \"1.3.0\"}");
        assertThat(plan.warnings()).singleElement().asString().contains("p.json:2: key 'version'", "line 1");
    }

    @Test
    void aRegexThatFindsNothingNamesTheNearestLine() {
        assertThatThrownBy(() -> Edits.of("v.go", "package v\n\nvar AppVersion = \"1.0.0\"\n")
                        .places(PlaceKind.REGEX, "v.go", false, "const Version = \"([^\"]+)\"")
                        .plan())
                .hasMessageContaining("matches nothing; nearest is line 3, 'var AppVersion = \"1.0.0\"'.");
    }
}
