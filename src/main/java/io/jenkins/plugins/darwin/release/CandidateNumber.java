package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.SignedCandidates;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.kind.ContentKind;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Content;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.Registry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The number of the next candidate: the first after the newest one that is signed whose names in staging are free. Names never
 * move, so a number of which anybody took one is given up, and does not hold the release back.
 */
final class CandidateNumber {
    /** More than this many numbers in a row that strangers took are a registry that people have to look at. */
    private static final int MOST = 1_000;

    private final Workspace workspace;
    private final ReleaseLine line;
    private final SignedCandidates signed;
    private final CommitId head;
    private final List<String> givenUp = new ArrayList<>();
    private Map<ContentKind, List<ContentKind.Item>> items;

    /** @param head the commit that the candidate is of */
    CandidateNumber(Workspace workspace, ReleaseLine line, SignedCandidates signed, CommitId head) {
        this.workspace = workspace;
        this.line = line;
        this.signed = signed;
        this.head = head;
    }

    /** @throws ReleaseException refused, when all of very many numbers are taken */
    CandidateId next() {
        givenUp.clear();
        CandidateId id = signed.newest().map(c -> c.id().next()).orElse(new CandidateId(line.version(), 1));
        for (int tried = 0; tried < MOST; tried++, id = id.next()) {
            Optional<String> taken = taken(id);
            if (taken.isEmpty()) {
                return id;
            }
            givenUp.add(id + " (" + taken.get() + ")");
        }
        throw ReleaseException.refused("The names of " + MOST + " candidates of " + line.version()
                + " are taken in " + line.staging().location() + ", up to " + givenUp.get(givenUp.size() - 1)
                + ": find out who put them there, and remove them.");
    }

    /** Which numbers were left out, and why. */
    List<String> warnings() {
        return givenUp.stream()
                .map(taken -> "Left out because somebody else took a name of it: " + taken + ".")
                .toList();
    }

    /** The name that somebody took; none when there is no name yet, or all that are there lead to our own build of this commit. */
    private Optional<String> taken(CandidateId id) {
        CandidateStore store = line.candidates();
        if (signed.isTaken(id)) {
            return Optional.of(store.repository().reference() + ":" + id);
        }
        Registry staging = line.staging();
        Map<Content.Place, Digest> own = null;
        for (Content.Place place : places(id)) {
            Optional<Digest> found =
                    staging.repository(place.repository()).resolve(place.tag()).map(Descriptor::digest);
            if (found.isEmpty()) {
                continue;
            }
            if (own == null) {
                own = own(store, id);
            }
            if (!found.get().equals(own.get(place))) {
                return Optional.of(staging.repository(place.repository()).reference() + ":" + place.tag());
            }
        }
        return Optional.empty();
    }

    private List<Content.Place> places(CandidateId id) {
        List<Content.Place> places = new ArrayList<>();
        if (items == null) { // the same for every number
            items = workspace
                    .kinds()
                    .items(line.config(), line.version(), workspace.git().workTree(head, workspace.progress()));
        }
        items.forEach((kind, own) -> own.forEach(item -> kind.staged(id, item).ifPresent(places::add)));
        return places;
    }

    /** What this commit's build of that number has under its names: a run that was cut off gave some of them. */
    private Map<Content.Place, Digest> own(CandidateStore store, CandidateId id) {
        Map<Content.Place, Digest> own = new HashMap<>();
        try {
            Optional<StagedCandidate> built =
                    store.findBuilt(id).filter(c -> c.candidate().commit().equals(head));
            built.ifPresent(c -> workspace
                    .kinds()
                    .contents(c.candidate(), id)
                    .forEach(content -> content.staged().ifPresent(place -> own.put(place, content.digest()))));
        } catch (ReleaseException e) {
            if (e.kind() == ReleaseException.Kind.FAILED) {
                throw e;
            }
            // Not a build, whatever has its name.
        }
        return own;
    }
}
