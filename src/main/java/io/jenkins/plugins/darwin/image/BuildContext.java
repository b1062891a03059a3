package io.jenkins.plugins.darwin.image;

import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.RegistryAuth;
import io.jenkins.plugins.darwin.registry.Repository;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What images are built from and where they go. Safe for several threads when its parts are.
 *
 * @param commit whose tree it is
 * @param commitTime the time of every image and file in it
 * @param sourceUrl where the sources are published, without a secret: the image's {@code org.opencontainers.image.source}
 * @param staging the repository that takes an image, by the image's name
 * @param produced the repository that a build script pushes to, by {@code host[:port]/path}
 * @param environment of this process; children get a few harmless variables of it only
 * @param logins who to be at registries that base images may come from, by {@code host[:port]}
 * @param logs folder for one whole log an image or command
 * @param temp folder for checkouts; what is made there is deleted
 */
public record BuildContext(
        GitTree tree,
        CommitId commit,
        Version version,
        Instant commitTime,
        Optional<String> sourceUrl,
        Function<String, Repository> staging,
        Function<String, Repository> produced,
        Map<String, String> environment,
        Map<String, RegistryAuth> logins,
        Path logs,
        Path temp,
        Progress progress) {
    public BuildContext {
        environment = Map.copyOf(environment);
        logins = Map.copyOf(logins);
    }
}
