package io.jenkins.plugins.darwin.jenkins.vote;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Run;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.SignedCandidates;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.jenkins.config.ControllerNetwork;
import io.jenkins.plugins.darwin.jenkins.credentials.BuildCredentials;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.RegistryAuth;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** The staging registry as the controller asks it: small requests for manifests and documents. */
final class Staging {
    private Staging() {}

    /** How long the controller waits for all that it asks at one time: no vote's look at staging may keep those of others. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /**
     * How the controller asks registries.
     *
     * @param credentialsId null for nobody's
     * @param hosts the only ones that get these credentials: those of trunk, or of the place that was found to be one of them
     */
    static RegistryOptions options(Run<?, ?> run, String credentialsId, Set<String> hosts) {
        RegistryOptions options = RegistryOptions.defaults()
                .withNetwork(ControllerNetwork.settings())
                .withLayoutBase(Jenkins.get().getRootDir().toPath());
        if (credentialsId == null) {
            return options;
        }
        StandardUsernamePasswordCredentials login = new BuildCredentials(run).registry(credentialsId);
        return options.withAuth(
                new RegistryAuth(login.getUsername(), login.getPassword().getPlainText()), hosts);
    }

    static CandidateStore store(String location, List<String> insecure, String project, RegistryOptions options) {
        ControllersOwn.permitted(location);
        return new CandidateStore(Registries.open(location, options.withInsecureHosts(Set.copyOf(insecure)))
                .repository(project + "-release"));
    }

    /** What a gate keeps of credentials was judged when it opened: they are for the host of its staging, and for no other. */
    private static CandidateStore store(GateHeader header, Run<?, ?> run) {
        Set<String> host = Registries.host(header.staging()).stream().collect(Collectors.toSet());
        return store(
                header.staging(),
                header.insecure(),
                header.project(),
                options(run, header.registryCredentials(), host));
    }

    /** What the candidate's name stands for now. */
    static Optional<Digest> digestNow(GateHeader header, Run<?, ?> run) {
        CandidateStore store = store(header, run);
        return TimeLimit.of(LIMIT, header.staging(), () -> store.digest(header.candidateId()));
    }

    /** A place for the vote's record. */
    record Place(CandidateStore store, StagedCandidate candidate) {}

    /** The candidate that was voted on; empty when staging holds another by now. */
    static Optional<Place> place(GateHeader header, Run<?, ?> run) {
        CandidateStore store = store(header, run);
        return TimeLimit.of(LIMIT, header.staging(), () -> {
            boolean there = store.digest(header.candidateId())
                    .equals(Optional.of(header.candidateDigest())); // else it may be no candidate at all
            return there ? store.findSigned(header.candidateId()).map(c -> new Place(store, c)) : Optional.empty();
        });
    }

    /**
     * {@code host/path/project-release@sha256:...}, as the step that signs returns it, or {@code ...:X.Y.Z-RCn}, in its parts.
     *
     * @param name {@code X.Y.Z-RCn}, or empty when there is a digest
     */
    record Reference(String location, String project, Optional<CandidateId> name, Optional<Digest> digest) {
        private static final String REPOSITORY = "-release";

        static Reference parse(String text) {
            int slash = text.lastIndexOf('/');
            int at = text.indexOf('@', slash);
            int end = at < 0 ? text.indexOf(':', slash) : at;
            if (slash < 1 || end < 0 || !text.substring(slash + 1, end).endsWith(REPOSITORY)) {
                throw ReleaseException.usage(
                        "Not a staged candidate: expected 'reference' as darwinSign returns it, such as"
                                + " registry.example.org/staging/darwin-release@sha256:..., or with a name such as :1.3.0-RC1, found '"
                                + text + "'.");
            }
            String repository = text.substring(slash + 1, end);
            String rest = text.substring(end + 1);
            return new Reference(
                    text.substring(0, slash),
                    repository.substring(0, repository.length() - REPOSITORY.length()),
                    at < 0 ? Optional.of(CandidateId.parse(rest)) : Optional.empty(),
                    at < 0 ? Optional.empty() : Optional.of(Digest.parse(rest)));
        }

        /** What it leads to in staging, if that is a candidate of the version; one that is signed, when a digest has several names. */
        Optional<StagedCandidate> find(SignedCandidates signed, CandidateStore store, Version version) {
            if (name.isPresent()) {
                return name.filter(n -> n.version().equals(version)).flatMap(store::findSigned);
            }
            return signed.all().stream()
                    .filter(c -> Optional.of(c.digest()).equals(digest))
                    .findFirst()
                    .or(() -> store.signed(version).stream()
                            .filter(id -> store.digest(id).equals(digest))
                            .findFirst()
                            .flatMap(store::findSigned));
        }
    }
}
