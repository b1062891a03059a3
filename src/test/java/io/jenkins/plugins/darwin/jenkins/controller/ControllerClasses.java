package io.jenkins.plugins.darwin.jenkins.controller;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * The classes that our plugin sees on a controller: those of core, of the plugins that it depends on, of theirs in turn, and
 * its own. A plugin that it does not depend on is not seen, even when it is installed. Nothing is loaded or run.
 */
final class ControllerClasses {
    /** JDK 17's class files are of this version; what a library has for newer ones is not for us. */
    private static final String VERSIONED = "META-INF/versions/";

    private final Map<String, byte[]> classes = new HashMap<>();
    private final Map<String, Optional<ClassNode>> parsed = new HashMap<>();
    private final Set<String> ours = new TreeSet<>();
    private final Set<String> missingPlugins = new TreeSet<>();

    private ControllerClasses() {}

    /**
     * Reads a controller.
     *
     * @param war Jenkins' own
     * @param plugins a folder of {@code .jpi} or {@code .hpi} files
     * @param hpi our plugin
     */
    static ControllerClasses read(Path war, Path plugins, Path hpi) throws IOException {
        ControllerClasses all = new ControllerClasses();
        all.add(war); // parent first, as Jenkins' class loaders
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> wanted = new ArrayDeque<>(dependencies(hpi));
        while (!wanted.isEmpty()) {
            String name = wanted.removeFirst();
            if (seen.add(name)) {
                Optional<Path> file = plugin(plugins, name);
                if (file.isEmpty()) {
                    all.missingPlugins.add(name);
                } else {
                    all.add(file.get());
                    wanted.addAll(dependencies(file.get()));
                }
            }
        }
        all.ours.addAll(all.add(hpi));
        return all;
    }

    /** Internal names of the classes in our plugin's file, with those of the libraries that it bundles. */
    Set<String> ours() {
        return ours;
    }

    /** Plugins that somebody asks for, optionally perhaps, and that are not in the folder. */
    Set<String> missingPlugins() {
        return missingPlugins;
    }

    /** A class by its internal name, from the JDK too; empty when nobody has it. */
    Optional<ClassNode> find(String name) {
        return parsed.computeIfAbsent(name, this::parse);
    }

    private Optional<ClassNode> parse(String name) {
        byte[] bytes = classes.get(name);
        try (InputStream jdk = bytes != null ? null : Object.class.getResourceAsStream("/" + name + ".class")) {
            InputStream platform = jdk != null
                    ? jdk
                    : bytes != null
                            ? null
                            : ClassLoader.getPlatformClassLoader().getResourceAsStream(name + ".class");
            if (bytes == null && platform == null) {
                return Optional.empty();
            }
            ClassNode node = new ClassNode();
            new ClassReader(bytes != null ? bytes : platform.readAllBytes())
                    .accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            return Optional.of(node);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Set<String> add(Path archive) throws IOException {
        Set<String> added = new TreeSet<>();
        try (JarFile file = new JarFile(archive.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>)
                    () -> file.stream().map(ZipEntry.class::cast).iterator()) {
                if (entry.getName()
                        .matches("(WEB-INF/lib|executable)/[^/]+\\.jar")) { // the servlet API is its web server's
                    addJar(file.getInputStream(entry), added);
                } else if (entry.getName().startsWith("WEB-INF/classes/")
                        && entry.getName().endsWith(".class")) {
                    add(
                            entry.getName().substring("WEB-INF/classes/".length()),
                            file.getInputStream(entry).readAllBytes(),
                            added);
                } else if (entry.getName().startsWith("WEB-INF/optional-lib/")
                        && entry.getName().endsWith(".jar")) {
                    addJar(file.getInputStream(entry), added); // bouncycastle-api keeps its jars there
                }
            }
        }
        return added;
    }

    private void addJar(InputStream content, Set<String> added) throws IOException {
        try (JarInputStream jar = new JarInputStream(content)) {
            for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                if (entry.getName().endsWith(".class")
                        && !entry.getName().startsWith(VERSIONED)
                        && !entry.getName().endsWith("module-info.class")) {
                    add(entry.getName(), jar.readAllBytes(), added);
                }
            }
        }
    }

    private void add(String file, byte[] content, Set<String> added) {
        String name = file.substring(0, file.length() - ".class".length());
        classes.putIfAbsent(name, content);
        added.add(name);
    }

    private static Optional<Path> plugin(Path folder, String name) {
        return List.of(".jpi", ".hpi").stream()
                .map(ending -> folder.resolve(name + ending))
                .filter(Files::exists)
                .findFirst();
    }

    private static List<String> dependencies(Path plugin) throws IOException {
        try (JarFile file = new JarFile(plugin.toFile())) {
            Attributes says = file.getManifest().getMainAttributes();
            String value = says.getValue("Plugin-Dependencies");
            return value == null
                    ? List.of()
                    : Arrays.stream(value.split(","))
                            .map(d -> d.replaceFirst(":.*", ""))
                            .toList();
        }
    }
}
