package io.jenkins.plugins.darwin.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.BuildBadgeAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.jupiter.api.Test;

/** What Jenkins reads beside the classes. */
class ResourcesTest {
    private static final Path RESOURCES = Path.of("src/main/resources");

    /** Without it, {@code darwinReleases:} in a jenkins.yaml is an unknown name. */
    @Test
    void indexOfSymbolsNamesAllThatHaveOne() throws IOException {
        assertThat(Files.readAllLines(RESOURCES.resolve("META-INF/services/annotations/org.jenkinsci.Symbol")))
                .isEqualTo(Extensions.symbols());
    }

    /** Jenkins escapes only in views that ask for it; scripts and styles inside a view break under its security policy. */
    @Test
    void viewsEscapeAndHoldNoScript() throws IOException {
        for (Path view : views()) {
            assertThat(Files.readString(view))
                    .as(view.toString())
                    .startsWith("<?jelly escape-by-default='true'?>")
                    .doesNotContain("<script", "<style", " style=", "onclick");
        }
    }

    /** A help button that answers with nothing is one that was misspelt. */
    @Test
    void everyHelpBelongsToAViewThatHasTheField() throws IOException {
        for (Path help : files(".html")) {
            String field =
                    help.getFileName().toString().replaceFirst("help-?", "").replace(".html", "");
            assertThat(Files.readString(help)).as(help.toString()).startsWith("<div>");
            if (!field.isEmpty()) {
                assertThat(siblings(help)).as(help.toString()).anyMatch(v -> v.contains("field=\"" + field + "\""));
            }
        }
    }

    /** A badge without its view breaks the list of builds of every job that has one. */
    @Test
    void everyBadgeAndEveryFormHasItsView() {
        assertThat(Extensions.kindsOf(BuildBadgeAction.class))
                .isNotEmpty()
                .allSatisfy(type -> assertThat(
                                RESOURCES.resolve(type.replace('.', '/')).resolve("badge.jelly"))
                        .exists());
        assertThat(Extensions.kindsOf(Step.class))
                .isNotEmpty()
                .allSatisfy(type ->
                        assertThat(inherited(type, "config.jelly")).as(type).isTrue())
                .allSatisfy(type -> assertThat(
                                RESOURCES.resolve(type.replace('.', '/')).resolve("help.html"))
                        .exists());
    }

    /** Jenkins looks for a form, and for the help of a field, in the folders of a class and of those that it extends. */
    private static boolean inherited(String type, String view) {
        try {
            for (Class<?> c = Class.forName(type, false, ResourcesTest.class.getClassLoader());
                    c != null;
                    c = c.getSuperclass()) {
                if (Files.exists(
                        RESOURCES.resolve(c.getName().replace('.', '/')).resolve(view))) {
                    return true;
                }
            }
            return false;
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** One text a field: what two steps have in common is said in what they extend. */
    @Test
    void noHelpIsThereTwice() throws IOException {
        Map<String, List<Path>> texts = files(".html").stream().collect(Collectors.groupingBy(ResourcesTest::read));
        assertThat(texts.values())
                .filteredOn(same -> same.stream()
                                .filter(f -> f.toString().contains("/step/"))
                                .count()
                        > 1)
                .isEmpty();
    }

    private static List<String> siblings(Path file) throws IOException {
        try (Stream<Path> all = Files.walk(file.getParent(), 2)) {
            return all.filter(f -> f.toString().endsWith(".jelly"))
                    .map(ResourcesTest::read)
                    .toList();
        }
    }

    private static List<Path> views() throws IOException {
        return files(".jelly");
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.walk(RESOURCES)) {
            return all.filter(f -> f.toString().endsWith(ending)).toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
