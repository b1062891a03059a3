package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RemoteConfig;

/**
 * The remotes of a clone, by git's rules: {@code insteadOf} and {@code pushInsteadOf}, push addresses, paths relative to the
 * clone. The program git is asked where it is there, since it reads every configuration of the user; else JGit.
 */
final class CloneRemotes {
    private static final String LOCAL = ".";

    private final Repository repository;
    private final Path top;
    private final Optional<GitProgram> git;

    CloneRemotes(Repository repository, Path top, String searchPath) {
        this.repository = repository;
        this.top = top;
        this.git = GitProgram.find(searchPath);
    }

    /**
     * The remote that releases belong to: what trunk follows, since a fork's clone follows the project there; else where the
     * user pushes by default; else {@code origin}; else the only one. Empty when there is none.
     *
     * @throws ReleaseException usage, when there are several and nothing tells which
     */
    Optional<String> choose() {
        Config config = repository.getConfig();
        Set<String> names = new TreeSet<>(config.getSubsections("remote"));
        names.removeIf(name -> config.getString("remote", name, "url") == null);
        Optional<String> followed = Stream.concat(Stream.of("main", "master", "trunk"), currentBranch().stream())
                .flatMap(branch -> Optional.ofNullable(config.getString("branch", branch, "remote")).stream())
                .filter(name -> !name.equals(LOCAL))
                .findFirst();
        Optional<String> chosen = followed.or(
                        () -> Optional.ofNullable(config.getString("remote", null, "pushDefault")))
                .or(() -> Optional.of("origin").filter(names::contains))
                .or(() -> names.size() == 1 ? names.stream().findFirst() : Optional.empty());
        if (chosen.isEmpty() && names.size() > 1) {
            throw ReleaseException.usage("The clone " + top + " has the remotes " + String.join(", ", names)
                    + ", and none is called origin or followed by main: name the repository with --repo.");
        }
        return chosen;
    }

    private Optional<String> currentBranch() {
        try {
            return Optional.ofNullable(repository.getFullBranch())
                    .filter(name -> name.startsWith(Constants.R_HEADS))
                    .map(name -> name.substring(Constants.R_HEADS.length()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The address behind a remote's name; a name that is itself an address stays one.
     *
     * @param push where it is pushed to, which may be another place
     * @throws ReleaseException usage, when a push would go to several places
     */
    String address(String name, boolean push) {
        List<String> addresses = byGit(name, push).orElseGet(() -> byJGit(name, push));
        if (addresses.size() > 1) {
            throw ReleaseException.usage("The remote " + name + " of " + top + " has " + addresses.size()
                    + " addresses for pushes, and a release is in one place: name it with --repo.");
        }
        return addresses.isEmpty() ? name : addresses.get(0);
    }

    private Optional<List<String>> byGit(String name, boolean push) {
        if (git.isEmpty() || name.startsWith("-")) {
            return Optional.empty();
        }
        try {
            GitProgram.Answer answer = push
                    ? git.get().asUser(top, "", "remote", "get-url", "--push", "--all", name)
                    : git.get().asUser(top, "", "remote", "get-url", name);
            List<String> addresses =
                    answer.text().lines().filter(line -> !line.isBlank()).toList();
            return answer.exit() == 0 && !addresses.isEmpty() ? Optional.of(addresses) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private List<String> byJGit(String name, boolean push) {
        try {
            RemoteConfig remote = new RemoteConfig(repository.getConfig(), name);
            List<String> fetched =
                    remote.getURIs().stream().limit(1).map(Object::toString).toList();
            List<String> pushed =
                    remote.getPushURIs().stream().map(Object::toString).toList();
            return push && !pushed.isEmpty() ? pushed : fetched;
        } catch (URISyntaxException e) {
            throw ReleaseException.usage("The address of the remote " + name + " of " + top + " is none: "
                    + GitNames.printable(e.getMessage()) + ".");
        }
    }
}
