package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.git.GitRemote;
import io.jenkins.plugins.darwin.git.LocalRepository;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.release.Settings;
import io.jenkins.plugins.darwin.release.Workspace;
import java.nio.file.Path;
import java.util.Optional;
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
            "DARWIN_REGISTRY_USER and _PASSWORD (else ~/.docker/config.json), DARWIN_GIT_USER and _TOKEN.",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 refused,",
            "4 released with open ends."
        },
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            PreflightCommand.class,
            CutCommand.class,
            BackportCommand.class,
            NotesCommand.class,
            BuildRcCommand.class,
            SignCommand.class,
            VoteCommand.class,
            VerifyCommand.class,
            PromoteCommand.class,
            HotfixCommand.class,
            StatusCommand.class,
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
        String url = LocalRepository.remoteUrl(repo, surroundings.directory());
        return new GitRemote(url, secrets().git(url));
    }

    RegistryOptions registries() {
        return secrets()
                .registries(RegistryOptions.defaults())
                .withLayoutBase(surroundings.directory())
                .withClock(surroundings.clock());
    }

    Workspace workspace() {
        return Workspace.open(
                new Settings(
                        remote(),
                        surroundings.cache(),
                        configFile(),
                        registries(),
                        surroundings.resolve(dist),
                        surroundings.clock()),
                progress());
    }

    private Optional<Settings.ConfigFile> configFile() {
        return Optional.ofNullable(config)
                .map(c -> new Settings.ConfigFile(
                        c.toString(), UserFile.read("The configuration " + c, surroundings.resolve(c))));
    }
}
