package io.jenkins.plugins.darwin.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** One plugin, two builds: what pom.xml and pom-jenkins.xml both say has to be the same. */
class TwoPomsTest {
    /** The harness of JenkinsRule asks for a JUnit of its own; neither is part of the plugin. */
    private static final Set<String> OWN_VERSIONS =
            Set.of("junit.version", "jenkins-test-harness.version", "casc.version");

    private final Document ours = read("pom.xml");
    private final Document jenkins = read("pom-jenkins.xml");

    @Test
    void samePluginVersionAndBaseline() {
        for (String what :
                List.of("groupId", "artifactId", "version", "name", "description", "licenses/license/name")) {
            assertThat(text(jenkins, "/project/" + what))
                    .as(what)
                    .isNotBlank()
                    .isEqualTo(text(ours, "/project/" + what));
        }
        assertThat(text(jenkins, "/project/properties/jenkins.version")
                        .replace("${jenkins.baseline}", property(jenkins, "jenkins.baseline")))
                .isEqualTo(property(ours, "jenkins.baseline"));
    }

    @Test
    void librariesHaveTheSameVersions() {
        Map<String, String> mine = versions(ours);
        Map<String, String> theirs = versions(jenkins);
        theirs.keySet().removeAll(OWN_VERSIONS);
        assertThat(theirs)
                .hasSizeGreaterThan(8)
                .allSatisfy((name, version) -> assertThat(version).as(name).isEqualTo(mine.get(name)));
    }

    /** A library in one build only is a class that is missing on a controller. */
    @Test
    void pomJenkinsNamesNoLibraryThatPomDoesNot() {
        assertThat(libraries(jenkins)).hasSizeGreaterThan(6).isSubsetOf(libraries(ours));
    }

    /** What a Jenkins plugin brings in is compiled against here at that plugin's version. */
    @Test
    void librariesOfPluginsHaveThePluginsVersions() {
        Map<String, String> plugins = plugins(jenkins);
        assertThat(plugins.get("jackson2-api")).startsWith(property(ours, "jackson.version") + "-");
        assertThat(plugins.get("commons-compress-api")).startsWith(property(ours, "commons-compress.version") + "-");
        assertThat(plugins.get("bouncycastle-api")).startsWith("2.30." + property(ours, "bouncycastle.version") + "-");
    }

    @Test
    void pluginDependenciesAndTheirVersionsAreTheSame() {
        Map<String, String> manifest = new TreeMap<>();
        for (String plugin : text(ours, "//loadresource[@property='plugin.dependencies']/string/@value")
                .replaceAll("\\s", "")
                .split(",")) {
            String[] nameAndVersion = plugin.split(":", 2);
            manifest.put(nameAndVersion[0], nameAndVersion[1]);
        }
        assertThat(plugins(jenkins)).hasSizeGreaterThan(10).isEqualTo(manifest);
    }

    @Test
    void resourcesAreTheSame() {
        assertThat(resources(jenkins)).isNotEmpty().isEqualTo(resources(ours));
    }

    /** Which registry serves an artifact is the builder's business, not ours. */
    @Test
    void noneNamesARegistry() {
        for (Document pom : List.of(ours, jenkins)) {
            assertThat(nodes(pom, "//repositories | //pluginRepositories | //distributionManagement"))
                    .isEmpty();
        }
    }

    private static Map<String, String> plugins(Document pom) {
        Map<String, String> found = new TreeMap<>();
        for (Element dependency : nodes(pom, "/project/dependencies/dependency[not(scope)]")) {
            if (isPlugin(dependency)) {
                found.put(
                        child(dependency, "artifactId"),
                        child(dependency, "version")
                                + ("true".equals(child(dependency, "optional")) ? ";resolution:=optional" : ""));
            }
        }
        return found;
    }

    private static Set<String> libraries(Document pom) {
        Set<String> found = new TreeSet<>();
        for (Element dependency : nodes(pom, "/project/dependencies/dependency[not(scope) or scope='provided']")) {
            if (!isPlugin(dependency)) {
                found.add(child(dependency, "groupId") + ":" + child(dependency, "artifactId") + ":"
                        + child(dependency, "version"));
            }
        }
        return found;
    }

    private static boolean isPlugin(Element dependency) {
        return child(dependency, "groupId")
                .matches("org\\.jenkins-ci\\.plugins(\\..*)?|org\\.jenkinsci\\.plugins|io\\.jenkins(\\..*)?");
    }

    private static Set<String> resources(Document pom) {
        Set<String> found = new TreeSet<>();
        nodes(pom, "/project/build/resources/resource")
                .forEach(r -> found.add(child(r, "directory") + " -> " + child(r, "targetPath")));
        return found;
    }

    private static Map<String, String> versions(Document pom) {
        Map<String, String> found = new TreeMap<>();
        nodes(pom, "/project/properties/*").stream()
                .filter(p ->
                        p.getNodeName().endsWith(".version") && !p.getNodeName().startsWith("jenkins."))
                .forEach(p -> found.put(p.getNodeName(), p.getTextContent().trim()));
        return found;
    }

    private static String property(Document pom, String name) {
        return text(pom, "/project/properties/" + name);
    }

    private static String child(Element element, String name) {
        NodeList found = element.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().trim();
    }

    private static List<Element> nodes(Document pom, String path) {
        try {
            NodeList found =
                    (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, pom, XPathConstants.NODESET);
            List<Element> elements = new ArrayList<>();
            for (int i = 0; i < found.getLength(); i++) {
                elements.add((Element) found.item(i));
            }
            return elements;
        } catch (javax.xml.xpath.XPathExpressionException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    private static String text(Document pom, String path) {
        try {
            return XPathFactory.newInstance().newXPath().evaluate(path, pom).trim();
        } catch (javax.xml.xpath.XPathExpressionException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    private static Document read(String file) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Path.of(file).toFile());
        } catch (Exception e) {
            throw new AssertionError(file, e);
        }
    }
}
