package io.jenkins.plugins.darwin.jenkins.vote;

import hudson.model.Cause;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.SignedCandidates;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.TrustedDocuments;
import io.jenkins.plugins.darwin.config.ConfigReader;
import io.jenkins.plugins.darwin.git.GitCredentials;
import io.jenkins.plugins.darwin.git.GitRemote;
import io.jenkins.plugins.darwin.jenkins.config.ControllerNetwork;
import io.jenkins.plugins.darwin.jenkins.config.DarwinReleasesConfiguration;
import io.jenkins.plugins.darwin.jenkins.config.DefaultsChain;
import io.jenkins.plugins.darwin.jenkins.config.ReleaseDefaults;
import io.jenkins.plugins.darwin.jenkins.credentials.BuildCredentials;
import io.jenkins.plugins.darwin.jenkins.credentials.CredentialsKind;
import io.jenkins.plugins.darwin.jenkins.credentials.SigningKeys;
import io.jenkins.plugins.darwin.jenkins.remote.ConsoleProgress;
import io.jenkins.plugins.darwin.jenkins.remote.HostKeys;
import io.jenkins.plugins.darwin.jenkins.step.JobRepository;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VotePolicy;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.release.KeyLife;
import io.jenkins.plugins.darwin.release.PolicyCheck;
import io.jenkins.plugins.darwin.release.ReleaseLine;
import io.jenkins.plugins.darwin.release.Settings;
import io.jenkins.plugins.darwin.release.Workspace;
import io.jenkins.plugins.darwin.vote.PolicyComparison;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jenkins.model.Jenkins;

/** Finds out what is voted on and by which rules, and opens the gate. Runs on the controller, off the pipeline's thread. */
final class GateOpening {
    /** Who closes a vote when nobody asked; not a user's ID, in no security realm. */
    static final String JENKINS = "(jenkins)";

    /** The weakest policy there can be. */
    private static final VotePolicy ANYTHING =
            new VotePolicy(List.of(), List.of(), 1, 0, 0, Optional.of(true), List.of(), 0);

    private static final String CACHE = "caches/darwin-release";

    private final AwaitVoteStep step;
    private final Run<?, ?> run;
    private final String node;
    private final TaskListener listener;
    private final Clock clock = Clock.systemUTC();
    private final DefaultsChain defaults;
    private final BuildCredentials credentials;

    GateOpening(AwaitVoteStep step, Run<?, ?> run, String node, TaskListener listener) {
        this.step = step;
        this.run = run;
        this.node = node;
        this.listener = listener;
        this.defaults = DefaultsChain.of(run.getParent());
        this.credentials = new BuildCredentials(run);
    }

    /** What is voted on, and what the repository says about votes. */
    private record Subject(
            VotePolicy policy,
            VotePolicy floor,
            String project,
            String location,
            List<String> insecure,
            String login,
            StagedCandidate candidate,
            GateAbout about) {}

    VoteGate open(VoteAction action) {
        Version version = Version.parse(step.getVersion());
        String key = defaults.value(step.getSigningKey(), ReleaseDefaults::getSigningKey)
                .orElseThrow(() -> ReleaseException.usage(
                        "No signing key given: expected 'signingKey' in the step, in the folder or in the global configuration to name credentials"
                                + " that hold one; the vote's record is signed when it closes."));
        String own = SigningKeys.open(
                        credentials.find(key, CredentialsKind.SIGNING), clock, line -> {}) // fails now, not in two days
                .publicKey();
        VoteWebhook.check(step.getWebhook(), DarwinReleasesConfiguration.get().webhooks());
        if (step.getWebhookSecret() != null) {
            credentials.find(step.getWebhookSecret(), CredentialsKind.WEBHOOK);
        }
        String login = defaults.value(step.getRegistryCredentials(), ReleaseDefaults::getRegistryCredentials)
                .orElse(null);
        Optional<GitRemote> remote = remote();
        Subject subject =
                remote.isPresent() ? fromGit(version, remote.get(), login, own) : fromReference(version, login, own);
        VotePolicy policy = policy(subject.policy());
        Instant now = clock.instant();
        requireNotWeaker(policy, subject.floor(), Duration.between(now, deadline(now, policy)));
        VoteGate gate;
        synchronized (action) { // two branches of a build may open one at the same time, under different IDs
            gate = action.open(
                    header(id(action, subject.candidate().id()), subject, policy, now, subject.login(), key));
        }
        subject.about().write(gate.folder());
        gate.electorate()
                .unable()
                .forEach(
                        voter -> listener.getLogger()
                                .println(
                                        "WARNING: the voter " + voter
                                                + " can't vote yet: expected a user of this Jenkins with the permission Release/Vote on this job."));
        return gate;
    }

