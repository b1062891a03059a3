package io.jenkins.plugins.darwin.attest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.Locale;

/**
 * A result of something that has no form of its own: a JSON object with {@code result}, which is passed or failed, and, for
 * people, {@code summary}; whatever else it holds is kept.
 *
 * @param what for people: "the result of a load test"
 */
record ResultKind(String word, String what) implements EvidenceKind {
    @Override
    public String predicateType() {
        return EvidenceKinds.OWN + word + "/v1";
    }

    @Override
    public String form() {
        return what + ": JSON with \"result\": \"passed\" or \"failed\", and \"summary\"";
    }

    @Override
    public ObjectNode predicate(byte[] file, String name) {
        ObjectNode json = Documents.object(file, name);
        judge(json);
        return json;
    }

    @Override
    public Judgement judge(ObjectNode predicate) {
        String result = Documents.text(predicate, "result").orElse("nothing").toLowerCase(Locale.ROOT);
        State state = switch (result) {
            case "passed" -> State.PASSED;
            case "failed" -> State.FAILED;
            default ->
                throw ReleaseException.usage("Not " + what + ": expected \"result\" to be passed or failed, found '"
                        + ForeignText.shown(result) + "'.");
        };
        return new Judgement(
                state,
                Documents.text(predicate, "summary").map(ForeignText::shown).orElse(result));
    }
}
