package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.chart.ChartPackager;
import io.jenkins.plugins.darwin.check.ChartImageChecks;
import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.config.ConfigReader;
import io.jenkins.plugins.darwin.edit.EditPlan;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.git.WorkTree;
import io.jenkins.plugins.darwin.image.ImageBuilds;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.PublicKeys;
import io.jenkins.plugins.darwin.registry.Registry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** P0.2: what would stop the release later, all of it at once. It looks, and leaves nothing behind. */
public final class Preflight {
    private final Workspace workspace;
    private final Version version;
    private final List<Check> checks = new ArrayList<>();

    public Preflight(Workspace workspace, Version version) {
        this.workspace = workspace;
        this.version = version;
    }

    /** @param key opens the signing key */
    public List<Check> run(Supplier<DetachedSigner> key) {
        check("version", version.toString(), () -> {
            BranchCut.requireNew(workspace, version);
            return "not released, above the last of its line";
        });
        Optional<ReleaseConfig> config = configuration();
        config.ifPresent(this::branch);
        Optional<CommitId> trunk =
                config.flatMap(c -> check("trunk", c.trunk(), () -> workspace.trunk(c), CommitId::abbreviated));
        config.ifPresent(c -> {
            trunk.ifPresent(t -> versionFiles(c, t));
            trunk.ifPresent(t -> enough(c));
            trunk.ifPresent(this::largeFiles);
            PreflightDays days = new PreflightDays(workspace, version, c);
            check("calendar", "freeze windows", days::calendar);
            trunk.ifPresent(t -> check("machine", "clock", () -> days.clock(t)));
            check("machine", "disk", () -> days.disk(workspace.dist()));
            images(c);
            registry("staging", workspace.staging(c), c);
            registry("release", workspace.release(c), c);
        });
        check("rights", workspace.repository(), () -> {
            workspace.git().requirePush();
            return "takes our credentials for a push; what protects single branches shows when they are pushed";
        });
        Optional<DetachedSigner> signer = check("signing key", "release key", key, k -> "signs, " + k.fingerprint());
        trunk.ifPresent(t -> signer.ifPresent(k -> keys(config.orElseThrow(), t, k)));
        return checks;
    }

    /** What a cut would refuse about its branch and its tag, and whether its commit can be made as trunk demands. */
    private void branch(ReleaseConfig config) {
        String branch = workspace.names().branch(version);
        check("branch", branch, () -> {
            if (workspace.git().branch(branch).isEmpty()) {
                BranchCut.requireFree(workspace, version, branch);
                return "free, and so is the tag " + workspace.names().tag(version);
            }
            return "there already";
        });
        check("commits", config.author().toString(), () -> {
            new Commits(workspace, config, version).requireKey();
            return config.git().sign().orElse(workspace.commitKey().isPresent()) ? "signed" : "not signed";
        });
    }

    /** Whether the version is enough for the commits that it brings. */
    private void enough(ReleaseConfig config) {
        Optional<VersionAdvice.Result> advice = check(
                "semver",
                version.toString(),
                () -> {
                    VersionAdvice.Result found = VersionAdvice.of(workspace, version);
                    found.fault()
                            .filter(f -> config.semver() == ReleaseConfig.Semver.REFUSE)
                            .ifPresent(f -> {
                                throw ReleaseException.refused(f);
                            });
                    return found;
                },
                VersionAdvice.Result::why);
        advice.flatMap(VersionAdvice.Result::fault).ifPresent(f -> {
            checks.remove(checks.size() - 1);
            skipped("semver", version.toString(), f);
        });
    }

    private Optional<ReleaseConfig> configuration() {
        Optional<ReleaseConfig> config = check(
                "configuration",
                ConfigReader.FILE_NAME,
                workspace::trunkConfig,
                c -> c.images().size() + " images, " + c.charts().size() + " charts");
        if (config.isPresent() && !workspace.hasConfig(config.get())) {
            checks.add(Check.skipped("configuration", ConfigReader.FILE_NAME, "trunk has none, so defaults are taken")
                    .withNext(Next.of(Next.Act.WRITE_CONFIG)));
        }
        return config;
    }

    /** A pointer must not become part of an artifact in the place of what it stands for. */
    private void largeFiles(CommitId trunk) {
        WorkTree tree = workspace.git().workTree(trunk, workspace.progress());
        check(
                        "large files",
                        "Git LFS",
                        () -> {
                            tree.list();
                            return tree.largeFiles();
                        },
                        count -> count == 0 ? "none" : count + " files, their content can be had")
                .ifPresent(count -> {
                    if (count == 0) {
                        checks.remove(checks.size() - 1); // most repositories have none, and need no line about it
                    }
                });
    }

