package io.jenkins.plugins.darwin.testing;

import io.jenkins.plugins.darwin.cli.demo.ExampleRepository;
import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.git.GitRemote;
import io.jenkins.plugins.darwin.git.RefUpdate;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.registry.RetryPolicy;
import io.jenkins.plugins.darwin.release.Backport;
import io.jenkins.plugins.darwin.release.BuildCandidate;
import io.jenkins.plugins.darwin.release.CutRelease;
import io.jenkins.plugins.darwin.release.Promote;
import io.jenkins.plugins.darwin.release.Settings;
import io.jenkins.plugins.darwin.release.SignCandidate;
import io.jenkins.plugins.darwin.release.VoteSession;
import io.jenkins.plugins.darwin.release.Workspace;
import io.jenkins.plugins.darwin.vote.Choice;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The example project on its way to 1.3.0, in one folder: {@code origin.git}, {@code cache} and {@code dist} beside
 * registries of the test's choice. Every step has a time of its own, so two runs of the same steps make the same bytes.
 */
public final class ReleaseFixture {
    public static final Version VERSION = Version.parse("1.3.0");
    public static final String VETO = "The health check answers before the database is there.";
    private static final Instant START = Instant.parse("2025-06-02T08:00:00Z");
    /** Quick: a server that is down is down at once. More than one attempt, as proxies drop idle connections. */
    private static final RetryPolicy RETRY = new RetryPolicy(3, Duration.ofMillis(5), Duration.ofMillis(20));

    private static final Person PERSON = new Person("Asha Rao", "asha@example.org");
    private static final TestKey KEY = TestKey.make("Asha");

    private final Path dir;
    private final String config;
    private RegistryOptions options;
    private TestKey key = KEY;
    private DetachedSigner signer;
    private final StepClock clock = new StepClock(START);
    private Progress progress = Progress.silent();
    private String remote;
    private Version version = VERSION;
    private boolean configInRepository;

    private ReleaseFixture(Path dir, String config, RegistryOptions options) {
        this.dir = dir;
        this.config = config;
        this.options = options.withLayoutBase(dir).withClock(clock);
        this.remote = origin().toString();
    }

    /** A fresh example with the test's key in KEYS of trunk; registries by their locations. */
    public static ReleaseFixture create(Path dir, String staging, String release, RegistryOptions options) {
        return create(dir, smallConfig(staging, release), options);
    }

    /** One with a configuration of the test's own. */
    public static ReleaseFixture create(Path dir, String config, RegistryOptions options) {
        ReleaseFixture fixture = new ReleaseFixture(dir, config, options.withRetry(RETRY));
        ExampleRepository.create(fixture.origin());
        fixture.commit("chore: add the release manager's key\n", Map.of("KEYS", KEY.publicKey()));
        return fixture;
    }

    /** One with two registries in folders. */
    public static ReleaseFixture layouts(Path dir) {
        return create(dir, "oci-layout:registry/staging", "oci-layout:registry/release", RegistryOptions.defaults());
    }

    /** The same repository on another release manager's machine: own cache and folders, in a folder beside this one's. */
    public ReleaseFixture elsewhere(String name, String staging, String release, RegistryOptions other) {
        ReleaseFixture copy =
                new ReleaseFixture(dir.resolveSibling(name), smallConfig(staging, release), other.withRetry(RETRY));
        copy.remote = remote;
        copy.clock.set(clock.instant());
        return copy;
    }

    /** A machine of its own for the same registries. */
    public ReleaseFixture colleague(String name) {
        ReleaseFixture copy = new ReleaseFixture(dir.resolve(name), config, options);
        copy.options = options.withClock(copy.clock);
        copy.remote = remote;
        copy.clock.set(clock.instant());
        return copy;
    }

    public void signWith(TestKey other) {
        key = other;
        signer = null;
    }

    /** Two images and few files: a test that runs a step a hundred times needs no more. */
    public static String smallConfig(String staging, String release) {
        return """
                project: darwin
                versionFiles:
                  - files: helm/darwin/Chart.yaml
                    yaml: [version, appVersion, "dependencies[*].version"]
                  - files: helm/darwin/charts/*/Chart.yaml
                    yaml: [version, appVersion]
                  - files: helm/darwin/charts/services/values.yaml
                    yaml:
                      - { path: "services.*.image.tag" }
                images:
                  - { name: darwin-compute, files: compute/dist }
                  - { name: ml-serve-app, files: serve/dist }
                charts: [{ path: helm/darwin, allow: [{ image: "localhost:5000/*", reason: for development }, { image: mysql, reason: its own }] }]
                source: [tar.gz]
                registry:
                  staging: "%s"
                  release: "%s"
                vote: { quorum: 3, hours: 48, voters: [alice, bob, carol], checklist: [installation] }
                """.formatted(staging, release);
    }

    /** From now on the configuration is what each commit's own file says; trunk's is this fixture's. */
    public ReleaseFixture configInRepository() {
        configInRepository = true;
        commit("main", "build: how we release\n", configured(config));
        return this;
    }

