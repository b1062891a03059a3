package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.BuildRecords;
import io.jenkins.plugins.darwin.config.ConfigReader;
import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.git.LocalRepository;
import io.jenkins.plugins.darwin.git.TagRef;
import io.jenkins.plugins.darwin.kind.Kinds;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.ReleaseNames;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.registry.RegistryAuth;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The repository being released, its configuration and its registries, for the length of one use case. */
public final class Workspace implements AutoCloseable {
    private final Settings settings;
    private final Progress progress;
    private final GitMirror git;
    private ReleaseNames names;
    private final Kinds kinds;
    /** Each opened once: its connections and tokens serve all that the use case asks. */
    private final Map<List<Object>, Registry> registries = new ConcurrentHashMap<>();

    private Workspace(Settings settings, Progress progress, GitMirror git, Kinds kinds) {
        this.settings = settings;
        this.progress = progress;
        this.git = git;
        this.kinds = kinds;
    }

    /** Fetches what is new in the repository. */
    public static Workspace open(Settings settings, Progress progress) {
        return new Workspace(
                settings, progress, GitMirror.open(settings.remote(), settings.cache(), progress), ReleaseKinds.ALL);
    }

    public GitMirror git() {
        return git;
    }

    /** The remote's address, for people. */
    String repository() {
        return settings.remote().toString();
    }

    public Progress progress() {
        return progress;
    }

    public Clock clock() {
        return settings.clock();
    }

    /** What builds find around them. */
    Map<String, String> environment() {
        return settings.environment();
    }

    /** User and password for trunk's hosts, where base images of builds may be; empty without any. */
    Map<String, RegistryAuth> logins() {
        RegistryOptions registries = settings.registries();
        return registries
                .auth()
                .map(auth -> registries.authHosts().orElseGet(this::trunkHosts).stream()
                        .collect(Collectors.toMap(host -> host, host -> auth)))
                .orElse(Map.of());
    }

    /** The key that commits are signed with, if one is at hand. */
    Optional<Supplier<DetachedSigner>> commitKey() {
        return settings.commitKey();
    }

    /** How tags and branches are named: trunk's word. */
    public ReleaseNames names() {
        if (names == null) {
            names = git.isEmpty()
                    ? ReleaseNames.defaults(repositoryName())
                    : trunkConfig().names();
        }
        return names;
    }

    /** The tag of a released version, in whatever form it is named. */
    public Optional<TagRef> tagged(Version version) {
        return git.tag(tagName(version));
    }

    /** The name of a version's tag: of the one that is there, else of the one that will be made. */
    public String tagName(Version version) {
        return names().tags(version).stream()
                .filter(name -> git.tag(name).isPresent())
                .findFirst()
                .orElseGet(() -> names().tag(version));
    }

    /**
     * The configuration as it is at a commit, unless one was given from outside; trunk's, where the commit is from before
     * there was one.
     */
    public ReleaseConfig config(CommitId commit) {
        if (settings.config().isPresent()) {
            Settings.ConfigFile file = settings.config().get();
            return ConfigReader.read(file.name(), file.content(), repositoryName());
        }
        return ownConfig(commit)
                .orElseGet(() -> ownConfig(configStart())
                        .flatMap(c -> git.branch(c.trunk()))
                        .flatMap(this::ownConfig)
                        .orElseGet(() -> ConfigReader.defaults(repositoryName())));
    }

    /** Whether a commit has a configuration of its own, or one was given from outside for all. */
    boolean hasOwnConfig(CommitId commit) {
        return settings.config().isPresent()
                || git.tree(commit).find(ConfigReader.FILE_NAME).isPresent();
    }

    private Optional<ReleaseConfig> ownConfig(CommitId commit) {
        return git.tree(commit)
                .read(ConfigReader.FILE_NAME)
                .map(bytes -> ConfigReader.read(
                        ConfigReader.FILE_NAME + " at " + commit.abbreviated(), bytes, repositoryName()));
    }

    /** The configuration of trunk's head. Trunk is what it says, which is looked up on the remote's default branch. */
    public ReleaseConfig trunkConfig() {
        if (git.isEmpty()) {
            throw ReleaseException.refused(
                    "The repository " + settings.remote() + " has no commit yet: expected a trunk to release from.");
        }
        if (settings.config().isPresent()) {
            return ConfigReader.read(
                    settings.config().get().name(), settings.config().get().content(), repositoryName());
        }
        return config(configStart());
    }

