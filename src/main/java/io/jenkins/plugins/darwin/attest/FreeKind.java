package io.jenkins.plugins.darwin.attest;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Any JSON object: it is kept and shown, and nothing is read out of it. */
record FreeKind(String word, String predicateType) implements EvidenceKind {
    @Override
    public String form() {
        return "any JSON object";
    }

    @Override
    public ObjectNode predicate(byte[] file, String name) {
        return Documents.object(file, name);
    }

    @Override
    public Judgement judge(ObjectNode predicate) {
        return new Judgement(State.STATED, predicate.size() + (predicate.size() == 1 ? " member" : " members"));
    }
}
