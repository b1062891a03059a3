package io.jenkins.plugins.darwin.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What may come onto a release branch after the cut: the key {@code policy}, of trunk.
 *
 * @param mode what happens to a candidate whose branch breaks the rules
 * @param direct what happens when a change of an allowed kind was made on the branch itself and is not on trunk
 * @param allow kinds of changes that may be picked
 * @param paths rules for some files, beside that
 */
public record BranchRules(Mode mode, Mode direct, Set<ChangeKind> allow, List<PathRule> paths) {
    /** Of the process document's table (3.1), and what takes one of these back. */
    public static final Set<ChangeKind> DEFAULT_ALLOW = Set.copyOf(EnumSet.of(
            ChangeKind.FIX, ChangeKind.SECURITY, ChangeKind.PERFORMANCE, ChangeKind.DOCS, ChangeKind.REVERT));

    public BranchRules {
        allow = Set.copyOf(allow);
        paths = List.copyOf(paths);
    }

    /** What holds where the configuration says nothing. */
    public static BranchRules defaults() {
        return new BranchRules(Mode.REFUSE, Mode.WARN, DEFAULT_ALLOW, List.of());
    }

    /** How strict. */
    public enum Mode {
        REFUSE("refuse"),
        WARN("warn"),
        OFF("off");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        /** As the configuration spells it. */
        public String word() {
            return word;
        }
    }

    /**
     * A rule for some files.
     *
     * @param files by glob relative to the repository's root
     * @param allow kinds of changes that may touch them; none: nobody does
     */
    public record PathRule(String files, Set<ChangeKind> allow) {
        public PathRule {
            allow = Set.copyOf(allow);
        }
    }
}
