package io.jenkins.plugins.darwin.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What a command says at its end: text for people, or one JSON document. */
final class Output {
    private final Surroundings surroundings;
    private final boolean json;

    Output(Surroundings surroundings, boolean json) {
        this.surroundings = surroundings;
        this.json = json;
    }

    /**
     * Prints a result.
     *
     * @param result a record whose members stand beside changes and checks in the JSON document
     */
    void success(
            String command,
            String version,
            String outcome,
            List<Change> changes,
            List<String> warnings,
            Object result,
            List<String> lines) {
        if (json) {
            ObjectNode document = document(command, version, outcome, changes);
            if (result != null) {
                document.setAll((ObjectNode) Json.tree(result));
            }
            if (!warnings.isEmpty()) {
                document.set("warnings", Json.tree(warnings));
            }
            print(document);
            return;
        }
        changes.forEach(c -> say(line(c)));
        warnings.forEach(w -> say("warning: " + w));
        lines.forEach(this::say);
    }

    /**
     * Prints what a use case came to.
     *
     * @param lines what people are told after the changes; not asked after a dry run, which has no result
     */
    <R> void outcome(String command, String version, Outcome<R> outcome, Function<R, List<String>> lines) {
        success(
                command,
                version,
                outcome.kind().name().toLowerCase(Locale.ROOT),
                outcome.changes(),
                outcome.warnings(),
                outcome.result(),
                outcome.result() == null ? List.of() : lines.apply(outcome.result()));
    }

    /** @param conflicts what refused a plan; mostly none */
    void failure(String command, String version, String outcome, List<Change> conflicts, String message) {
        if (json) {
            ObjectNode document = document(command, version, outcome, conflicts);
            document.set("errors", Json.tree(List.of(message)));
            print(document);
        }
        surroundings.err().println("darwin: " + ForeignText.lines(message));
    }

    /** Whatever a line quotes, it steers no terminal. */
    private void say(String line) {
        surroundings.out().println(ForeignText.lines(line));
    }

    private static ObjectNode document(String command, String version, String outcome, List<Change> changes) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("command", command);
        document.put("version", version);
        document.put("outcome", outcome);
        document.set("changes", Json.tree(changes));
        return document;
    }

    private void print(ObjectNode document) {
        byte[] bytes = ForeignText.json(new String(Json.write(document), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        surroundings.out().write(bytes, 0, bytes.length);
        surroundings.out().flush();
    }

    private static String line(Change change) {
        String state = change.made() ? "made" : change.state().name().toLowerCase(Locale.ROOT);
        return abbreviated(String.format(
                Locale.ROOT,
                "%-8s  %-17s %s: %s%s",
                state,
                change.kind(),
                change.target(),
                change.expected(),
                change.found()
                        .filter(f -> !f.equals(change.expected()))
                        .map(f -> " (found " + f + ")")
                        .orElse("")));
    }

    /** Whole digests are for machines; twelve digits are what people compare. */
    private static String abbreviated(String text) {
        return text.replaceAll("(sha(?:256|512):[0-9a-f]{12})[0-9a-f]{52,}", "$1");
    }

    static String line(Check check) {
        return String.format(
                Locale.ROOT,
                "%-8s  %-18s %s: %s",
                check.state().name().toLowerCase(Locale.ROOT),
                check.name(),
                check.subject(),
                check.detail());
    }
}
