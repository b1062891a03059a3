package io.jenkins.plugins.darwin.attest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;

/** What is in it: a CycloneDX bill of materials, as JSON. */
final class BillOfMaterialsKind implements EvidenceKind {
    @Override
    public String word() {
        return "sbom";
    }

    @Override
    public String predicateType() {
        return "https://cyclonedx.org/bom";
    }

    @Override
    public String form() {
        return "a CycloneDX bill of materials, as JSON";
    }

    @Override
    public ObjectNode predicate(byte[] file, String name) {
        if (file.length > 0 && file[0] == '<') {
            throw ReleaseException.usage(name + " is XML: expected CycloneDX as JSON; most tools write it when asked.");
        }
        ObjectNode json = Documents.object(file, name);
        judge(json);
        return json;
    }

    @Override
    public Judgement judge(ObjectNode predicate) {
        String format = Documents.text(predicate, "bomFormat").orElse("nothing");
        if (!format.equals("CycloneDX")
                || Documents.text(predicate, "specVersion").isEmpty()) {
            throw ReleaseException.usage(
                    "Not a CycloneDX bill of materials: expected bomFormat CycloneDX and a specVersion, found bomFormat "
                            + ForeignText.shown(format) + ".");
        }
        int parts = predicate.path("components").size();
        return new Judgement(
                State.STATED,
                "CycloneDX " + ForeignText.shown(predicate.get("specVersion").textValue()) + ", " + parts
                        + (parts == 1 ? " component" : " components"));
    }
}
