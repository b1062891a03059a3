package io.jenkins.plugins.darwin.jenkins.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * The plugin that pom.xml built against signatures of our own, held against a real controller. docs/contributing.md says how to
 * run it.
 */
@EnabledIfSystemProperty(named = "controller.war", matches = ".+")
@EnabledIfSystemProperty(named = "controller.plugins", matches = ".+")
class ControllerIT {
    private static final String OURS = "io/jenkins/plugins/darwin/";
    /** In the plugin's jar, and never loaded there: its libraries are the command line's. */
    private static final String COMMAND_LINE = OURS + "cli/";

    private static final Pattern ICON = Pattern.compile("(?:symbol-|\"(?=status-))([a-z]+(?:-[a-z]+)*)");

    private static ControllerClasses controller;

    @BeforeAll
    static void read() throws IOException {
        controller = ControllerClasses.read(
                Path.of(System.getProperty("controller.war")),
                Path.of(System.getProperty("controller.plugins")),
                Path.of("target/darwin-release.hpi"));
    }

    @Test
    void everyTypeOfJenkinsIsAsWeDeclareIt() throws IOException {
        List<String> differences = new ArrayList<>();
        List<ClassNode> declared = declared();
        for (ClassNode type : declared) {
            Optional<ClassNode> real = controller.find(type.name);
            if (real.isEmpty()) {
                differences.add(type.name + " is not there");
            } else {
                differences.addAll(Signatures.differences(type, real.get()));
            }
        }
        assertThat(declared).hasSizeGreaterThan(100);
        assertThat(differences).isEmpty();
    }

    @Test
    void everyReferenceOfOurClassesLeadsSomewhere() {
        Linker linker = new Linker(controller);
        List<String> problems = new ArrayList<>();
        List<String> ours = controller.ours().stream()
                .filter(c -> c.startsWith(OURS) && !c.startsWith(COMMAND_LINE))
                .toList();
        ours.forEach(c -> problems.addAll(linker.problems(c)));
        assertThat(ours).hasSizeGreaterThan(200);
        assertThat(problems).isEmpty();
    }

    /** Jenkins shows a cross in the place of an icon that it has not. */
    @Test
    void everyIconIsOneOfCore() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Path folder :
                List.of(Path.of("src/main/resources"), Path.of("src/main/java/io/jenkins/plugins/darwin/jenkins"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        (Iterable<Path>) files.filter(f -> f.toString().matches(".*\\.(jelly|java|js)"))::iterator) {
                    ICON.matcher(Files.readString(file)).results().forEach(found -> used.add(found.group(1)));
                }
            }
        }
        assertThat(used).contains("ribbon", "status-blue");
        try (JarFile war = new JarFile(System.getProperty("controller.war"))) {
            assertThat(used)
                    .filteredOn(name -> war.getEntry("WEB-INF/classes/images/symbols/" + name + ".svg") == null)
                    .isEmpty();
        }
    }

    /** The check itself: what only the command line has is missed. */
    @Test
    void aReferenceThatLeadsNowhereIsFound() {
        assertThat(new Linker(controller).problems(COMMAND_LINE + "Main")).anyMatch(p -> p.contains("picocli/"));
    }

    /** Types of src/jenkins-api, as the build compiled them for unit tests. */
    private static List<ClassNode> declared() throws IOException {
        List<ClassNode> found = new ArrayList<>();
        Path compiled = Path.of("target/test-classes");
        try (Stream<Path> sources = Files.walk(Path.of("src/jenkins-api/java"))) {
            for (Path source : (Iterable<Path>) sources.filter(s -> s.toString().endsWith(".java"))::iterator) {
                String relative = Path.of("src/jenkins-api/java")
                        .relativize(source)
                        .toString()
                        .replace(".java", "");
                Path folder = compiled.resolve(relative).getParent();
                String simple = source.getFileName().toString().replace(".java", "");
                try (Stream<Path> classes = Files.list(folder)) {
                    for (Path file : (Iterable<Path>) classes.filter(
                            c -> c.getFileName().toString().matches(simple + "(\\$.+)?\\.class"))::iterator) {
                        ClassNode node = new ClassNode();
                        new ClassReader(Files.readAllBytes(file)).accept(node, ClassReader.SKIP_CODE);
                        found.add(node);
                    }
                }
            }
        }
        return found;
    }
}
