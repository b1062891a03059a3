package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.archive.ArtifactFile;
import io.jenkins.plugins.darwin.archive.SourceArchive;
import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.Descriptors;
import io.jenkins.plugins.darwin.candidate.MediaType;
import io.jenkins.plugins.darwin.chart.ChartPackager;
import io.jenkins.plugins.darwin.chart.PackagedChart;
import io.jenkins.plugins.darwin.git.CommitInfo;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.image.BuildContext;
import io.jenkins.plugins.darwin.image.ImageBuilds;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.notes.ReleaseNotes;
import io.jenkins.plugins.darwin.registry.ArtifactManifest;
import io.jenkins.plugins.darwin.registry.Registry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes one candidate: images, files, {@code candidate.json}; each part once, when the plan first asks for it. */
final class CandidateBuild {
    /** Darwin's releases have images: an empty list is more often a slip than a wish. */
    static final String NO_IMAGES =
            "The configuration names no image, so the candidate will have none: list them under 'images:'.";

    private final Workspace workspace;
    private final ReleaseConfig config;
    private final CandidateId id;
    private final String branch;
    private final CommitInfo commit;
    private final GitTree tree;
    private final Registry staging;
    private final CandidateStore store;
    private final CandidateFolder folder;
    private final CandidateFolder partial;
    private final Optional<Version> previous;

    private List<Candidate.Image> images;
    private Candidate candidate;

    CandidateBuild(
            Workspace workspace,
            ReleaseConfig config,
            CandidateId id,
            String branch,
            CommitId commit,
            Registry staging,
            CandidateStore store) {
        this.workspace = workspace;
        this.config = config;
        this.id = id;
        this.branch = branch;
        this.commit = workspace.git().info(commit);
        this.tree = workspace.git().workTree(commit, workspace.progress());
        this.staging = staging;
        this.store = store;
        this.folder = new CandidateFolder(workspace.folder(id));
        this.partial = folder.partial();
        this.previous = workspace.previous(id.version());
    }

    /** Where a candidate's charts are staged: Helm insists that the tag is the chart's version, so the path tells them apart. */
    static String chartRepository(CandidateId id, String chart) {
        return "rc" + id.rc() + "/charts/" + chart;
    }

    CandidateId id() {
        return id;
    }

    CommitId commit() {
        return commit.id();
    }

    CandidateFolder folder() {
        return folder;
    }

    Candidate candidate() {
        return candidate;
    }

    List<String> warnings() {
        return config.images().isEmpty()
                ? List.of("The candidate will hold no image: darwin-release.yaml names none under 'images'.")
                : List.of();
    }

    List<String> imageNames() {
        return config.images().stream().map(ReleaseConfig.ImageSource::name).toList();
    }

    /** The files whose names are known before anything is made. */
    List<String> fileNames() {
        List<String> names = new ArrayList<>(config.source().stream()
                .map(f -> SourceArchive.fileName(topFolder(), f))
                .toList());
        config.charts().forEach(chart -> names.add(Path.of(chart).getFileName() + "-" + id.version() + ".tgz"));
        names.add(ReleaseNotes.FILE);
        return names;
    }

    private String topFolder() {
        return config.project() + "-" + id.version();
    }

    private Instant time() {
        return commit.committerTime();
    }

    /** Builds all images, several at a time, and pushes them by digest. */
    void images() {
        if (images != null) {
            return;
        }
        Path logs = workspace.dist().resolve("logs").resolve(id.toString());
        try {
            Files.createDirectories(logs);
            // Beside the candidate, where there is room for it and where the next run looks when this process is
            // killed.
            CandidateFolder temp = new CandidateFolder(folder.path().resolveSibling(id + "-images")).partial();
            try {
                BuildContext context = new BuildContext(
                        tree,
                        commit.id(),
                        id.version(),
                        time(),
                        Optional.empty(),
                        staging::repository,
                        reference -> workspace.anyRepository(reference, config),
                        System.getenv(),
                        logs,
                        temp.path(),
                        workspace.progress());
                workspace
                        .git()
                        .withoutLock(() -> images =
                                ImageBuilds.buildAll(config.images(), context, ImageBuilds.DEFAULT_PARALLELISM));
            } finally {
                temp.delete();
            }
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to make folders for the build of " + id + " but failed because: " + e.getMessage() + ".", e);
        }
    }