    private GateHeader header(String id, Subject subject, VotePolicy policy, Instant now, String login, String key) {
        return new GateHeader(
                1,
                id,
                node,
                subject.project(),
                subject.candidate().id().toString(),
                subject.candidate().digest().toString(),
                now.toString(),
                deadline(now, policy).toString(),
                openedBy(),
                policy.voters(),
                policy.advisers(),
                policy.quorum(),
                policy.hours(),
                policy.minHours(),
                policy.closeEarly().orElse(null),
                policy.checklist(),
                policy.graceMinutes(),
                subject.location(),
                subject.insecure(),
                login,
                key,
                step.getMail(),
                step.getWebhook(),
                step.getWebhookSecret());
    }

    /**
     * Credentials are for trunk's hosts: a branch, or whoever writes a Jenkinsfile, may name any place, and the controller would hand
     * them over.
     */
    private String loginFor(String location, String login, Set<String> hosts) {
        if (login == null || Registries.host(location).filter(hosts::contains).isPresent()) {
            return login;
        }
        listener.getLogger()
                .println("The credentials '" + login + "' are not used for " + location
                        + ": expected a registry on a host that trunk's configuration names"
                        + (hosts.isEmpty() ? ", found no repository to ask" : ", found " + new TreeSet<>(hosts)) + ".");
        return null;
    }

    private Subject fromGit(Version version, GitRemote remote, String login, String own) {
        Progress progress = new ConsoleProgress(listener, clock);
        Path cache = Jenkins.get().getRootDir().toPath().resolve(CACHE);
        RegistryOptions nobody = Staging.options(run, null, Set.of());
        Settings settings = new Settings(remote, cache, Optional.empty(), nobody, cache.resolve("none"), clock);
        try (Workspace workspace = Workspace.open(settings, progress)) {
            ReleaseLine line = ReleaseLine.of(workspace, version);
            ReleaseConfig config = line.config();
            String location = step.getReference() == null
                    ? config.registry().staging()
                    : Staging.Reference.parse(step.getReference()).location();
            Set<String> hosts = workspace.trunkHosts();
            String used = loginFor(location, login, hosts);
            RegistryOptions registries = Staging.options(run, used, hosts);
            CandidateStore store = Staging.store(location, config.registry().insecure(), config.project(), registries);
            SignatureVerifier verifier = line.trusted(Optional.of(own));
            SignedCandidates signed = signed(store, version, verifier);
            StagedCandidate candidate =
                    candidate(signed, store, version, location + "/" + config.candidateRepository());
            requireSigned(signed, store, candidate, verifier);
            KeyLife.warnings(workspace, line, store, candidate)
                    .forEach(warning -> listener.getLogger().println("WARNING: " + warning));
            return new Subject(
                    config.vote(),
                    administrators().over(config.vote()),
                    config.project(),
                    location,
                    config.registry().insecure(),
                    used,
                    candidate,
                    GateAbout.of(signed, candidate, Optional.of(workspace.git())));
        }
    }

    private Subject fromReference(Version version, String login, String own) {
        if (step.getReference() == null) {
            throw ReleaseException.usage(
                    "Nothing says what to vote on: expected 'repository' in the step, in the folder or in the global"
                            + " configuration, or 'reference' as darwinSign returns it.");
        }
        Staging.Reference reference = Staging.Reference.parse(step.getReference());
        String used = loginFor(reference.location(), login, Set.of());
        CandidateStore store = Staging.store(
                reference.location(), List.of(), reference.project(), Staging.options(run, used, Set.of()));
        SignatureVerifier verifier = SignatureVerifier.of(own.getBytes(StandardCharsets.US_ASCII), clock);
        SignedCandidates signed = signed(store, version, verifier);
        StagedCandidate candidate = candidate(signed, store, version, step.getReference());
        requireSigned(signed, store, candidate, verifier);
        return new Subject(
                ConfigReader.defaults(reference.project()).vote(),
                administrators().over(ANYTHING), // no repository, no trunk: promotion looks at the record again
                reference.project(),
                reference.location(),
                List.of(),
                used,
                candidate,
                GateAbout.of(signed, candidate, Optional.empty()));
    }

    private static SignedCandidates signed(CandidateStore store, Version version, SignatureVerifier verifier) {
        return new SignedCandidates(store, version, Optional.of(verifier));
    }

