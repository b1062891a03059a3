package io.jenkins.plugins.darwin.publish;

import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.RecordNotes;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Content;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.registry.Repository;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A voted candidate on its way to the public: all that a publisher may look at and use.
 *
 * @param config what the candidate's commit builds, under trunk's policy and public places
 * @param contents everything in the candidate
 * @param staged the store that the candidate was voted in
 * @param released the store of what is released
 * @param versions all that have a tag
 * @param tag the name of the version's Git tag
 * @param merging the commit into trunk, by trunk's head
 * @param records the repository's own copies of signed records
 * @param signer the release key; empty when one only looks
 */
public record Publication(
        ReleaseConfig config,
        StagedCandidate candidate,
        List<Content> contents,
        CandidateStore staged,
        Registry staging,
        CandidateStore released,
        Registry release,
        GitMirror git,
        List<Version> versions,
        String tag,
        Function<CommitId, Merging> merging,
        RecordNotes records,
        Optional<DetachedSigner> signer,
        SignatureVerifier verifier,
        Clock clock,
        Progress progress) {
    public Publication {
        contents = List.copyOf(contents);
        versions = List.copyOf(versions);
    }

    /**
     * One thing that gets a name in the release registry.
     *
     * @param kind its kind's word
     * @param from where it was voted on
     * @param tag the name
     * @param latest whether {@code latest} leads to the newest one of its sort
     */
    public record Named(String kind, Repository from, Digest digest, Repository to, String tag, boolean latest) {
        /** {@code host/path:tag}: what people use. */
        public String reference() {
            return to.reference() + ":" + tag;
        }
    }

    public Version version() {
        return candidate.id().version();
    }

    public CommitId commit() {
        return candidate.candidate().commit();
    }

    /** All that gets a name in the release registry, in order; the candidate itself is the last. */
    public List<Named> named() {
        Stream<Named> things = contents.stream()
                .filter(content ->
                        content.staged().isPresent() && content.published().isPresent())
                .map(content -> new Named(
                        content.kind(),
                        staging.repository(content.staged().get().repository()),
                        content.digest(),
                        release.repository(content.published().get().repository()),
                        content.published().get().tag(),
                        content.published().get().latest()));
        Named itself = new Named(
                "candidate",
                staged.repository(),
                candidate.digest(),
                released.repository(),
                version().toString(),
                false);
        return Stream.concat(things, Stream.of(itself)).toList();
    }

    /** @throws ReleaseException usage, when one only looks */
    public DetachedSigner requireSigner() {
        return signer.orElseThrow(
                () -> ReleaseException.usage("No signing key: the release key signs what is public."));
    }
}