    /** Where the configuration is looked for that says which branch is trunk. */
    private CommitId configStart() {
        return git.defaultBranch()
                .flatMap(git::branch)
                .or(() -> git.branch("main"))
                .or(() -> git.branches().size() == 1
                        ? git.branches().values().stream().findFirst()
                        : Optional.empty())
                .orElseThrow(() -> ReleaseException.refused(
                        "The repository " + settings.remote() + " has neither a default branch nor a"
                                + " branch main to read darwin-release.yaml from: expected one, found "
                                + String.join(", ", git.branches().keySet()) + ".",
                        Next.of(Next.Act.GIVE_CONFIG)));
    }

    /** Whether somebody wrote a configuration, on trunk or outside, rather than the defaults hold. */
    boolean hasConfig(ReleaseConfig config) {
        return settings.config().isPresent()
                || git.branch(config.trunk())
                        .flatMap(c -> git.tree(c).read(ConfigReader.FILE_NAME))
                        .isPresent();
    }

    /** @throws ReleaseException refused, when the repository has no such branch */
    public CommitId trunk(ReleaseConfig config) {
        return git.branch(config.trunk())
                .orElseThrow(() -> ReleaseException.refused("The repository " + settings.remote()
                        + " has no branch " + config.trunk()
                        + ": expected the trunk that darwin-release.yaml names, found "
                        + (git.branches().isEmpty()
                                ? "no branch at all"
                                : String.join(", ", git.branches().keySet())) + "."));
    }

    public Registry staging(ReleaseConfig config) {
        return registry(config.registry().staging(), config);
    }

    public Registry release(ReleaseConfig config) {
        return registry(config.registry().release(), config);
    }

    /** The kinds of content that a candidate can have. */
    public Kinds kinds() {
        return kinds;
    }

    /** The same with other kinds, which a test or a program around this one adds. */
    public Workspace with(Kinds other) {
        return new Workspace(settings, progress, git, other);
    }

    /** The builds that this machine remembers. */
    public BuildRecords builds() {
        return new BuildRecords(settings.cache(), settings.remote().url());
    }

    /** A folder of this machine for work that nobody keeps. */
    Path scratch() {
        return settings.cache().resolve("scratch");
    }

    /** Where the candidate's files are built and kept on this machine. */
    public Path folder(CandidateId candidate) {
        return settings.dist().resolve(candidate.toString());
    }

    public Path dist() {
        return settings.dist();
    }

    /** The latest version that has a tag, before the given one. */
    public Optional<Version> previous(Version version) {
        return versions().stream().filter(v -> v.compareTo(version) < 0).max(Version::compareTo);
    }

    /** All versions that have a tag, in no order. */
    public List<Version> versions() {
        return git.tags().keySet().stream()
                .flatMap(t -> names().versionOf(t).stream())
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        git.close();
    }

    /** A repository anywhere, {@code host[:port]/path}: where a build script of the project pushes to. */
    io.jenkins.plugins.darwin.registry.Repository anyRepository(String reference, ReleaseConfig config) {
        int slash = reference.lastIndexOf('/');
        if (slash < 0) {
            throw ReleaseException.usage("Not an image's place: expected host[:port]/path, found '" + reference + "'.");
        }
        return registry(reference.substring(0, slash), config).repository(reference.substring(slash + 1));
    }

    private Registry registry(String location, ReleaseConfig config) {
        Set<String> insecure = Set.copyOf(config.registry().insecure());
        return registries.computeIfAbsent(
                List.of(location, insecure),
                key -> Registries.open(
                        location,
                        settings.registries()
                                .withAuthHosts(trunkHosts())
                                .withInsecureHosts(insecure)
                                .withProgress(progress)));
    }

    /**
     * The servers that trunk names as the project's registries: user and password that were given for these go nowhere else. What a
     * branch, or a configuration out of a workspace, names is whoever's.
     */
    public Set<String> trunkHosts() {
        ReleaseConfig trunk;
        try {
            trunk = new Workspace(
                            new Settings(
                                    settings.remote(),
                                    settings.cache(),
                                    Optional.empty(),
                                    settings.registries(),
                                    settings.dist(),
                                    settings.clock()),
                            progress,
                            git,
                            kinds)
                    .trunkConfig();
        } catch (ReleaseException e) {
            return Set.of(); // whoever needs trunk is told; nobody else gets a password for it
        }
        return Stream.of(trunk.registry().staging(), trunk.registry().release())
                .flatMap(location -> Registries.host(location).stream())
                .collect(Collectors.toSet());
    }

    private String repositoryName() {
        return LocalRepository.name(settings.remote().url());
    }
}
