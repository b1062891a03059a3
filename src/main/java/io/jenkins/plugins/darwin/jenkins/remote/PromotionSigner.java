package io.jenkins.plugins.darwin.jenkins.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.darwin.candidate.BuildRecord;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.ContentState;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.Purpose;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What {@code darwinPromote} may have signed: the version's tag, the record of its promotion, and commits that the step makes for
 * it, each read here from its bytes, all for one candidate. A commit that the controller recorded for that candidate is the only one
 * that the tag may be on.
 */
public final class PromotionSigner extends StepSigner {
    private final Version version;
    private final List<BuildRecord> records;
    private Optional<String> candidate = Optional.empty();

    /** @param records what the controller knows of builds of the version */
    public PromotionSigner(DetachedSigner key, Version version, List<BuildRecord> records) {
        super(key);
        this.version = version;
        this.records = List.copyOf(records);
    }

    @Override
    void requireOrdered(SignedFor what) {
        if (what.purpose() == Purpose.COMMIT) {
            if (!what.candidate().equals(version.toString())) {
                throw refused(what, "expected a commit for " + version);
            }
            return;
        }
        if (what.purpose() != Purpose.TAG && what.purpose() != Purpose.PROMOTION) {
            throw refused(what, "the step signs a tag and the record of a promotion, nothing else");
        }
        if (CandidateId.ofTag(what.candidate())
                .filter(id -> id.version().equals(version))
                .isEmpty()) {
            throw refused(what, "expected a candidate of " + version);
        }
        if (candidate.filter(c -> !c.equals(what.candidate())).isPresent()) {
            throw refused(what, "the step promotes " + candidate.get());
        }
    }

    @Override
    void requireContent(SignedFor what, ContentState content) {
        throw refused(what, "the controller reads it whole");
    }

    @Override
    void requireDocument(SignedFor what, byte[] document) {
        String text = new String(document, StandardCharsets.UTF_8);
        switch (what.purpose()) {
            case TAG -> tag(what, text);
            case PROMOTION -> promotion(what, document);
            default -> {
                if (!text.startsWith("tree ")) {
                    throw refused(what, "expected a commit of Git");
                }
            }
        }
    }

    /** A tag object is a few lines, an empty one, and the message (gitformat-pack and git-mktag). */
    private void tag(SignedFor what, String text) {
        List<String> lines = text.lines().limit(3).toList();
        if (lines.size() < 3
                || !lines.get(0).matches("object [0-9a-f]{40,64}")
                || !lines.get(1).equals("type commit")
                || !lines.get(2).equals("tag " + what.name())) {
            throw refused(what, "expected the object of a tag " + what.name() + " on a commit");
        }
        // However a project names its tags, the version's numbers are in it, and no others in their place.
        if (!what.name()
                .matches("(?:.*\\D)?" + version.major() + "\\D+" + version.minor() + "\\D+" + version.patch()
                        + "(?:\\D.*)?")) {
            throw refused(what, "expected the tag of " + version);
        }
        String commit = lines.get(0).substring("object ".length());
        known(what).ifPresent(record -> {
            String expected = record.contents().commit().sha();
            if (!commit.equals(expected)) {
                throw refused(
                        what,
                        "expected it on " + expected + ", as " + record.by() + " recorded for " + record.candidate()
                                + ", found it on " + commit);
            }
        });
    }

    private void promotion(SignedFor what, byte[] document) {
        JsonNode json = Json.read(document, JsonNode.class, "the record of a promotion");
        require(what, json, "version", version.toString());
        require(what, json, "candidate", what.candidate());
        require(what, json, "digest", what.name());
        require(what, json, "project", what.project());
        known(what)
                .ifPresent(record ->
                        require(what, json, "commit", record.contents().commit().sha()));
    }

    private static void require(SignedFor what, JsonNode json, String member, String expected) {
        String found = json.path(member).asText();
        if (!found.equals(expected)) {
            throw refused(what, "expected " + member + " " + expected + ", found " + Version.printable(found));
        }
    }

    private Optional<BuildRecord> known(SignedFor what) {
        return records.stream()
                .filter(r -> r.candidate().toString().equals(what.candidate()))
                .findFirst();
    }

    @Override
    void signed(SignedFor what, String signature) {
        if (what.purpose() != Purpose.COMMIT) {
            candidate = Optional.of(what.candidate());
        }
    }
}
