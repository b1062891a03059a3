package io.jenkins.plugins.darwin.jenkins.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** The plugin's file as pom.xml makes it and as pom-jenkins.xml makes it. */
@EnabledIfSystemProperty(named = "other.hpi", matches = ".+")
class SamePluginIT {
    private static final String JAR = "WEB-INF/lib/darwin-release.jar";
    private static final String INDEX = "META-INF/annotations/hudson.Extension";
    private static final String SYMBOLS = "META-INF/services/annotations/org.jenkinsci.Symbol";

    private static Plugin ours;
    private static Plugin theirs;

    @BeforeAll
    static void read() throws IOException {
        ours = Plugin.read(Path.of("target/darwin-release.hpi"));
        theirs = Plugin.read(Path.of(System.getProperty("other.hpi")));
    }

    @Test
    void sameManifest() {
        for (String name : List.of(
                "Short-Name", "Long-Name", "Group-Id", "Plugin-Version", "Jenkins-Version", "Plugin-License-Name")) {
            assertThat(ours.manifest.get(name)).as(name).isNotBlank().isEqualTo(theirs.manifest.get(name));
        }
        assertThat(words(ours.manifest.get("Plugin-Dependencies")))
                .hasSizeGreaterThan(10)
                .isEqualTo(words(theirs.manifest.get("Plugin-Dependencies")));
    }

    @Test
    void sameLibraries() {
        Set<String> libraries = libraries(ours);
        assertThat(libraries).hasSizeGreaterThan(4).isEqualTo(libraries(theirs));
        assertThat(libraries)
                .allSatisfy(name -> assertThat(ours.files.get(name)).as(name).isEqualTo(theirs.files.get(name)));
    }

    @Test
    void sameClassesWithTheSameMembers() {
        Set<String> classes = classes(ours);
        assertThat(classes).hasSizeGreaterThan(200).isEqualTo(classes(theirs));
        assertThat(classes)
                .filteredOn(c -> !c.endsWith("/Messages.class")) // one generator marks them @Restricted
                .allSatisfy(c -> assertThat(members(ours.jar.get(c))).as(c).isEqualTo(members(theirs.jar.get(c))));
    }

    @Test
    void sameResources() {
        Set<String> resources = resources(ours);
        assertThat(resources).contains("index.jelly").isEqualTo(resources(theirs));
        assertThat(resources)
                .allSatisfy(name -> assertThat(ours.jar.get(name)).as(name).isEqualTo(theirs.jar.get(name)));
    }

    @Test
    void sameExtensions() throws Exception {
        assertThat(extensions(ours)).hasSizeGreaterThan(8).isEqualTo(extensions(theirs));
    }

    /** Written by a processor there, by hand here. */
    @Test
    void sameSymbols() {
        assertThat(symbols(ours)).isNotEmpty().isEqualTo(symbols(theirs));
    }

    /** Reads SezPoz' index as SezPoz does. */
    private static Set<String> extensions(Plugin plugin) throws IOException, ClassNotFoundException {
        Set<String> found = new TreeSet<>();
        try (ObjectInputStream index = new ObjectInputStream(new ByteArrayInputStream(plugin.jar.get(INDEX)))) {
            for (Object element = index.readObject(); element != null; element = index.readObject()) {
                found.add(element.toString());
            }
        }
        return found;
    }

    private static Set<String> symbols(Plugin plugin) {
        return new TreeSet<>(new String(plugin.jar.get(SYMBOLS), StandardCharsets.UTF_8)
                .lines()
                .toList());
    }

    private static Set<String> members(byte[] content) {
        ClassNode node = new ClassNode();
        new ClassReader(content).accept(node, ClassReader.SKIP_CODE);
        Set<String> found = new TreeSet<>(List.of(node.access + " extends " + node.superName + " " + node.interfaces));
        node.methods.forEach(m -> found.add(m.access + " " + m.name + m.desc + " "
                + (m.parameters == null
                        ? ""
                        : m.parameters.stream().map(p -> p.name).toList())));
        node.fields.forEach(f -> found.add(f.access + " " + f.name + ": " + f.desc));
        return found;
    }

    private static Set<String> libraries(Plugin plugin) {
        Set<String> found = new TreeSet<>(plugin.files.keySet());
        found.removeIf(name -> !name.endsWith(".jar") || name.equals(JAR));
        return found;
    }

    private static Set<String> classes(Plugin plugin) {
        Set<String> found = new TreeSet<>(plugin.jar.keySet());
        found.removeIf(name -> !name.endsWith(".class"));
        return found;
    }

    /**
     * Without what describes the build, and what Stapler's processor writes: names of parameters, which
     * javac's -parameters makes needless, and texts of API pages.
     */
    private static Set<String> resources(Plugin plugin) {
        Set<String> found = new TreeSet<>(plugin.jar.keySet());
        found.removeIf(name -> name.endsWith(".class")
                || name.endsWith(".stapler")
                || name.endsWith(".javadoc")
                || name.endsWith("/")
                || name.startsWith("META-INF/"));
        return found;
    }

    private static Set<String> words(String list) {
        return new TreeSet<>(Arrays.asList(list.split(",")));
    }

    /**
     * One .hpi.
     *
     * @param files all that it holds
     * @param jar what our own jar in it holds
     */
    private record Plugin(Map<String, String> manifest, Map<String, byte[]> files, Map<String, byte[]> jar) {
        static Plugin read(Path hpi) throws IOException {
            Map<String, String> manifest = new TreeMap<>();
            Map<String, byte[]> files = new TreeMap<>();
            try (JarFile file = new JarFile(hpi.toFile())) {
                file.getManifest()
                        .getMainAttributes()
                        .forEach((name, value) -> manifest.put(name.toString(), value.toString()));
                for (ZipEntry entry : (Iterable<ZipEntry>)
                        () -> file.stream().map(ZipEntry.class::cast).iterator()) {
                    try (InputStream content = file.getInputStream(entry)) {
                        files.put(entry.getName(), content.readAllBytes());
                    }
                }
            }
            Map<String, byte[]> jar = new TreeMap<>();
            try (JarInputStream entries = new JarInputStream(new ByteArrayInputStream(files.get(JAR)))) {
                for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                    jar.put(entry.getName(), entries.readAllBytes());
                }
            }
            return new Plugin(manifest, files, jar);
        }
    }
}
