package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.BuildRecord;
import io.jenkins.plugins.darwin.candidate.BuildRecords;
import io.jenkins.plugins.darwin.candidate.CandidateDocuments;
import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.Descriptors;
import io.jenkins.plugins.darwin.kind.ContentKind;
import io.jenkins.plugins.darwin.kind.Made;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.Registry;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes one candidate: its contents, kind by kind, and the documents around them. */
final class CandidateBuild {
    /** Darwin's releases have images: an empty list is more often a slip than a wish. */
    static final String NO_IMAGES =
            "The configuration names no image, so the candidate will have none: list them under 'images:'.";

    private final Workspace workspace;
    private final CandidateMaker maker;
    private final Registry staging;
    private final CandidateStore store;
    private final CandidateFolder folder;
    private final CandidateFolder partial;
    private final Made made = new Made();

    private CandidateDocuments documents;

    CandidateBuild(Workspace workspace, CandidateMaker maker, Registry staging, CandidateStore store) {
        this.workspace = workspace;
        this.maker = maker;
        this.staging = staging;
        this.store = store;
        this.folder = new CandidateFolder(workspace.folder(maker.id()));
        this.partial = folder.partial();
    }

    CandidateId id() {
        return maker.id();
    }

    CommitId commit() {
        return maker.commit();
    }

    CandidateFolder folder() {
        return folder;
    }

    Candidate candidate() {
        return documents.candidate();
    }

    Map<ContentKind, List<ContentKind.Item>> items() {
        return maker.items();
    }

    List<String> warnings() {
        return workspace.kinds().all().stream()
                .filter(kind -> !maker.items().containsKey(kind))
                .flatMap(kind -> kind.missing().stream())
                .toList();
    }

    /**
     * Makes everything of one kind: files beside the final folder, all else in staging by digest.
     *
     * @param ready takes the name of each as soon as it is there
     */
    void make(ContentKind kind, Consumer<String> ready) {
        Made own = made.telling(ready);
        partial.making(() -> maker.make(kind, maker.items().get(kind), partial, staging::repository, own));
    }

    /** Puts all files into staging, where nothing names them yet. */
    void push() {
        partial.making(() -> {
            documents = new CandidateDocuments(maker.candidate(made));
            partial.create();
            documents.texts().forEach(partial::write);
            List<String> names =
                    documents.files().stream().map(f -> f.title().orElseThrow()).toList();
            List<Descriptor> pushed =
                    Descriptors.pushFolder(store.repository(), partial, names, id(), workspace.progress());
            if (!pushed.equals(documents.files())) {
                throw ReleaseException.failed(
                        "The files of " + id() + " were changed while they were staged; run again.");
            }
            keep();
        });
    }

    /** Images and charts get their names when they are signed; until then no clean-up of untagged manifests takes them. */
    private void keep() {
        Digest build = documents.unsigned().digest();
        workspace
                .kinds()
                .contents(documents.candidate(), id())
                .forEach(content -> content.staged()
                        .ifPresent(
                                place -> staging.repository(place.repository()).keep(content.digest(), build)));
    }

    /** Gives what was pushed a name that only the build knows, and remembers what it stands for. */
    void name() {
        partial.making(() -> {
            removeSuperseded();
            // First: what has this name in staging and is not remembered here is not ours.
            workspace.builds().write(new BuildRecord(BuildRecords.HERE, id(), documents.candidate()));
            store.repository().tag(documents.unsigned(), CandidateStore.buildTag(id()));
        });
    }

    /** Build names of earlier candidates serve nobody. A registry that lets nobody delete keeps them, which harms nobody. */
    private void removeSuperseded() {
        try {
            store.built(id().version()).stream()
                    .filter(earlier -> earlier.compareTo(id()) < 0)
                    .forEach(earlier -> store.repository().deleteTag(CandidateStore.buildTag(earlier)));
        } catch (ReleaseException e) {
            workspace.progress().message("Names of earlier builds stay: " + e.getMessage());
        }
    }

    void publishFolder() {
        partial.making(() -> partial.moveTo(folder));
    }
}
