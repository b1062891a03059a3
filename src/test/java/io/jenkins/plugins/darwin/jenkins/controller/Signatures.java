package io.jenkins.plugins.darwin.jenkins.controller;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Differences between a type as src/jenkins-api declares it and as Jenkins has it. Ours may leave things out, never differ. */
final class Signatures {
    private static final int SHAPE = Opcodes.ACC_PUBLIC
            | Opcodes.ACC_PROTECTED
            | Opcodes.ACC_STATIC
            | Opcodes.ACC_FINAL
            | Opcodes.ACC_ABSTRACT
            | Opcodes.ACC_INTERFACE
            | Opcodes.ACC_ENUM
            | Opcodes.ACC_ANNOTATION;
    private static final int METHOD_SHAPE = SHAPE | Opcodes.ACC_VARARGS;
    private static final int HIDDEN = Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC;

    private final List<String> differences = new ArrayList<>();

    private Signatures() {}

    static List<String> differences(ClassNode declared, ClassNode real) {
        Signatures signatures = new Signatures();
        signatures.compare(declared, real);
        return signatures.differences;
    }

    private void compare(ClassNode declared, ClassNode real) {
        String name = declared.name;
        same(
                name + ", modifiers",
                java.lang.reflect.Modifier.toString(access(declared)),
                java.lang.reflect.Modifier.toString(access(real)));
        same(name + ", superclass", declared.superName, real.superName);
        same(name + ", type parameters", typeParameters(declared.signature), typeParameters(real.signature));
        for (String i : declared.interfaces) {
            if (!real.interfaces.contains(i)) {
                differences.add(name + ": expected interfaces " + real.interfaces + ", found " + i);
            }
        }
        same(name + ", retention", retention(declared), retention(real));
        for (FieldNode field : declared.fields) {
            if ((field.access & HIDDEN) == 0) {
                compare(name, field, real);
            }
        }
        for (MethodNode method : declared.methods) {
            if ((method.access & HIDDEN) == 0 && !method.name.equals("<clinit>")) {
                compare(name, method, real);
            }
        }
    }

    private void compare(String type, FieldNode field, ClassNode real) {
        String name = type + "." + field.name;
        Optional<FieldNode> found =
                real.fields.stream().filter(f -> f.name.equals(field.name)).findFirst();
        if (found.isEmpty()) {
            differences.add(name + " is not there");
            return;
        }
        same(name + ", type", generic(field.signature, field.desc), generic(found.get().signature, found.get().desc));
        same(name + ", modifiers", field.access & SHAPE, found.get().access & SHAPE);
        same(name + ", constant", field.value, found.get().value); // javac copies it into our classes
    }

    private void compare(String type, MethodNode method, ClassNode real) {
        String name = type + "." + method.name + method.desc;
        Optional<MethodNode> found = real.methods.stream()
                .filter(m -> m.name.equals(method.name) && m.desc.equals(method.desc))
                .findFirst();
        if (found.isEmpty()) {
            differences.add(name + " is not there; there is "
                    + real.methods.stream()
                            .filter(m -> m.name.equals(method.name))
                            .map(m -> m.desc)
                            .toList());
            return;
        }
        same(
                name + ", signature",
                generic(method.signature, method.desc),
                generic(found.get().signature, found.get().desc));
        same(name + ", modifiers", method.access & METHOD_SHAPE, found.get().access & METHOD_SHAPE);
        same(name + ", exceptions", new TreeSet<>(method.exceptions), new TreeSet<>(found.get().exceptions));
        same(name + ", default", method.annotationDefault == null, found.get().annotationDefault == null);
    }

    private void same(String what, Object found, Object expected) {
        if (!Objects.equals(found, expected)) {
            differences.add(what + ": expected " + expected + ", found " + found);
        }
    }

    private static String generic(String signature, String erased) {
        return signature == null ? erased : signature;
    }

    /** {@code <T:...>} of a class signature, without what follows: superclass and interfaces, of which ours has fewer. */
    private static String typeParameters(String signature) {
        if (signature == null || !signature.startsWith("<")) {
            return "";
        }
        int depth = 0;
        for (int i = 0; i < signature.length(); i++) {
            depth += signature.charAt(i) == '<' ? 1 : signature.charAt(i) == '>' ? -1 : 0;
            if (depth == 0) {
                return signature.substring(0, i + 1);
            }
        }
        throw new IllegalArgumentException(signature);
    }

    /** A nested class says only beside its name whether it is static or protected. */
    private static int access(ClassNode node) {
        for (InnerClassNode inner : node.innerClasses) {
            if (inner.name.equals(node.name)) {
                return inner.access & SHAPE;
            }
        }
        return node.access & SHAPE;
    }

    private static String retention(ClassNode node) {
        if (node.visibleAnnotations != null) {
            for (AnnotationNode annotation : node.visibleAnnotations) {
                if (annotation.desc.equals("Ljava/lang/annotation/Retention;")) {
                    return ((String[]) annotation.values.get(1))[1];
                }
            }
        }
        return "";
    }
}