    private void images(ReleaseConfig config) {
        if (config.images().isEmpty()) {
            skipped("images", "none", CandidateBuild.NO_IMAGES);
        }
        if (config.images().stream().anyMatch(ReleaseConfig.ImageSource.Dockerfile.class::isInstance)) {
            check("images", "Dockerfiles", () -> "built by " + ImageBuilds.tool(workspace.environment()));
        }
    }

    /** Whoever verifies the release trusts the keys of trunk, and nothing that comes with a candidate. */
    private void keys(ReleaseConfig config, CommitId trunk, DetachedSigner key) {
        check("public key", CandidateFolder.KEYS, () -> {
            Optional<byte[]> file = workspace.git().tree(trunk).read(CandidateFolder.KEYS);
            Optional<PublicKeys> known = file.filter(f -> f.length > 0).map(PublicKeys::of);
            known.ifPresent(k -> k.warnings().forEach(w -> skipped("public key", CandidateFolder.KEYS, w)));
            if (known.flatMap(k -> k.state(key.fingerprint())).isEmpty()) {
                throw ReleaseException.refused(
                        "The file KEYS of trunk has "
                                + known.map(k -> k.states().size()).orElse(0)
                                + " keys, and not the one that will sign: others could not verify the release.",
                        Next.of(Next.Act.EXPORT_KEY));
            }
            PublicKeys all =
                    PublicKeys.of(List.of(file.orElseThrow(), key.publicKey().getBytes(StandardCharsets.US_ASCII)));
            KeyLife life = new KeyLife(
                    all, workspace.clock().instant(), config.signing().warnDays());
            life.requireGood(key.fingerprint());
            life.warning(key.fingerprint()).ifPresent(w -> skipped("public key", "warning", w));
            return "trunk has the key that will sign"
                    + new PreflightDays(workspace, version, config)
                            .keyOnPlannedDay(all, key.fingerprint())
                            .map(usable -> ", " + usable)
                            .orElse("");
        });
    }

    /** The bump, and the charts as it will leave them. */
    private void versionFiles(ReleaseConfig config, CommitId trunk) {
        Optional<EditPlan> found = config.versionFiles().isEmpty()
                ? Optional.of(Bump.edits(workspace, trunk, config, version))
                : check(
                        "version files",
                        "edits",
                        () -> Bump.requireSome(Bump.edits(workspace, trunk, config, version)),
                        edits -> edits.places().size() + " places, "
                                + edits.contents().size() + " files to change");
        found.ifPresent(edits -> {
            Bump.warnings(edits, version).forEach(w -> skipped("version files", "warning", w));
            if (edits.places().isEmpty()) {
                skipped("version files", "edits", Bump.NOTHING);
            }
            check(
                            "version files",
                            "old versions",
                            () -> Bump.leftovers(workspace, trunk, config, version, edits),
                            stays -> stays.size() + " lines keep an old version")
                    .ifPresent(stays -> Bump.told(stays).forEach(t -> skipped("version files", "old versions", t)));
            check(
                    "charts",
                    String.join(", ", config.charts()),
                    () -> packable(
                            new EditedTree(workspace.git().workTree(trunk, workspace.progress()), edits.contents()),
                            config));
        });
    }

    /** What build-rc would refuse is said now, before there is a branch. */
    private String packable(GitTree tree, ReleaseConfig config) {
        for (String chart : config.charts()) {
            ChartPackager.require(
                    tree,
                    chart,
                    version,
                    Bump.moves(config, ChartPackager.yaml(chart), "appVersion"),
                    workspace.progress());
        }
        return config.charts().size() + " with their images: "
                + ChartImageChecks.require(
                        tree, config, version, workspace.release(config).location(), workspace.environment());
    }

    /** Asked of each image's repository and the candidate's, since a registry may have rights for each. */
    private void registry(String kind, Registry registry, ReleaseConfig config) {
        List<String> repositories = new ArrayList<>(
                config.images().stream().map(ReleaseConfig.ImageSource::name).toList());
        repositories.add(config.candidateRepository());
        check(
                        kind + " registry",
                        registry.location(),
                        () -> {
                            registry.ping();
                            return "answers and takes the credentials";
                        },
                        text -> text)
                .ifPresent(reached -> check("rights", registry.location(), () -> {
                    repositories.forEach(name -> registry.repository(name).requirePush());
                    return "takes pushes to " + String.join(", ", repositories);
                }));
    }

    private void skipped(String name, String subject, String why) {
        checks.add(Check.skipped(name, subject, why));
    }

    private void check(String name, String subject, Supplier<String> look) {
        check(name, subject, look, detail -> detail);
    }

    private <T> Optional<T> check(String name, String subject, Supplier<T> look, Function<T, String> detail) {
        try {
            T found = look.get();
            checks.add(Check.passed(name, subject, detail.apply(found)));
            return Optional.of(found);
        } catch (ReleaseException e) {
            checks.add(Check.failed(name, subject, e));
            return Optional.empty();
        }
    }
}
