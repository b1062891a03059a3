package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.attest.Evidence;
import io.jenkins.plugins.darwin.attest.Packages;
import io.jenkins.plugins.darwin.candidate.EvidenceStore;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.git.CommitInfo;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Content;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.ManifestView;
import io.jenkins.plugins.darwin.registry.Repository;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** What two candidates or releases differ in: commits, files, images by layer, packages by their bills of materials. */
public final class Difference {
    /** More commits are no help to anybody; the number is told. */
    private static final int MOST_COMMITS = 500;

    private static final int MOST_LEVELS = 3;

    private Difference() {}

    /** One of the two. */
    public record Side(String name, String candidate, Digest digest, String commit) {}

    /** A commit that one has and the other has not. */
    public record Commit(String id, String author, String subject) {}

    /**
     * A thing that one has, or both.
     *
     * @param name with the version left out, so that two releases' archives are compared
     * @param state added, removed, changed or same
     * @param from its size in bytes in the first; empty where that has none
     */
    public record Item(String kind, String name, String state, Optional<Long> from, Optional<Long> to) {}

    /**
     * An image in both.
     *
     * @param same number of layers that both have
     * @param removed digests of layers that only the first has
     * @param addedBytes what has to be pulled by whoever has the first
     */
    public record Layers(String image, int same, List<Digest> removed, List<Digest> added, long addedBytes) {}

    /**
     * @param commits that the second has and the first has not, newest first; empty without a repository at hand
     * @param gone the other way round: how many
     * @param packages what changed by the newest bill of materials on each; empty where one of them has none
     */
    public record Result(
            Side a,
            Side b,
            List<Commit> commits,
            int gone,
            List<Item> contents,
            List<Layers> images,
            Optional<List<Packages.Change>> packages) {}

    /**
     * Compares.
     *
     * @param workspace the released repository, where it is at hand
     * @param trusted whose bills of materials count
     */
    public static Result of(Located a, Located b, Optional<Workspace> workspace, Optional<SignatureVerifier> trusted) {
        List<CommitInfo> fresh = workspace.map(w -> between(w, a, b)).orElse(List.of());
        int gone = workspace.map(w -> between(w, b, a).size()).orElse(0);
        return new Result(
                side(a),
                side(b),
                fresh.stream()
                        .limit(MOST_COMMITS)
                        .map(c -> new Commit(
                                c.id().sha(), ForeignText.line(c.author().name()), ForeignText.line(c.subject())))
                        .toList(),
                gone,
                contents(a.candidate(), b.candidate()),
                images(a, b),
                packages(a, trusted).flatMap(p -> packages(b, trusted).map(q -> Packages.changes(p, q))));
    }

    private static Side side(Located one) {
        StagedCandidate candidate = one.candidate();
        return new Side(
                one.name(),
                candidate.id().toString(),
                candidate.digest(),
                candidate.candidate().commit().sha());
    }

    /** A commit that this repository does not have is somebody else's release: nothing is said of commits then. */
    private static List<CommitInfo> between(Workspace workspace, Located from, Located to) {
        try {
            return workspace
                    .git()
                    .log(
                            Optional.of(from.candidate().candidate().commit()),
                            to.candidate().candidate().commit());
        } catch (ReleaseException e) {
            return List.of();
        }
    }

    private record Sized(String kind, Digest digest, long size) {}

    private static List<Item> contents(StagedCandidate a, StagedCandidate b) {
        Map<String, Sized> left = things(a);
        Map<String, Sized> right = things(b);
        SortedSet<String> names = new TreeSet<>(left.keySet());
        names.addAll(right.keySet());
        List<Item> items = new ArrayList<>();
        for (String name : names) {
            Optional<Sized> from = Optional.ofNullable(left.get(name));
            Optional<Sized> to = Optional.ofNullable(right.get(name));
            String state = from.isEmpty()
                    ? "added"
                    : to.isEmpty()
                            ? "removed"
                            : from.get().digest().equals(to.get().digest()) ? "same" : "changed";
            items.add(new Item(
                    to.or(() -> from).orElseThrow().kind(), name, state, from.map(Sized::size), to.map(Sized::size)));
        }
        return items;
    }

    private static Map<String, Sized> things(StagedCandidate candidate) {
        Map<String, Sized> things = new LinkedHashMap<>();
        Candidate contents = candidate.candidate();
        String version = contents.version().toString();
        contents.files()
                .forEach(f -> things.put(
                        f.name().replace(version, "X.Y.Z"), new Sized(f.kind().orElse("file"), f.sha256(), f.size())));
        contents.images().forEach(i -> things.put("image " + i.name(), new Sized("image", i.digest(), i.size())));
        return things;
    }

    private static List<Layers> images(Located a, Located b) {
        List<Layers> images = new ArrayList<>();
        for (Candidate.Image image : b.candidate().candidate().images()) {
            Optional<Candidate.Image> before = a.candidate().candidate().image(image.name());
            if (before.isEmpty() || before.get().digest().equals(image.digest())) {
                continue;
            }
            Map<Digest, Long> left = layers(a, image.name(), before.get().digest());
            Map<Digest, Long> right = layers(b, image.name(), image.digest());
            List<Digest> added =
                    right.keySet().stream().filter(d -> !left.containsKey(d)).toList();
            images.add(new Layers(
                    image.name(),
                    right.size() - added.size(),
                    left.keySet().stream().filter(d -> !right.containsKey(d)).toList(),
                    added,
                    added.stream().mapToLong(right::get).sum()));
        }
        return images;
    }

    /** Of all platforms, with their sizes. */
    private static Map<Digest, Long> layers(Located where, String image, Digest digest) {
        Function<Content, Optional<Content.Place>> place = c -> c.place(where.released());
        Repository repository =
                ReleaseKinds.ALL
                        .contents(
                                where.candidate().candidate(), where.candidate().id())
                        .stream()
                        .filter(c -> c.name().equals(image) && c.digest().equals(digest))
                        .flatMap(c -> place.apply(c).stream())
                        .findFirst()
                        .map(p -> where.registry().repository(p.repository()))
                        .orElseThrow(() -> ReleaseException.failed("Image " + image + " has no place in a registry."));
        Map<Digest, Long> layers = new LinkedHashMap<>();
        collect(repository, digest, layers, 0);
        return layers;
    }

    private static void collect(Repository repository, Digest digest, Map<Digest, Long> layers, int level) {
        Manifest manifest = repository
                .manifest(digest.toString())
                .orElseThrow(() -> ReleaseException.refused(repository.reference() + "@" + digest
                        + " is gone: expected what the candidate names, found nothing."));
        ManifestView view = manifest.view();
        for (Descriptor child : level < MOST_LEVELS ? view.manifests() : List.<Descriptor>of()) {
            collect(repository, child.digest(), layers, level + 1);
        }
        view.layers().forEach(l -> layers.put(l.digest(), l.size()));
    }

    /** By the newest bill of materials. */
    private static Optional<Packages> packages(Located one, Optional<SignatureVerifier> trusted) {
        return new EvidenceStore(one.store(), one.candidate(), trusted)
                .all().stream()
                        .map(EvidenceStore.Found::evidence)
                        .filter(e -> e.kind().equals("sbom"))
                        .reduce((older, newer) -> newer)
                        .map(Evidence::statement)
                        .map(s -> Packages.of(s.predicate()));
    }
}