    /** The newest that a trusted key signed, or the one that the step names. */
    private StagedCandidate candidate(SignedCandidates signed, CandidateStore store, Version version, String where) {
        Optional<StagedCandidate> found = step.getReference() == null
                ? signed.newest()
                : Staging.Reference.parse(step.getReference()).find(signed, store, version);
        signed.warning().ifPresent(warning -> listener.getLogger().println("WARNING: " + warning));
        return found.orElseThrow(() -> ReleaseException.refused("There is no signed candidate of " + version + " in "
                + where + " to vote on: run darwinBuildRc and darwinSign first."));
    }

    private Optional<GitRemote> remote() {
        Optional<String> named = defaults.value(step.getRepository(), ReleaseDefaults::getRepository);
        Optional<JobRepository> own = named.isPresent() ? Optional.empty() : JobRepository.of(run);
        GitCredentials git = defaults.value(step.getGitCredentials(), ReleaseDefaults::getGitCredentials)
                .or(() -> own.map(JobRepository::credentialsId))
                .map(credentials::git)
                .orElse(GitCredentials.none());
        return named.or(() -> own.map(JobRepository::url))
                .map(url -> HostKeys.complete(
                        ControllersOwn.permitted(new GitRemote(url, git, ControllerNetwork.settings()))));
    }

    /** What the controller's or the folder's administrator set in the place of trunk's policy. */
    private PolicyCheck administrators() {
        return new PolicyCheck(
                defaults.value((Integer) null, ReleaseDefaults::getQuorum).orElse(null),
                defaults.value((Integer) null, ReleaseDefaults::getHours).orElse(null),
                null);
    }

    /** Whoever may push a Jenkinsfile must not decide who decides: a step's arguments make a policy stricter, or nothing. */
    private static void requireNotWeaker(VotePolicy policy, VotePolicy floor, Duration lasts) {
        List<String> weaker = new ArrayList<>(PolicyComparison.weaker(policy, floor));
        if (weaker.isEmpty() && lasts.compareTo(Duration.ofHours(floor.hours())) < 0) {
            weaker.add("it would be open for " + lasts.toHours() + " hours, expected " + floor.hours());
        }
        if (!weaker.isEmpty()) {
            throw ReleaseException.refused(
                    "The step's arguments make the vote's policy weaker than trunk, the folder and the controller have it: "
                            + String.join("; ", weaker)
                            + ". Change it there, or let an administrator override the vote on its page.");
        }
    }

    /** Nobody is asked to vote on what nobody signed. */
    private static void requireSigned(
            SignedCandidates signed, CandidateStore store, StagedCandidate candidate, SignatureVerifier verifier) {
        if (signed.contains(candidate)) {
            return; // looked at when it was found
        }
        TrustedDocuments documents = new TrustedDocuments(store, candidate, Optional.of(verifier));
        if (documents.manifestSignature().isEmpty()) {
            throw ReleaseException.refused("No vote is opened on " + candidate.id() + " " + candidate.digest()
                    + ": expected a trusted key's signature over its manifest, found "
                    + documents.reason().orElse("none") + ". Run darwinSign, or find out who put it there.");
        }
    }

    /** Step, then folder or controller, then the repository. */
    private VotePolicy policy(VotePolicy base) {
        return new VotePolicy(
                step.getVoters() == null ? base.voters() : step.getVoters(),
                step.getAdvisers() == null ? base.advisers() : step.getAdvisers(),
                defaults.value(step.getQuorum(), ReleaseDefaults::getQuorum).orElse(base.quorum()),
                defaults.value(step.getHours(), ReleaseDefaults::getHours).orElse(base.hours()),
                step.getMinHours() == null ? base.minHours() : step.getMinHours(),
                step.getCloseEarly() == null ? base.closeEarly() : Optional.of(step.getCloseEarly()),
                step.getChecklist() == null ? base.checklist() : step.getChecklist(),
                step.getGraceMinutes() == null ? base.graceMinutes() : step.getGraceMinutes());
    }

    private Instant deadline(Instant now, VotePolicy policy) {
        if (step.getUntil() == null) {
            return now.plus(Duration.ofHours(policy.hours()));
        }
        try {
            return OffsetDateTime.parse(step.getUntil()).toInstant();
        } catch (DateTimeException e) {
            throw ReleaseException.usage(
                    "Not a moment: expected 'until' in ISO 8601 with its zone, such as 2026-03-01T18:00:00Z, found '"
                            + step.getUntil() + "'.",
                    e);
        }
    }

    private static String id(VoteAction action, CandidateId candidate) {
        String id = candidate.toString();
        for (int again = 2; action.knows(id); again++) {
            id = candidate + "-" + again;
        }
        return id;
    }

    private String openedBy() {
        Cause.UserIdCause user = run.getCause(Cause.UserIdCause.class);
        String id = user == null ? null : user.getUserId();
        return id == null ? JENKINS : VoterIds.ofUser(id);
    }
}
