package io.jenkins.plugins.darwin.kind;

import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Content;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of content that a release knows, in order: that of making, of plans and of pages. */
public record Kinds(List<ContentKind> all) {
    public Kinds {
        all = List.copyOf(all);
    }

    /** Everything in a candidate, by kind. */
    public List<Content> contents(Candidate candidate, CandidateId id) {
        return all.stream()
                .flatMap(kind -> kind.contents(candidate, id).stream())
                .toList();
    }

    /** What each kind will make of a commit; kinds that make nothing of it are left out. */
    public Map<ContentKind, List<ContentKind.Item>> items(ReleaseConfig config, Version version, GitTree tree) {
        Map<ContentKind, List<ContentKind.Item>> items = new LinkedHashMap<>();
        all.forEach(kind -> {
            List<ContentKind.Item> own = kind.items(config, version, tree);
            if (!own.isEmpty()) {
                items.put(kind, own);
            }
        });
        return items;
    }

    /** What is wrong with a content beyond its bytes, by the rule of its kind. */
    public Optional<String> fault(Content content, Manifest manifest, Candidate candidate) {
        return all.stream()
                .filter(kind -> kind.word().equals(content.kind()))
                .findFirst()
                .flatMap(kind -> kind.fault(content, manifest, candidate));
    }
}
