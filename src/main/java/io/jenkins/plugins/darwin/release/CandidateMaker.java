package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.git.CommitInfo;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.kind.ContentKind;
import io.jenkins.plugins.darwin.kind.Made;
import io.jenkins.plugins.darwin.kind.Making;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.Repository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes what a commit gives, kind by kind: the same whether it is built for the first time or made again to compare. */
final class CandidateMaker {
    private final Workspace workspace;
    private final ReleaseConfig config;
    private final CandidateId id;
    private final String branch;
    private final CommitInfo commit;
    private final GitTree tree;
    private final Optional<Version> previous;
    private final Map<ContentKind, List<ContentKind.Item>> items;

    /** @param previous the version that the notes start from */
    CandidateMaker(
            Workspace workspace,
            ReleaseConfig config,
            CandidateId id,
            String branch,
            CommitId commit,
            Optional<Version> previous) {
        this.workspace = workspace;
        this.config = config;
        this.id = id;
        this.branch = branch;
        this.commit = workspace.git().info(commit);
        this.tree = workspace.git().workTree(commit, workspace.progress());
        this.previous = previous;
        this.items = workspace.kinds().items(config, id.version(), tree);
    }

    CandidateId id() {
        return id;
    }

    CommitId commit() {
        return commit.id();
    }

    /** What each kind makes of the commit, in order. */
    Map<ContentKind, List<ContentKind.Item>> items() {
        return items;
    }

    /**
     * Makes these items of a kind.
     *
     * @param directory where files go
     * @param staging the repository that takes what is no file, by its path
     */
    void make(
            ContentKind kind,
            List<ContentKind.Item> chosen,
            CandidateFolder directory,
            Function<String, Repository> staging,
            Made made) {
        directory.create();
        // Beside the files, where there is room and where the next run looks when this process is killed.
        CandidateFolder temp = new CandidateFolder(directory.path().resolveSibling(id + "-" + kind.word())).partial();
        try {
            Making making = new Making(
                    id,
                    commit,
                    tree,
                    config,
                    workspace.git().format(commit.id(), workspace.tagName(id.version()))::fill,
                    (file, place) -> Bump.moves(config, file, place),
                    () -> Notes.of(workspace, config, id.version(), previous, commit.id())
                            .text(),
                    directory.path(),
                    workspace.dist().resolve("logs").resolve(id.toString()),
                    temp.path(),
                    staging,
                    reference -> workspace.anyRepository(reference, config),
                    workspace.environment(),
                    workspace.logins(),
                    workspace.progress());
            workspace.git().withoutLock(() -> kind.make(making, chosen, made));
        } finally {
            temp.delete();
        }
    }

    /** What was made, as one document. */
    Candidate candidate(Made made) {
        return made.candidate(
                config.project(),
                id.version(),
                commit.id(),
                branch,
                commit.committerTime(),
                previous.map(workspace::tagName));
    }
}
