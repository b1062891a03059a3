package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.CandidateDocuments;
import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.kind.ContentKind;
import io.jenkins.plugins.darwin.kind.Made;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CandidateNames;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A candidate made again from its commit, to tell what was built from what somebody put in its place. What the commit alone
 * decides is made again in a temporary folder, byte for byte; what can't be (an image of a Dockerfile or a script) is taken from
 * a record that neither a branch nor a registry can write.
 */
final class Rebuild {
    private final Workspace workspace;
    private final CandidateId id;
    private final Candidate expected;
    private final List<ContentKind.Item> unknown;
    private final List<ContentKind.Item> taken;

    private Rebuild(
            Workspace workspace,
            CandidateId id,
            Candidate expected,
            List<ContentKind.Item> unknown,
            List<ContentKind.Item> taken) {
        this.workspace = workspace;
        this.id = id;
        this.expected = expected;
        this.unknown = unknown;
        this.taken = taken;
    }

    /**
     * Makes it again.
     *
     * @param earlier who says what can't be made again, and which version the notes started from
     */
    static Rebuild of(
            Workspace workspace,
            ReleaseConfig config,
            CandidateId id,
            String branch,
            CommitId commit,
            Optional<Candidate> earlier) {
        Optional<Version> previous = earlier.isPresent()
                ? earlier.get().previous().flatMap(tag -> released(workspace, tag))
                : workspace.previous(id.version());
        CandidateMaker maker = new CandidateMaker(workspace, config, id, branch, commit, previous);
        CandidateFolder folder = new CandidateFolder(workspace.scratch().resolve(id.toString())).partial();
        Registry nowhere = Registries.open("oci-layout:" + folder.path() + "-registry", RegistryOptions.defaults());
        Made made = new Made();
        List<ContentKind.Item> unknown = new ArrayList<>();
        List<ContentKind.Item> taken = new ArrayList<>();
        try {
            // One by one: candidate.json lists them in this order.
            maker.items()
                    .forEach((kind, items) -> items.forEach(item -> {
                        if (item.repeatable()) {
                            maker.make(kind, List.of(item), folder, nowhere::repository, made);
                        } else if (earlier.isEmpty() || !kind.take(earlier.get(), item, made)) {
                            unknown.add(item);
                        } else {
                            taken.add(item);
                        }
                    }));
            return new Rebuild(workspace, id, maker.candidate(made), unknown, taken);
        } finally {
            folder.delete();
            new CandidateFolder(folder.path().resolveSibling(folder.path().getFileName() + "-registry")).delete();
        }
    }

    /** What the commit gives, with what the record says of the rest. */
    Candidate expected() {
        return expected;
    }

    /** What can't be made again, and nobody remembers. */
    List<ContentKind.Item> unknown() {
        return unknown;
    }

    /** What was not made again, only looked up in the record. */
    List<ContentKind.Item> taken() {
        return taken;
    }

    private static Optional<Version> released(Workspace workspace, String tag) {
        return workspace.versions().stream()
                .filter(v -> workspace.tagName(v).equals(tag))
                .findFirst();
    }

    /** Everything in which a candidate that is staged unsigned differs from what was built; empty when nothing does. */
    List<Change> differences(StagedCandidate staged) {
        List<Change> differences = new ArrayList<>(differences(staged.candidate()));
        CandidateDocuments documents = new CandidateDocuments(expected);
        if (differences.isEmpty() && !documents.unsigned().digest().equals(staged.digest())) {
            Map<String, Descriptor> found = new LinkedHashMap<>();
            staged.files().forEach(f -> found.put(shown(f), f));
            Map<String, Digest> wanted = new LinkedHashMap<>();
            documents.files().forEach(f -> wanted.put(f.title().orElseThrow(), f.digest()));
            Map<String, Digest> there = new LinkedHashMap<>();
            found.forEach((name, file) -> there.put(name, file.digest()));
            compare("file", wanted, there, differences);
            differences.add(Change.conflict(
                    "candidate",
                    staged.repository().reference() + ":" + id,
                    documents.unsigned().digest().toString(),
                    staged.digest().toString()));
        }
        return differences;
    }

    /** A layer's title comes from outside. */
    private static String shown(Descriptor layer) {
        return layer.title().filter(CandidateNames::isLayer).orElse("a layer without a safe name");
    }

    /** The same for what {@code candidate.json} says alone. */
    List<Change> differences(Candidate found) {
        List<Change> differences = new ArrayList<>();
        word("project", expected.project(), found.project(), differences);
        word("version", expected.version(), found.version(), differences);
        word("commit", expected.commit(), found.commit(), differences);
        word("branch", expected.branch(), found.branch(), differences);
        word("time", expected.created(), found.created(), differences);
        word(
                "previous release",
                expected.previous().orElse("none"),
                found.previous().orElse("none"),
                differences);
        workspace
                .kinds()
                .all()
                .forEach(kind -> compare(kind.word(), contents(kind, expected), contents(kind, found), differences));
        Map<String, Digest> files = files(expected);
        compare("file", files, files(found), differences);
        if (differences.isEmpty() && !expected.equals(found)) {
            word("document", Digest.sha256(Json.write(expected)), Digest.sha256(Json.write(found)), differences);
        }
        return differences;
    }

    /** Contents that are files are compared as such: a chart's file and its manifest are two things. */
    private Map<String, Digest> contents(ContentKind kind, Candidate candidate) {
        Map<String, Digest> contents = new LinkedHashMap<>();
        kind.contents(candidate, id).stream()
                .filter(c -> c.staged().isPresent())
                .forEach(c -> contents.put(c.name(), c.digest()));
        return contents;
    }

    private static Map<String, Digest> files(Candidate candidate) {
        Map<String, Digest> files = new LinkedHashMap<>();
        candidate.files().forEach(f -> files.put(f.name(), f.sha256()));
        return files;
    }

    private static void word(String what, Object expected, Object found, List<Change> differences) {
        if (!expected.equals(found)) {
            differences.add(Change.conflict(what, Candidate.FILE, expected.toString(), found.toString()));
        }
    }

    private static void compare(
            String kind, Map<String, Digest> expected, Map<String, Digest> found, List<Change> differences) {
        expected.forEach((name, digest) -> {
            Digest there = found.get(name);
            if (!digest.equals(there)) {
                differences.add(
                        Change.conflict(kind, name, digest.toString(), there == null ? "nothing" : there.toString()));
            }
        });
        found.forEach((name, digest) -> {
            if (!expected.containsKey(name)) {
                differences.add(Change.conflict(kind, name, "nothing", digest.toString()));
            }
        });
    }
}
