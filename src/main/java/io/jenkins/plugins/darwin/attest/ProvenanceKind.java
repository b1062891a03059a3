package io.jenkins.plugins.darwin.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where and from what it was built: SLSA provenance of version 1, the predicate alone or in its statement. */
final class ProvenanceKind implements EvidenceKind {
    private static final String TYPE = "https://slsa.dev/provenance/v1";

    @Override
    public String word() {
        return "provenance";
    }

    @Override
    public String predicateType() {
        return TYPE;
    }

    @Override
    public String form() {
        return "SLSA provenance v1, as JSON";
    }

    @Override
    public ObjectNode predicate(byte[] file, String name) {
        ObjectNode json = Documents.object(file, name);
        ObjectNode predicate = json;
        if (Statement.isStatement(json)) {
            Statement whole = Statement.parse(file);
            if (!whole.predicateType().equals(TYPE)) {
                throw ReleaseException.usage(name + " is not provenance: expected the predicate type " + TYPE
                        + ", found " + ForeignText.shown(whole.predicateType()) + ".");
            }
            predicate = whole.predicate();
        }
        judge(predicate);
        return predicate;
    }

    @Override
    public Judgement judge(ObjectNode predicate) {
        Optional<String> type = Documents.text(predicate.path("buildDefinition"), "buildType");
        Optional<String> builder = Documents.text(predicate.path("runDetails").path("builder"), "id");
        if (type.isEmpty() || builder.isEmpty()) {
            throw ReleaseException.usage("Not SLSA provenance of version 1: expected buildDefinition.buildType and "
                    + "runDetails.builder.id, found " + (type.isPresent() ? "no builder" : "no build type") + ".");
        }
        return new Judgement(State.STATED, "built by " + ForeignText.shown(builder.get()));
    }

    /** The Git commits that provenance says something was built from. */
    static List<String> commits(ObjectNode predicate) {
        List<String> commits = new ArrayList<>();
        for (JsonNode material : predicate.path("buildDefinition").path("resolvedDependencies")) {
            Documents.text(material.path("digest"), "gitCommit").ifPresent(commits::add);
        }
        return commits;
    }
}
