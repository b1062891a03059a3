package io.jenkins.plugins.darwin.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XmlEditsTest {
    private static final String POM = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE project [ <!ENTITY e "]>"> ]>
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <!-- <version>0.9.0</version> -->
              <dependencies>
                <dependency><artifactId>core</artifactId><version>1.0.0</version><groupId>org.x</groupId></dependency>
                <dependency>
                  <groupId>org.y</groupId><artifactId>core</artifactId><version>1.0.0</version>
                </dependency>
              </dependencies>
              <parent><version>
                  1.0.0
                </version><artifactId>p</artifactId></parent>
              <properties><revision><![CDATA[1.0.0]]></revision><a.b>1.0.0</a.b></properties>
              <version >1.0.0</version >
            </project>
            """;

    private static Edits xml(String content, String... places) {
        return Edits.of("pom.xml", content).places(PlaceKind.XML, "pom.xml", false, places);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "project.version|<version >1.0.0",
                "/project/version|<version >1.0.0",
                "/project/parent/version|<parent><version>\\n      1.0.0",
                "project.properties.revision|CDATA[1.0.0",
                "/project/properties/a.b|<a.b>1.0.0",
                "project.properties.\"a.b\"|<a.b>1.0.0",
                "project.dependencies.dependency[groupId=org.y][artifactId=core].version|core</artifactId><version>1.0.0</version>\\n",
                "/project/dependencies/dependency[groupId='org.y'][artifactId=\"core\"]/version|core</artifactId><version>1.0.0</version>\\n",
                "project.dependencies.dependency[0].version|<version>1.0.0</version><groupId>",
            })
    void aPlaceIsFoundInAnyOrderOfElements(String place, String around) {
        String found = around.replace("\\n", "\n");
        assertThat(POM).contains(found);
        assertThat(xml(POM, place).after("pom.xml")).isEqualTo(POM.replace(found, found.replace("1.0.0", "1.3.0")));
    }

    @Test
    void everyElementOfAListIsReached() {
        assertThat(xml(POM, "project.dependencies.dependency[*].version").plan().places())
                .hasSize(2);
        assertThat(xml(POM, "project.dependencies.dependency.version").plan().places())
                .hasSize(2);
        assertThat(xml(POM, "project.version").plan().warnings()).isEmpty();
    }

    @Test
    void attributesAndDotNetsPropertiesAreReached() {
        String props = "\uFEFF<Project>\r\n  <PropertyGroup Condition=\"'$(A)' == '' And 1 &lt; 2\">\r\n"
                + "    <Version Label='x'>1.0.0-dev</Version>\r\n    <AssemblyVersion>1.0.0.0</AssemblyVersion>\r\n"
                + "  </PropertyGroup>\r\n  <ItemGroup><PackageReference Include=\"Shop.Core\" Version='1.0.0' />\r\n"
                + "<PackageReference Include=\"Other\" Version='1.0.0' /></ItemGroup></Project>\r\n";
        assertThat(Edits.of("Directory.Build.props", props)
                        .places(
                                PlaceKind.XML,
                                "**/*.props",
                                false,
                                "Project.PropertyGroup.Version",
                                "/Project/ItemGroup/PackageReference[@Include='Shop.Core']/@Version")
                        .after("Directory.Build.props"))
                .isEqualTo(props.replace("1.0.0-dev", "1.3.0")
                        .replace("Shop.Core\" Version='1.0.0'", "Shop.Core\" Version='1.3.0'"));
    }

    @Test
    void aSpaceOfNamesIsNoPartOfAName() {
        String before = "<n:project xmlns:n='x'><n:version>1.0.0</n:version></n:project>";
        assertThat(xml(before, "project.version").after("pom.xml")).isEqualTo(before.replace("1.0.0", "1.3.0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<project><version>1.0.0</project>|pom.xml:1:24: not XML: </project> where </version> was expected.",
                "<project><version>1.0.0</version>|pom.xml:1:1: not XML: <project> has no end.",
                "<project/><project/>|a second root element",
                "<project><!-- |without its '-->'",
                "<project a=b/>|an attribute without quotes",
                "<project a/>|an attribute without '='",
                "text|text outside of the root element",
                "<!-- x -->|no element",
                "<project><version>1<!-- x -->.0</version></project>|spans lines",
                "<project><version/></project>|is a mapping; expected a single value",
                "<project><verison>1</verison></project>|nearest is 'verison'",
            })
    void whatCantBeEditedIsNamed(String content, String message) {
        assertThatThrownBy(() -> xml(content, "project.version").plan()).hasMessageContaining(message);
    }

    @Test
    void hostileFilesEnd() {
        for (String content : new String[] {
            "<a>".repeat(100_000),
            "<a ".repeat(100_000),
            "<!--".repeat(100_000),
            "<![CDATA[".repeat(50_000),
            "<!DOCTYPE [".repeat(50_000),
            "<a>" + "&lt;".repeat(200_000) + "</a>",
            "<a>" + "<b/>".repeat(200_000) + "</a>",
            "<a " + "b='1' ".repeat(100_000) + "/>"
        }) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> assertThatThrownBy(
                                    () -> xml(content, "project.version").plan())
                            .hasMessageContaining("pom.xml"));
        }
    }
}
