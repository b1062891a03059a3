package io.jenkins.plugins.darwin.model;

import java.util.Arrays;
import java.util.Optional;

/** What sort of change a commit is, by the words of Conventional Commits. */
public enum ChangeKind {
    FEATURE("feat", "a new feature"),
    FIX("fix", "a fix"),
    SECURITY("security", "a fix of a vulnerability"),
    PERFORMANCE("perf", "a fix of a performance regression"),
    DOCS("docs", "a change of the documentation"),
    REFACTOR("refactor", "a refactoring"),
    UPGRADE("deps", "an upgrade of a dependency"),
    REVERT("revert", "a revert"),
    TEST("test", "a change of tests"),
    CI("ci", "a change of the continuous integration"),
    BUILD("build", "a change of the build"),
    STYLE("style", "a change of style"),
    CHORE("chore", "a chore"),
    /** Its message doesn't say. */
    OTHER("other", "a change whose kind its message doesn't tell");

    private final String word;
    private final String phrase;

    ChangeKind(String word, String phrase) {
        this.word = word;
        this.phrase = phrase;
    }

    /** As messages and the configuration spell it. */
    public String word() {
        return word;
    }

    /** For a sentence: {@code a fix}. */
    public String phrase() {
        return phrase;
    }

    public static Optional<ChangeKind> of(String word) {
        return Arrays.stream(values()).filter(k -> k.word.equals(word)).findFirst();
    }
}
