package io.jenkins.plugins.darwin.jenkins.controller;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** What the JVM would find out step by step while a class is used (JVMS 5.4), found out at once: references that lead nowhere. */
final class Linker {
    private final ControllerClasses classes;
    private final List<String> problems = new ArrayList<>();

    Linker(ControllerClasses classes) {
        this.classes = classes;
    }

    /** What is wrong with the references of one class, one sentence each. */
    List<String> problems(String name) {
        problems.clear();
        ClassNode node = classes.find(name).orElseThrow();
        type(name, node.superName);
        node.interfaces.forEach(i -> type(name, i));
        node.fields.forEach(f -> type(name, Type.getType(f.desc)));
        for (MethodNode method : node.methods) {
            String where = name + "." + method.name;
            descriptor(where, method.desc);
            method.exceptions.forEach(e -> type(where, e));
            for (TryCatchBlockNode block : method.tryCatchBlocks) {
                if (block.type != null) {
                    type(where, block.type);
                }
            }
            method.instructions.forEach(i -> instruction(where, i));
            notFinalAbove(node, method);
        }
        if ((node.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE)) == 0) {
            nothingLeftAbstract(node);
        }
        return List.copyOf(new java.util.LinkedHashSet<>(problems));
    }

    private void instruction(String where, AbstractInsnNode i) {
        if (i instanceof MethodInsnNode call) {
            method(where, call.owner, call.name, call.desc, call.getOpcode() == Opcodes.INVOKESTATIC, call.itf);
        } else if (i instanceof FieldInsnNode use) {
            field(where, use);
        } else if (i instanceof TypeInsnNode use) {
            type(where, Type.getObjectType(use.desc));
        } else if (i instanceof MultiANewArrayInsnNode use) {
            type(where, Type.getType(use.desc));
        } else if (i instanceof LdcInsnNode load && load.cst instanceof Type constant) {
            type(where, constant);
        } else if (i instanceof InvokeDynamicInsnNode dynamic) {
            handle(where, dynamic.bsm);
            for (Object argument : dynamic.bsmArgs) {
                if (argument instanceof Handle handle) {
                    handle(where, handle);
                } else if (argument instanceof Type constant) {
                    type(where, constant);
                }
            }
        }
    }

    private void handle(String where, Handle handle) {
        if (handle.getTag() >= Opcodes.H_INVOKEVIRTUAL) {
            method(
                    where,
                    handle.getOwner(),
                    handle.getName(),
                    handle.getDesc(),
                    handle.getTag() == Opcodes.H_INVOKESTATIC,
                    handle.isInterface());
        }
    }

    private void method(String where, String owner, String name, String desc, boolean isStatic, boolean isInterface) {
        if (owner.startsWith("[")
                || owner.equals("java/lang/invoke/MethodHandle")
                || owner.equals("java/lang/invoke/VarHandle")) {
            return; // clone() of an array; signature-polymorphic
        }
        if (!type(where, owner)) {
            return;
        }
        ClassNode ownerNode = classes.find(owner).orElseThrow();
        if (isInterface != is(ownerNode.access, Opcodes.ACC_INTERFACE)) {
            problems.add(where + " takes " + owner + " for " + (isInterface ? "an interface" : "a class"));
        }
        Optional<MethodNode> found = method(owner, name, desc, new HashSet<>());
        if (found.isEmpty()) {
            problems.add(where + " calls " + owner + "." + name + desc + ", which is not there");
        } else if (is(found.get().access, Opcodes.ACC_STATIC) != isStatic) {
            problems.add(where + " calls " + owner + "." + name + desc + " as " + (isStatic ? "" : "not ") + "static");
        }
    }

    private Optional<MethodNode> method(String owner, String name, String desc, Set<String> seen) {
        if (owner == null || !seen.add(owner) || classes.find(owner).isEmpty()) {
            return Optional.empty();
        }
        ClassNode node = classes.find(owner).get();
        Optional<MethodNode> own = node.methods.stream()
                .filter(m -> m.name.equals(name) && m.desc.equals(desc))
                .findFirst();
        if (own.isPresent()) {
            return own;
        }
        Optional<MethodNode> above = method(node.superName, name, desc, seen);
        for (int i = 0; above.isEmpty() && i < node.interfaces.size(); i++) {
            above = method(node.interfaces.get(i), name, desc, seen);
        }
        return above;
    }

    private void field(String where, FieldInsnNode use) {
        if (!type(where, use.owner)) {
            return;
        }
        Optional<FieldNode> found = field(use.owner, use.name, use.desc);
        boolean isStatic = use.getOpcode() == Opcodes.GETSTATIC || use.getOpcode() == Opcodes.PUTSTATIC;
        if (found.isEmpty()) {
            problems.add(where + " uses " + use.owner + "." + use.name + ": " + use.desc + ", which is not there");
        } else if (is(found.get().access, Opcodes.ACC_STATIC) != isStatic) {
            problems.add(where + " uses " + use.owner + "." + use.name + " as " + (isStatic ? "" : "not ") + "static");
        }
    }

    private Optional<FieldNode> field(String owner, String name, String desc) {
        if (owner == null || classes.find(owner).isEmpty()) {
            return Optional.empty();
        }
        ClassNode node = classes.find(owner).get();
        Optional<FieldNode> found = node.fields.stream()
                .filter(f -> f.name.equals(name) && f.desc.equals(desc))
                .findFirst();
        for (int i = 0; found.isEmpty() && i < node.interfaces.size(); i++) {
            found = field(node.interfaces.get(i), name, desc);
        }
        return found.isPresent() ? found : field(node.superName, name, desc);
    }

    /** A method that is final above makes the JVM refuse the class. */
    private void notFinalAbove(ClassNode node, MethodNode method) {
        if (is(method.access, Opcodes.ACC_STATIC)
                || is(method.access, Opcodes.ACC_PRIVATE)
                || method.name.startsWith("<")) {
            return;
        }
        Optional<ClassNode> above = classes.find(node.superName);
        if (above.isPresent() && is(above.get().access, Opcodes.ACC_FINAL)) {
            problems.add(node.name + " extends " + node.superName + ", which is final");
        }
        method(node.superName, method.name, method.desc, new HashSet<>())
                .filter(m -> is(m.access, Opcodes.ACC_FINAL) && !is(m.access, Opcodes.ACC_PRIVATE))
                .ifPresent(
                        m -> problems.add(node.name + " overrides " + m.name + m.desc + ", which is final above it"));
    }

    /** A class that can be made has to have a body for everything that is abstract above it. */
    private void nothingLeftAbstract(ClassNode node) {
        Set<String> above = new HashSet<>();
        ancestors(node.name, above);
        for (String name : above) {
            for (MethodNode method : classes.find(name).orElseThrow().methods) {
                if (is(method.access, Opcodes.ACC_ABSTRACT) && !hasBody(node, method)) {
                    problems.add(node.name + " does not implement " + name + "." + method.name + method.desc);
                }
            }
        }
    }

    private boolean hasBody(ClassNode node, MethodNode wanted) {
        Set<String> above = new HashSet<>();
        ancestors(node.name, above);
        return above.stream()
                .flatMap(name -> classes.find(name).orElseThrow().methods.stream())
                .anyMatch(m -> m.name.equals(wanted.name)
                        && m.desc.equals(wanted.desc)
                        && !is(m.access, Opcodes.ACC_ABSTRACT));
    }

    private void ancestors(String name, Set<String> found) {
        Optional<ClassNode> node = name == null ? Optional.empty() : classes.find(name);
        if (node.isPresent() && found.add(name)) {
            ancestors(node.get().superName, found);
            node.get().interfaces.forEach(i -> ancestors(i, found));
        }
    }

    private void descriptor(String where, String desc) {
        type(where, Type.getReturnType(desc));
        for (Type argument : Type.getArgumentTypes(desc)) {
            type(where, argument);
        }
    }

    private void type(String where, Type type) {
        if (type.getSort() == Type.ARRAY) {
            type(where, type.getElementType());
        } else if (type.getSort() == Type.METHOD) {
            descriptor(where, type.getDescriptor());
        } else if (type.getSort() == Type.OBJECT) {
            type(where, type.getInternalName());
        }
    }

    private boolean type(String where, String name) {
        if (name == null || name.startsWith("[") || classes.find(name).isPresent()) {
            return true;
        }
        problems.add(where + " refers to " + name + ", which is not there");
        return false;
    }

    private static boolean is(int access, int flag) {
        return (access & flag) != 0;
    }
}
