package io.jenkins.plugins.darwin.publish;

import io.jenkins.plugins.darwin.candidate.Attachments;
import io.jenkins.plugins.darwin.candidate.ContentCopies;
import io.jenkins.plugins.darwin.candidate.MediaType;
import io.jenkins.plugins.darwin.candidate.Names;
import io.jenkins.plugins.darwin.candidate.RecordNotes;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.TrustedAttachments;
import io.jenkins.plugins.darwin.candidate.TrustedDocuments;
import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.check.ImageChecks;
import io.jenkins.plugins.darwin.check.NameChecks;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.publish.Publication.Named;
import io.jenkins.plugins.darwin.registry.ImageCopier;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.Parts;
import io.jenkins.plugins.darwin.vote.VoteRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Images, charts and the candidate itself in the release registry: their content first, proven there, then their names. */
final class RegistryNames implements Publisher {
    @Override
    public String name() {
        return "registry names";
    }

    @Override
    public Set<Credential> needs(ReleaseConfig config) {
        return Set.of(Credential.REGISTRY);
    }

    @Override
    public List<Step> changes(Publication publication) {
        ImageCopier copier = new ImageCopier(publication.progress());
        List<Step> steps = new ArrayList<>();
        steps.add(contents(publication, copier));
        steps.addAll(attachments(publication, copier));
        for (Named thing : publication.named()) {
            Change name = Names.compare(thing.kind(), thing.to(), thing.tag(), thing.digest());
            steps.add(new Step(Stage.NAMES, name, () -> Names.give(thing.to(), thing.digest(), thing.tag())));
        }
        return steps;
    }

    /** Several things are copied at a time; each is proven as soon as it is there. */
    private static Step contents(Publication publication, ImageCopier copier) {
        List<Change> changes = new ArrayList<>();
        List<Named> missing = new ArrayList<>();
        for (Named thing : publication.named()) {
            Change change = content(thing);
            changes.add(change);
            if (change.state() == Change.State.ABSENT) {
                missing.add(thing);
            }
        }
        List<ContentCopies.Copy> copies = missing.stream()
                .map(thing -> new ContentCopies.Copy(thing.from(), thing.digest(), thing.to()))
                .toList();
        return new Step(
                Stage.CONTENT,
                changes,
                made -> publication
                        .git()
                        .withoutLock(() -> new ContentCopies(copier).run(copies, nth -> {
                            requireWhole(publication, missing.get(nth));
                            made.accept(target(missing.get(nth)));
                        })));
    }

    private static String target(Named thing) {
        return thing.to().reference() + "@" + thing.digest().abbreviated();
    }

    /** What has its name was proven then; of all else every part must be there. */
    private static Change content(Named thing) {
        String kind = thing.kind() + " content";
        String target = target(thing);
        if (isNamed(thing)) {
            return Change.done(kind, target, thing.digest().toString());
        }
        Optional<String> lost = Parts.lost(thing.to(), thing.digest());
        if (lost.isEmpty()) {
            return Change.done(kind, target, thing.digest().toString());
        }
        return thing.to().resolve(thing.digest().toString()).isEmpty()
                ? Change.absent(kind, target, thing.digest().toString())
                : Change.replacing(kind, target, thing.digest().toString(), "the same without " + lost.get());
    }

    private static boolean isNamed(Named thing) {
        return thing.to()
                .resolve(thing.tag())
                .filter(d -> d.digest().equals(thing.digest()))
                .isPresent();
    }

    /** What the release registry had before us is proven before anything is changed; what is copied, as soon as it is there. */
    @Override
    public List<Check> before(Publication publication) {
        return publication.named().stream()
                .filter(thing -> !isNamed(thing)
                        && Parts.lost(thing.to(), thing.digest()).isEmpty())
                .map(thing -> check(publication, thing))
                .toList();
    }

    private static Check check(Publication publication, Named thing) {
        return ImageChecks.content(thing.kind(), thing.to(), thing.digest(), publication.progress());
    }

    private static void requireWhole(Publication publication, Named thing) {
        Check check = check(publication, thing);
        if (check.state() != Check.State.PASSED) {
            throw ReleaseException.refused(
                    "The release registry does not hold " + check.subject() + " as it was voted on: " + check.detail()
                            + " No name was given to it; mend the registry, then promote again.");
        }
    }

    /** Signatures over the candidate, vote records and evidence go where the candidate goes. */
    private static List<Step> attachments(Publication publication, ImageCopier copier) {
        List<Step> steps = new ArrayList<>();
        Digest candidate = publication.candidate().digest();
        List<Digest> there = publication.released().repository().referrers(candidate).stream()
                .map(d -> d.digest())
                .toList();
        List<TrustedAttachments.Attachment> staged =
                TrustedAttachments.ofCandidate(publication.staged(), publication.candidate(), publication.verifier());
        for (TrustedAttachments.Attachment each : staged) {
            Manifest attachment = each.manifest();
            String kind = each.kind();
            String target = publication.released().repository().reference() + "@"
                    + attachment.digest().abbreviated();
            String digest = attachment.digest().toString();
            Plan.Action attach = () -> {
                copier.copy(
                        publication.staged().repository(),
                        attachment.digest(),
                        publication.released().repository());
                publication.released().repository().attach(attachment);
            };
            steps.add(new Step(
                    Stage.CONTENT,
                    there.contains(attachment.digest())
                            ? Change.done(kind, target, digest)
                            : Change.absent(kind, target, digest),
                    attach));
        }
        if (staged.stream().noneMatch(each -> each.kind().equals("vote record"))) {
            keptVote(publication).ifPresent(steps::add);
        }
        return steps;
    }

    /** The record of the vote that staging lost: from the repository's own copy of it. */
    private static Optional<Step> keptVote(Publication publication) {
        StagedCandidate candidate = publication.candidate();
        return new TrustedDocuments(publication.staged(), candidate, Optional.of(publication.verifier()))
                .kept(
                        publication.records().read(candidate, VoteRecord.FILE),
                        SignedFor.vote(candidate.project(), candidate.id(), candidate.digest()),
                        RecordNotes.REF)
                .map(vote -> {
                    byte[] signature = vote.signature().getBytes(StandardCharsets.US_ASCII);
                    Digest wanted = Attachments.manifest(
                                    candidate.manifest().descriptor(),
                                    MediaType.VOTE_RECORD,
                                    VoteRecord.FILE,
                                    vote.content(),
                                    signature)
                            .digest();
                    String target = publication.released().repository().reference() + "@" + wanted.abbreviated();
                    boolean there = publication.released().repository().referrers(candidate.digest()).stream()
                            .anyMatch(each -> each.digest().equals(wanted));
                    return new Step(
                            Stage.CONTENT,
                            there
                                    ? Change.done("vote record", target, wanted.toString())
                                    : Change.absent("vote record", target, wanted.toString()),
                            () -> Attachments.attach(
                                    publication.released(),
                                    candidate.manifest().descriptor(),
                                    MediaType.VOTE_RECORD,
                                    VoteRecord.FILE,
                                    vote.content(),
                                    signature));
                });
    }

    /** The names as anybody finds them now. */
    @Override
    public List<Check> after(Publication publication) {
        return publication.named().stream().map(RegistryNames::found).toList();
    }

    /** A server that is away now was there when the names were given; that is no sign that one moved. */
    private static Check found(Named thing) {
        try {
            return NameChecks.leads(thing.to(), thing.tag(), thing.digest());
        } catch (ReleaseException e) {
            return Check.skipped("name", thing.reference(), e.getMessage());
        }
    }
}
