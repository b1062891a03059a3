package io.jenkins.plugins.darwin.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The plugin's file as the build made it. */
class HpiIT {
    private static final Path HPI = Path.of("target/darwin-release.hpi");
    private static final long MAX_BYTES = 5L << 20;

    @Test
    void saysWhatItIsAndWhatItNeeds() throws IOException {
        try (JarFile hpi = new JarFile(HPI.toFile())) {
            Attributes says = hpi.getManifest().getMainAttributes();
            assertThat(says.getValue("Short-Name")).isEqualTo("darwin-release");
            assertThat(says.getValue("Long-Name")).isNotBlank();
            assertThat(says.getValue("Jenkins-Version")).isEqualTo("2.479.3");
            assertThat(says.getValue("Plugin-Version")).matches("\\d+\\.\\d+\\.\\d+");
            assertThat(says.getValue("Plugin-Dependencies").split(","))
                    .allMatch(d -> d.matches("[a-z0-9-]+:[\\w.-]+(;resolution:=optional)?"))
                    .contains("workflow-step-api:686.v603d058a_e148", "git-client:6.1.1")
                    .anyMatch(d -> d.startsWith("cloudbees-folder:") && d.endsWith(";resolution:=optional"));
        }
    }

    @Test
    void bundlesOnlyWhatNoDependencyHas() throws IOException {
        assertThat(libraries())
                .allMatch(
                        jar -> jar.matches(
                                "(bcpg-jdk18on|commons-text|darwin-release|itu|java-semver|json-schema-validator|snakeyaml-engine|tomlj)(-[\\d.]+)?\\.jar"))
                .contains("darwin-release.jar")
                .anyMatch(jar -> jar.startsWith("bcpg-"));
        assertThat(Files.size(HPI)).isLessThan(MAX_BYTES);
    }

    /** An extension that the index does not name is one that Jenkins never finds. */
    @Test
    void indexesEveryExtension() throws IOException {
        List<String> classes =
                ourEntries().stream().filter(e -> e.endsWith(".class")).toList();
        assertThat(classes)
                .contains("io/jenkins/plugins/darwin/jenkins/config/DarwinReleasesConfiguration.class")
                .allMatch(c -> c.startsWith("io/jenkins/plugins/darwin/"), "nothing of src/jenkins-api");
        String index = new String(
                ourFile("META-INF/annotations/hudson.Extension"), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(Extensions.inClasses())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(index).contains(name));
    }

    /** Jenkins refuses to store or send classes of a jar that does not say that it is a plugin's (JEP-200). */
    @Test
    void ourJarSaysThatItIsAPlugins() throws IOException {
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(ourJar()))) {
            Attributes says = jar.getManifest().getMainAttributes();
            assertThat(says.getValue("Short-Name")).isEqualTo("darwin-release");
            assertThat(says.getValue("Plugin-Version")).isNotBlank();
        }
    }

    @Test
    void commandLineHasNothingOfJenkins() throws IOException {
        try (JarFile cli = new JarFile("target/darwin-release-cli.jar")) {
            assertThat(cli.stream().map(ZipEntry::getName))
                    .contains("io/jenkins/plugins/darwin/cli/Main.class")
                    .noneMatch(e -> e.startsWith("io/jenkins/plugins/darwin/jenkins/")
                            || e.startsWith("META-INF/annotations/"));
        }
    }

    private static List<String> libraries() throws IOException {
        try (JarFile hpi = new JarFile(HPI.toFile())) {
            return hpi.stream()
                    .map(ZipEntry::getName)
                    .filter(e -> e.endsWith(".jar"))
                    .map(e -> e.substring("WEB-INF/lib/".length()))
                    .toList();
        }
    }

    private static List<String> ourEntries() throws IOException {
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(ourJar()))) {
            List<String> names = new java.util.ArrayList<>();
            for (ZipEntry e = jar.getNextEntry(); e != null; e = jar.getNextEntry()) {
                names.add(e.getName());
            }
            return names;
        }
    }

    private static byte[] ourFile(String name) throws IOException {
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(ourJar()))) {
            for (ZipEntry e = jar.getNextEntry(); e != null; e = jar.getNextEntry()) {
                if (e.getName().equals(name)) {
                    return jar.readAllBytes();
                }
            }
        }
        throw new IOException("no " + name + " in darwin-release.jar");
    }

    private static byte[] ourJar() throws IOException {
        try (JarFile hpi = new JarFile(HPI.toFile())) {
            return hpi.getInputStream(hpi.getEntry("WEB-INF/lib/darwin-release.jar"))
                    .readAllBytes();
        }
    }
}