    /** Makes every file of the candidate that needs no key, in a folder beside the final one. */
    void files() {
        if (candidate != null) {
            return;
        }
        images(); // a release with no image still has a list of them
        partial.making(this::makeFiles);
    }

    private void makeFiles() {
        try {
            Files.createDirectories(partial.path());
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to make the folder " + partial.path() + " but failed because: " + e.getMessage() + ".", e);
        }
        List<Candidate.Artifact> files = new ArrayList<>();
        config.source()
                .forEach(format -> files.add(SourceArchive.write(
                        tree,
                        workspace.git().format(commit.id(), id.version().tag())::fill,
                        topFolder(),
                        time(),
                        format,
                        partial.file(SourceArchive.fileName(topFolder(), format)),
                        workspace.progress())));
        List<Candidate.Chart> charts = new ArrayList<>();
        for (String path : config.charts()) {
            PackagedChart chart = ChartPackager.write(
                    tree,
                    path,
                    id.version(),
                    Bump.moves(config, ChartPackager.yaml(path), "appVersion"),
                    time(),
                    partial.path(),
                    workspace.progress());
            try (Progress.Task task =
                    workspace.progress().start("stage chart " + chart.name(), -1, Progress.Unit.BYTES)) {
                chart.push(staging.repository(chartRepository(id, chart.name())), task);
            }
            charts.add(chart.chart());
            files.add(chart.file());
        }
        files.add(text(
                ReleaseNotes.FILE,
                Notes.of(workspace, config, id.version(), commit.id()).text()));
        files.sort(Comparator.comparing(Candidate.Artifact::name));
        Candidate made = new Candidate(
                1,
                config.project(),
                id.version(),
                commit.id(),
                branch,
                time(),
                previous.map(workspace::tagName),
                images,
                charts,
                files);
        Candidate.Artifact json = ArtifactFile.write(
                partial.file(Candidate.FILE), Candidate.MEDIA_TYPE, out -> out.write(Json.write(made)));
        List<Candidate.Artifact> checked = new ArrayList<>(files);
        checked.add(json);
        partial.writeChecksums(checked);
        candidate = made;
    }

    private Candidate.Artifact text(String name, String content) {
        return ArtifactFile.write(
                partial.file(name), MediaType.ofFile(name), out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }

    /** Puts all files into staging under a name that only the build knows: blobs, then the manifest with its tag. */
    void stage() {
        partial.making(this::pushUnsigned);
    }

    private void pushUnsigned() {
        ArtifactManifest manifest = ArtifactManifest.ofType(MediaType.UNSIGNED);
        Descriptors.pushFolder(store.repository(), partial, partial.names(), id, workspace.progress())
                .forEach(file -> {
                    if (file.title().orElseThrow().equals(Candidate.FILE)) {
                        manifest.config(Descriptor.of(Candidate.MEDIA_TYPE, file.digest(), file.size()));
                    }
                    manifest.layer(file);
                });
        removeSuperseded();
        store.repository().tag(manifest.build(), CandidateStore.buildTag(id));
    }

    /** Build names of earlier candidates serve nobody. A registry that lets nobody delete keeps them, which harms nobody. */
    private void removeSuperseded() {
        try {
            store.built(id.version()).stream()
                    .filter(earlier -> earlier.compareTo(id) < 0)
                    .forEach(earlier -> store.repository().deleteTag(CandidateStore.buildTag(earlier)));
        } catch (ReleaseException e) {
            workspace.progress().message("Names of earlier builds stay: " + e.getMessage());
        }
    }

    void publishFolder() {
        partial.making(() -> partial.moveTo(folder));
    }
}
