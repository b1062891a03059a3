package io.jenkins.plugins.darwin.kind;

import io.jenkins.plugins.darwin.git.CommitInfo;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.RegistryAuth;
import io.jenkins.plugins.darwin.registry.Repository;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What contents are made from and where they go.
 *
 * @param id of the candidate: names in staging alone may carry its number
 * @param tree the commit's files, as Git writes them
 * @param substitution fills in files that are marked {@code export-subst}
 * @param moves whether the configuration has the release's version in this place of this file
 * @param notes the text of the release notes: it takes the whole history, not the commit's files alone
 * @param directory where files of the candidate are written
 * @param logs folder for one whole log an image or command
 * @param temp folder for checkouts; what is made there is deleted
 * @param staging the repository that takes what is no file, by path below the registry
 * @param produced the repository that a build script pushes to, by {@code host[:port]/path}
 * @param logins who to be at registries that base images may come from, by {@code host[:port]}
 * @param environment of this process; children get a few harmless variables of it only
 */
public record Making(
        CandidateId id,
        CommitInfo commit,
        GitTree tree,
        ReleaseConfig config,
        UnaryOperator<byte[]> substitution,
        BiPredicate<String, String> moves,
        Supplier<String> notes,
        Path directory,
        Path logs,
        Path temp,
        Function<String, Repository> staging,
        Function<String, Repository> produced,
        Map<String, String> environment,
        Map<String, RegistryAuth> logins,
        Progress progress) {
    public Making {
        environment = Map.copyOf(environment);
        logins = Map.copyOf(logins);
    }

    public Version version() {
        return id.version();
    }

    /** The time of everything that is made: the commit's. */
    public Instant time() {
        return commit.committerTime();
    }

    /** {@code darwin-1.3.0}: how archives and the folder in them are called. */
    public String topFolder() {
        return config.project() + "-" + version();
    }
}
