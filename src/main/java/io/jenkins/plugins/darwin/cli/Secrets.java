package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.git.GitCredentials;
import io.jenkins.plugins.darwin.git.LocalRepository;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.network.HostCertificates;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SecretKeySigner;
import io.jenkins.plugins.darwin.registry.Logins;
import io.jenkins.plugins.darwin.registry.RegistryAuth;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Keys and passwords, from files and the environment only: arguments are seen by every process of the machine. */
final class Secrets {
    private final Surroundings surroundings;

    Secrets(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** @throws ReleaseException usage, when there is no key, or it can't sign */
    DetachedSigner signer() {
        Path file = surroundings.resolve(
                Path.of(
                        surroundings
                                .variable("DARWIN_SIGNING_KEY")
                                .orElseThrow(
                                        () -> ReleaseException.usage(
                                                "No signing key: expected DARWIN_SIGNING_KEY to name a file with an OpenPGP secret key ('darwin key generate' makes one)."))));
        return SecretKeySigner.open(
                read("DARWIN_SIGNING_KEY", file), passphrase().orElse("").toCharArray(), surroundings.clock());
    }

    boolean hasSigningKey() {
        return surroundings.variable("DARWIN_SIGNING_KEY").isPresent();
    }

    Optional<String> passphrase() {
        // Not stripped: a space may be part of a passphrase.
        return Optional.ofNullable(surroundings.environment().get("DARWIN_SIGNING_PASSPHRASE"))
                .filter(p -> !p.isEmpty())
                .or(() -> file("DARWIN_SIGNING_PASSPHRASE").map(UserText::firstLine));
    }

    /** Logins of docker, podman and helm; user and password of the environment, for DARWIN_REGISTRY_HOSTS if that says which. */
    RegistryOptions registries(RegistryOptions options) {
        RegistryOptions all = options.withLogins(Logins.ofUser(surroundings.environment()))
                .withCertificates(HostCertificates.ofUser(surroundings.environment()));
        Optional<String> user = surroundings.variable("DARWIN_REGISTRY_USER");
        if (user.isEmpty()) {
            return all;
        }
        RegistryAuth auth = new RegistryAuth(
                user.get(),
                value("DARWIN_REGISTRY_PASSWORD")
                        .orElseThrow(
                                () -> ReleaseException.usage(
                                        "DARWIN_REGISTRY_USER is set and DARWIN_REGISTRY_PASSWORD is not: expected both or neither.")));
        return surroundings
                .variable("DARWIN_REGISTRY_HOSTS")
                .map(hosts -> all.withAuth(
                        auth, Set.of(hosts.strip().toLowerCase(Locale.ROOT).split("[\\s,]+"))))
                .orElseGet(() -> all.withAuth(auth));
    }

    /** User and token for an https remote, else what the user has set up for git; ssh remotes use the user's agent and keys. */
    GitCredentials git(LocalRepository.Found remote) {
        if (!remote.url().startsWith("http")) {
            return GitCredentials.none();
        }
        Optional<String> token = value("DARWIN_GIT_TOKEN");
        if (token.isEmpty()) {
            return new GitCredentials.OfUser(surroundings.directory().toString(), remote.user());
        }
        return new GitCredentials.UserToken(
                surroundings.variable("DARWIN_GIT_USER").orElse("git"), token.get());
    }

    /** A variable's value, or the content of the file that the variable with {@code _FILE} behind its name names. */
    private Optional<String> value(String name) {
        return surroundings.variable(name).or(() -> file(name).map(UserText::of).map(String::stripTrailing));
    }

    private Optional<byte[]> file(String name) {
        return surroundings
                .variable(name + "_FILE")
                .map(file -> read(name + "_FILE", surroundings.resolve(Path.of(file))));
    }

    private static byte[] read(String name, Path file) {
        return UserFile.read("The file " + file + " that " + name + " names", file);
    }
}
