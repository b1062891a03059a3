package io.jenkins.plugins.darwin.attest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A record of ours as a statement, for tools that know in-toto and nothing of ours. What counts here is the record itself.
 *
 * @param outcome the member that says in a word what came of it
 */
record RecordKind(String word, String outcome) implements EvidenceKind {
    private static final List<String> BAD = List.of("VETOED", "NO_QUORUM", "EXPIRED", "WITHDRAWN", "VOID", "OPEN");

    @Override
    public String predicateType() {
        return EvidenceKinds.OWN + word + "/v1";
    }

    @Override
    public String form() {
        return "the " + word + "'s own record";
    }

    @Override
    public boolean ours() {
        return true;
    }

    @Override
    public ObjectNode predicate(byte[] file, String name) {
        ObjectNode json = Documents.object(file, name);
        judge(json);
        return json;
    }

    @Override
    public Judgement judge(ObjectNode predicate) {
        Optional<String> said = Documents.text(predicate, outcome);
        if (said.isEmpty()) {
            throw ReleaseException.usage(
                    "Not the record of a " + word + ": expected a member " + outcome + ", found none.");
        }
        return new Judgement(
                BAD.contains(said.get()) ? State.FAILED : State.STATED,
                outcome + " " + ForeignText.shown(said.get().toLowerCase(Locale.ROOT)));
    }
}
