package io.jenkins.plugins.darwin.jenkins.vote;

import io.jenkins.plugins.darwin.candidate.SignedCandidates;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.release.ReleaseKinds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the page tells about a candidate, gathered once when the gate opens. Kept in a file, not in memory.
 *
 * @param reference where it is staged
 * @param files names and sizes
 * @param images names and digests
 * @param previous the candidate before, or empty for the first
 * @param commits since the previous candidate, newest first; empty without a Git repository
 * @param changes images and files that differ from the previous candidate's
 */
public record GateAbout(
        String reference,
        String commit,
        String branch,
        List<Part> files,
        List<Part> images,
        Optional<String> previous,
        List<String> commits,
        List<String> changes) {
    private static final String FILE = "about.json";
    private static final int MOST_COMMITS = 50;

    /** @param detail a size or a digest, for people */
    public record Part(String name, String detail) {}

    /** @param signed the version's candidates */
    static GateAbout of(SignedCandidates signed, StagedCandidate candidate, Optional<GitMirror> git) {
        Candidate now = candidate.candidate();
        Optional<StagedCandidate> before = signed.before(candidate.id());
        List<String> commits = before
                .filter(b -> !b.candidate().commit().equals(now.commit()))
                .flatMap(b -> git.map(g -> g.log(Optional.of(b.candidate().commit()), now.commit())))
                .orElse(List.of())
                .stream()
                .limit(MOST_COMMITS)
                .map(c -> c.id().abbreviated() + " "
                        + c.message().lines().findFirst().orElse(""))
                .toList();
        return new GateAbout(
                candidate.repository().reference() + ":" + candidate.id(),
                now.commit().sha(),
                now.branch(),
                candidate.files().stream()
                        .map(f -> new Part(f.title().orElse("?"), size(f.size())))
                        .toList(),
                ReleaseKinds.ALL.contents(now, candidate.id()).stream()
                        .filter(c -> c.file().isEmpty())
                        .map(c -> new Part(c.name(), c.digest().toString()))
                        .toList(),
                before.map(b -> b.id().toString()),
                commits,
                before.map(b -> changes(b, candidate)).orElse(List.of()));
    }

    private static List<String> changes(StagedCandidate before, StagedCandidate now) {
        Map<String, Digest> old = digests(before);
        Map<String, Digest> current = digests(now);
        List<String> changes = new ArrayList<>();
        current.forEach((name, digest) -> {
            if (!digest.equals(old.get(name))) {
                changes.add(name + (old.containsKey(name) ? "" : " (new)"));
            }
        });
        old.keySet().stream().filter(name -> !current.containsKey(name)).forEach(name -> changes.add(name + " (gone)"));
        return changes;
    }

    /** Everything by kind and name: what has a place of its own, then the files. */
    private static Map<String, Digest> digests(StagedCandidate candidate) {
        Map<String, Digest> digests = new LinkedHashMap<>();
        ReleaseKinds.ALL.contents(candidate.candidate(), candidate.id()).stream()
                .filter(c -> c.file().isEmpty())
                .forEach(c -> digests.put(c.kind() + " " + c.name(), c.digest()));
        candidate.candidate().files().forEach(f -> digests.put("file " + f.name(), f.sha256()));
        return digests;
    }

    private static String size(long bytes) {
        return bytes < 1 << 10 ? bytes + " B" : bytes < 1 << 20 ? (bytes >> 10) + " KiB" : (bytes >> 20) + " MiB";
    }

    void write(Path folder) {
        GateFiles.write(folder.resolve(FILE), Json.write(this));
    }

    /** Empty when a crash came between the opening and this. */
    static Optional<GateAbout> read(Path folder) {
        Path file = folder.resolve(FILE);
        return Files.exists(file)
                ? Optional.of(Json.read(GateFiles.read(file), GateAbout.class, FILE))
                : Optional.empty();
    }
}