    /** A file {@code darwin-release.yaml}, to be committed. */
    public static Map<String, byte[]> configured(String yaml) {
        return Map.of("darwin-release.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** What all steps are for from now on. */
    public void version(Version value) {
        version = value;
    }

    public Path dir() {
        return dir;
    }

    public Path origin() {
        return dir.resolve("origin.git");
    }

    public Path dist(String candidate) {
        return dir.resolve("dist").resolve(candidate);
    }

    public StepClock clock() {
        return clock;
    }

    public static TestKey key() {
        return KEY;
    }

    /** Unlocked once: that takes longer than many a step. */
    public DetachedSigner signer() {
        if (signer == null) {
            signer = key.signer(clock);
        }
        return signer;
    }

    public String config() {
        return config;
    }

    /** The configuration as a file, for {@code --config}. */
    public Path configFile() {
        try {
            return Files.writeString(dir.resolve("config.yaml"), config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes progress from now on; one that throws is a crash between two changes. */
    public void progress(Progress value) {
        progress = value;
    }

    /** Commits files on trunk, as a developer does. */
    public CommitId commit(String message, Map<String, byte[]> files) {
        return commit("main", message, files);
    }

    public CommitId commit(String branch, String message, Map<String, byte[]> files) {
        try (GitMirror git = GitMirror.open(GitRemote.of(remote), dir.resolve("developer"), Progress.silent())) {
            CommitId head = git.requireBranch(branch);
            CommitId commit = git.commit(head, files, PERSON, PERSON, clock.instant(), message);
            git.push(List.of(RefUpdate.moveBranch(branch, head, commit)));
            return commit;
        }
    }

    public <T> T with(Function<Workspace, T> work) {
        Settings settings = new Settings(
                GitRemote.of(remote),
                dir.resolve("cache"),
                configInRepository
                        ? Optional.empty()
                        : Optional.of(new Settings.ConfigFile("config.yaml", config.getBytes(StandardCharsets.UTF_8))),
                options,
                dir.resolve("dist"),
                clock);
        try (Workspace workspace = Workspace.open(settings, progress)) {
            return work.apply(workspace);
        }
    }

    public <R> Outcome<R> run(Function<Workspace, UseCase<R>> useCase) {
        return with(w -> useCase.apply(w).run(false, progress));
    }

    public Outcome<CutRelease.Result> cut() {
        at(1);
        return run(w -> new CutRelease(w, version, Optional.empty()));
    }

    public Outcome<BuildCandidate.Result> build() {
        at(2);
        return run(w -> new BuildCandidate(w, version));
    }

    public Outcome<SignCandidate.Result> sign() {
        at(3);
        return run(w -> new SignCandidate(w, version, signer()));
    }

    public Outcome<VoteSession.Result> open() {
        at(4);
        return run(w -> new VoteSession(w, version, signer()).open(Optional.empty()));
    }

    /** One +1, the same each time that it is cast. */
    public Outcome<VoteSession.Result> cast(String voter) {
        return cast(voter, "");
    }

    private Outcome<VoteSession.Result> cast(String voter, String reason) {
        return run(w -> {
            VoteSession session = new VoteSession(w, version, signer());
            return session.change(
                    "ballot",
                    voter,
                    "",
                    vote -> vote.cast(new VoteEvent.Ballot(
                            "b-" + voter,
                            voter,
                            reason.isEmpty() ? Choice.PLUS_ONE : Choice.MINUS_ONE,
                            reason,
                            Map.of(),
                            clock.instant(),
                            session.digest(),
                            Optional.empty())));
        });
    }

    public Outcome<VoteSession.Result> close() {
        return close(signer());
    }

    private Outcome<VoteSession.Result> close(DetachedSigner recorder) {
        return run(w -> new VoteSession(w, version, signer())
                .close(recorder, vote -> vote.close(clock.instant(), "asha", Vote.ANYBODY)));
    }

    /** Opens the vote, lets the voters vote (one with a reason votes -1) and closes it. */
    public Outcome<VoteSession.Result> vote(Map<String, String> reasons) {
        return vote(reasons, signer());
    }

    /** With a record that somebody else signs. */
    public Outcome<VoteSession.Result> vote(Map<String, String> reasons, DetachedSigner recorder) {
        open();
        new TreeMap<>(reasons).forEach(this::cast);
        return close(recorder);
    }

    public Outcome<VoteSession.Result> pass() {
        return vote(Map.of("alice", "", "bob", "", "carol", ""));
    }

    public Outcome<VoteSession.Result> veto() {
        return vote(Map.of("alice", "", "bob", VETO));
    }

    public Outcome<Backport.Result> backport() {
        at(5);
        String fix = ExampleRepository.fixOnMain(origin()).sha();
        return run(w -> new Backport(w, version, List.of(fix)));
    }

    public Outcome<Promote.Result> promote() {
        at(48);
        return run(w -> new Promote(w, version, signer()));
    }

    /** The same step has the same time each time, unless a later one came in between. */
    private void at(int hours) {
        Instant next = START.plus(Duration.ofHours(hours));
        if (next.isAfter(clock.instant())) {
            clock.set(next);
        }
    }

    /** Refs of the remote and tags of a registry's storage. */
    public SortedMap<String, String> state(Path... registries) {
        SortedMap<String, String> state = new TreeMap<>(PublicState.refs(origin()));
        for (Path registry : registries) {
            state.putAll(PublicState.tags(registry));
        }
        return state;
    }
}
