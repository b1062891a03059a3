package io.jenkins.plugins.darwin.attest;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One sort of evidence: how its files are read, what becomes of them in a statement, and what that says. */
public interface EvidenceKind {
    /** One lower-case word, as commands and policies have it. */
    String word();

    /** The URI that says how the predicate is to be read. */
    String predicateType();

    /** What its files are, for a message: "JUnit XML". */
    String form();

    /**
     * Makes the predicate of a file.
     *
     * @param file its whole content
     * @param name for messages
     * @throws io.jenkins.plugins.darwin.model.ReleaseException usage, when it is no such file
     */
    ObjectNode predicate(byte[] file, String name);

    /**
     * What a predicate says, whoever made it.
     *
     * @throws io.jenkins.plugins.darwin.model.ReleaseException usage, when it is not of this type
     */
    Judgement judge(ObjectNode predicate);

    /** Whether only this program makes it, of its own records. */
    default boolean ours() {
        return false;
    }
}
