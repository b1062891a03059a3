package io.jenkins.plugins.darwin.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An in-toto statement (in-toto/attestation, spec v1): something is said of these subjects.
 *
 * @param predicateType a URI that says how the predicate is to be read
 * @param predicate what is said; a JSON object
 */
public record Statement(List<Subject> subjects, String predicateType, ObjectNode predicate) {
    private static final String TYPE = "https://in-toto.io/Statement/v1";
    /** More subjects than that are none of ours. */
    private static final int MOST_SUBJECTS = 1000;

    public Statement {
        subjects = List.copyOf(subjects);
    }

    /**
     * What a statement is on: a resource descriptor by its digest.
     *
     * @param name for people; the digest alone says what it is
     * @param notes annotations: what was stated where and when; part of what is signed
     */
    public record Subject(String name, Digest digest, Map<String, String> notes) {
        public Subject {
            notes = Collections.unmodifiableSortedMap(new TreeMap<>(notes));
        }
    }

    /** The subject with this digest. */
    public Optional<Subject> on(Digest digest) {
        return subjects.stream().filter(s -> s.digest().equals(digest)).findFirst();
    }

    /** What is signed. */
    public byte[] toJson() {
        ObjectNode json = Documents.empty();
        json.put("_type", TYPE);
        ArrayNode list = json.putArray("subject");
        for (Subject subject : subjects) {
            ObjectNode one = list.addObject();
            one.put("name", subject.name());
            one.putObject("digest")
                    .put(subject.digest().algorithm(), subject.digest().hex());
            if (!subject.notes().isEmpty()) {
                ObjectNode notes = one.putObject("annotations");
                subject.notes().forEach(notes::put);
            }
        }
        json.put("predicateType", predicateType);
        json.set("predicate", predicate);
        return Documents.bytes(json);
    }

    /**
     * Reads one that others wrote.
     *
     * @throws ReleaseException usage, when it is none
     */
    public static Statement parse(byte[] bytes) {
        ObjectNode json = Documents.object(bytes, "A statement");
        if (!isStatement(json)) {
            throw wrong("_type " + TYPE, String.valueOf(json.get("_type")));
        }
        JsonNode list = json.path("subject");
        if (!list.isArray() || list.isEmpty() || list.size() > MOST_SUBJECTS) {
            throw wrong("1 to " + MOST_SUBJECTS + " subjects", String.valueOf(list.size()));
        }
        List<Subject> subjects = new ArrayList<>();
        list.forEach(s -> subject(s).ifPresent(subjects::add));
        if (!(json.get("predicate") instanceof ObjectNode predicate)) {
            throw wrong("a predicate", "none");
        }
        return new Statement(
                subjects,
                Documents.text(json, "predicateType").orElseThrow(() -> wrong("a predicateType", "none")),
                predicate);
    }

    /** Whether a document says that it is an in-toto statement of this version. */
    static boolean isStatement(ObjectNode json) {
        return Documents.text(json, "_type").equals(Optional.of(TYPE));
    }

    /** One without a sha256 is none of an OCI manifest, and is passed over. */
    private static Optional<Subject> subject(JsonNode node) {
        Map<String, String> notes = new TreeMap<>();
        node.path("annotations").fields().forEachRemaining(e -> {
            if (e.getValue().isTextual()) {
                notes.put(e.getKey(), e.getValue().textValue());
            }
        });
        return Documents.text(node.path("digest"), "sha256")
                .map(hex -> new Subject(Documents.text(node, "name").orElse(""), new Digest("sha256", hex), notes));
    }

    private static ReleaseException wrong(String expected, String found) {
        return ReleaseException.usage(
                "Not an in-toto statement of version 1: expected " + expected + ", found " + found + ".");
    }
}
