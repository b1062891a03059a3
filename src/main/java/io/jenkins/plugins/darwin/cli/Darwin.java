package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.config.ConfigReader;
import io.jenkins.plugins.darwin.git.GitRemote;
import io.jenkins.plugins.darwin.git.HttpTransportSettings;
import io.jenkins.plugins.darwin.git.LocalRepository;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.network.NetworkSettings;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.release.Settings;
import io.jenkins.plugins.darwin.release.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root command: options that every command knows. */
@Command(
        name = "darwin",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        description = "Takes a release from branch cut to announcement: what was voted on is what ships.",
        footer = {
            "",
            "Secrets come from the environment: DARWIN_SIGNING_KEY (a file) and DARWIN_SIGNING_PASSPHRASE (or _FILE),",
            "DARWIN_REGISTRY_USER and _PASSWORD for trunk's registries (else the logins of docker, podman and helm),",
            "DARWIN_GIT_USER and _TOKEN. Proxies: https_proxy, http_proxy, no_proxy. Authorities: --cacert, SSL_CERT_FILE.",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 refused,",
            "4 released with open ends."
        },
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            LinesCommand.class,
            LineCommand.class,
            CalendarCommand.class,
            PreflightCommand.class,
            CutCommand.class,
            BackportCommand.class,
            PolicyCommand.class,
            NextCommand.class,
            LoadGateCommand.class,
            NotesCommand.class,
            BuildRcCommand.class,
            SignCommand.class,
            VoteCommand.class,
            VerifyCommand.class,
            PromoteCommand.class,
            HotfixCommand.class,
            StatusCommand.class,
            AttestCommand.class,
            FetchCommand.class,
            DiffCommand.class,
            BundleCommand.class,
            ImportCommand.class,
            WithdrawCommand.class,
            KeyCommand.class
        })
final class Darwin implements Runnable {
    @Option(
            names = "--repo",
            paramLabel = "DIR_OR_URL",
            scope = ScopeType.INHERIT,
            description =
                    "The repository being released: a clone (its origin is used), a bare repository, or an address. Default: here.")
    private String repo = ".";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "A configuration in the place of the repository's darwin-release.yaml.")
    private Path config;

    @Option(
            names = "--dist",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Where candidates' folders are made. Default: dist.")
    private Path dist = Path.of("dist");

    @Option(
            names = "--cacert",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "PEM of certificate authorities that count beside the machine's own, for registries and Git.")
    private Path cacert;

    @Option(names = "--dry-run", scope = ScopeType.INHERIT, description = "Print the plan and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "One JSON document on standard output; messages go to standard error.")
    private boolean json;

    private final Surroundings surroundings;
    private Progress progress;

    Darwin(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void run() {
        throw ReleaseException.usage(
                "No command given: 'darwin --help' lists them; 'darwin demo' shows a whole release.");
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** As given: a folder or an address. */
    String repo() {
        return repo;
    }

    boolean dryRun() {
        return dryRun;
    }

    boolean json() {
        return json;
    }

    Progress progress() {
        if (progress == null) {
            progress = surroundings.terminal()
                    ? new BarProgress(surroundings.err())
                    : new LineProgress(surroundings.err(), surroundings.clock());
        }
        return progress;
    }

    Secrets secrets() {
        return new Secrets(surroundings);
    }

    GitRemote remote() {
        return remote(false);
    }

    /** @param push whether for a command that pushes: a clone may send pushes to another address */
    private GitRemote remote(boolean push) {
        LocalRepository.Found found = LocalRepository.remote(repo, surroundings.directory(), push);
        Path folder = surroundings.resolve(Path.of(repo.matches("[A-Za-z][A-Za-z0-9+.-]*://.*|[^/]+@.*") ? "." : repo));
        return new GitRemote(found.url(), secrets().git(found))
                .withNetwork(HttpTransportSettings.ofUser(
                        network(),
                        found.url(),
                        Files.isDirectory(folder) ? folder : surroundings.directory(),
                        surroundings.environment()));
    }

    private NetworkSettings network() {
        NetworkSettings network = NetworkSettings.ofEnvironment(surroundings.environment());
        return cacert == null
                ? network
                : network.withCertificates(NetworkSettings.bundle(surroundings.resolve(cacert), "--cacert"));
    }

    RegistryOptions registries() {
        RegistryOptions options = secrets()
                .registries(RegistryOptions.defaults())
                .withNetwork(network())
                .withLayoutBase(surroundings.directory())
                .withClock(surroundings.clock());
        // A configuration that the user names is as good as trunk's.
        return configFile()
                .map(file -> ConfigReader.read(file.name(), file.content(), "project")
                        .registry())
                .map(named -> options.withAuthHosts(Stream.of(named.staging(), named.release())
                        .flatMap(location -> Registries.host(location).stream())
                        .collect(Collectors.toSet())))
                .orElse(options);
    }

    /** For a place that is named on the command line alone: user and password of the environment are trunk's registries'. */
    RegistryOptions registriesOfTrunk() {
        RegistryOptions options = registries();
        if (options.auth().isEmpty() || options.authHosts().isPresent()) {
            return options;
        }
        try (Workspace workspace = workspace()) {
            return options.withAuthHosts(workspace.trunkHosts());
        } catch (ReleaseException e) {
            return options.withAuthHosts(Set.of()); // no repository here that could name one
        }
    }

    Workspace workspace() {
        return workspace(remote());
    }

    /** For a command that pushes; says where to, since a clone may have several remotes. */
    Workspace workspaceForPush() {
        GitRemote remote = remote(true);
        progress()
                .message("Repository: " + remote
                        + LocalRepository.remote(repo, surroundings.directory(), true)
                                .name()
                                .map(name -> " (remote " + name + " of this clone)")
                                .orElse(""));
        return workspace(remote);
    }

    private Workspace workspace(GitRemote remote) {
        return Workspace.open(
                new Settings(
                        remote,
                        surroundings.cache(),
                        configFile(),
                        registries(),
                        surroundings.resolve(dist),
                        surroundings.clock(),
                        secrets().hasSigningKey() ? Optional.of(() -> secrets().signer()) : Optional.empty()),
                progress());
    }

    private Optional<Settings.ConfigFile> configFile() {
        return Optional.ofNullable(config)
                .map(c -> new Settings.ConfigFile(
                        c.toString(), UserFile.read("The configuration " + c, surroundings.resolve(c))));
    }
}
