package io.jenkins.plugins.darwin.jenkins;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import hudson.Extension;
import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.Symbol;

/** What the compiled plugin marks for Jenkins, read from the class files. */
final class Extensions {
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target/classes"));

    private Extensions() {}

    static List<String> inClasses() {
        return marked(Extension.class);
    }

    static List<String> symbols() {
        return marked(Symbol.class);
    }

    /** Classes of ours that may be instantiated as this type. */
    static List<String> kindsOf(Class<?> type) {
        return CLASSES.stream()
                .filter(c ->
                        c.isAssignableTo(type) && !c.getModifiers().contains(JavaModifier.ABSTRACT) && !c.isInterface())
                .map(JavaClass::getName)
                .sorted()
                .toList();
    }

    private static List<String> marked(Class<? extends Annotation> annotation) {
        return CLASSES.stream()
                .filter(c -> c.isAnnotatedWith(annotation))
                .map(JavaClass::getName)
                .sorted()
                .toList();
    }
}
