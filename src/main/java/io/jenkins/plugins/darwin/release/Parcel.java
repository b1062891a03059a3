package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.Names;
import io.jenkins.plugins.darwin.candidate.TrustedAttachments;
import io.jenkins.plugins.darwin.kind.Kinds;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.registry.Companions;
import io.jenkins.plugins.darwin.registry.ImageCopier;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.registry.Repository;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole candidate or release as it goes from one registry to another: images, charts, the candidate itself, what belongs to
 * them, under the same names.
 */
final class Parcel {
    private final Located located;
    private final SignatureVerifier trusted;
    private final List<Thing> things = new ArrayList<>();
    private final List<TrustedAttachments.Attachment> attachments;

    /** @param repository path below the registry */
    record Thing(String kind, String repository, String tag, Digest digest) {}

    Parcel(Located located, Kinds kinds, SignatureVerifier trusted) {
        this.located = located;
        this.trusted = trusted;
        kinds.contents(located.candidate().candidate(), located.candidate().id())
                .forEach(content -> content.place(located.released())
                        .ifPresent(place -> things.add(
                                new Thing(content.kind(), place.repository(), place.tag(), content.digest()))));
        things.add(new Thing(
                "candidate", path(), located.name(), located.candidate().digest()));
        this.attachments = TrustedAttachments.all(located.store(), located.candidate(), trusted);
    }

    List<Thing> things() {
        return List.copyOf(things);
    }

    /** The candidate's repository, below its registry. */
    private String path() {
        String whole = located.store().repository().reference();
        return whole.substring(located.registry().location().length() + 1);
    }

    /** The changes that make it whole in another registry: content, then what is attached, then names, the candidate's last. */
    Plan plan(Registry to, ImageCopier copier) {
        Plan plan = new Plan();
        for (Thing thing : things) {
            Repository from = located.registry().repository(thing.repository());
            Repository target = to.repository(thing.repository());
            String name = target.reference() + "@" + thing.digest().abbreviated();
            plan.add(
                    target.resolve(thing.digest().toString()).isPresent()
                            ? Change.done(
                                    thing.kind() + " content",
                                    name,
                                    thing.digest().toString())
                            : Change.absent(
                                    thing.kind() + " content",
                                    name,
                                    thing.digest().toString()),
                    () -> copier.complete(from, thing.digest(), target));
        }
        Repository candidates = to.repository(path());
        List<Digest> there = candidates.referrers(located.candidate().digest()).stream()
                .map(d -> d.digest())
                .toList();
        for (TrustedAttachments.Attachment attachment : attachments) {
            Digest digest = attachment.manifest().digest();
            String name = candidates.reference() + "@" + digest.abbreviated();
            plan.add(
                    there.contains(digest)
                            ? Change.done(attachment.kind(), name, digest.toString())
                            : Change.absent(attachment.kind(), name, digest.toString()),
                    () -> {
                        copier.copy(located.store().repository(), digest, candidates);
                        candidates.attach(attachment.manifest());
                    });
        }
        companions(to, copier, plan);
        for (Thing thing : things) {
            Repository target = to.repository(thing.repository());
            plan.add(
                    Names.compare(thing.kind(), target, thing.tag(), thing.digest()),
                    () -> Names.give(target, thing.digest(), thing.tag()));
        }
        return plan;
    }

    /** Signatures and SBOMs of images and charts; copied, and not believed. */
    private void companions(Registry to, ImageCopier copier, Plan plan) {
        for (Thing thing : things) {
            if (thing.kind().equals("candidate")) {
                continue;
            }
            Repository from = located.registry().repository(thing.repository());
            Repository target = to.repository(thing.repository());
            for (Companions.Companion companion :
                    Companions.of(from, thing.digest()).all()) {
                if (companion.inside()) {
                    continue;
                }
                String name = target.reference() + ": " + companion.label() + " of "
                        + companion.subject().abbreviated();
                String digest = companion.digest().toString();
                plan.add(
                        Companions.state(companion, target) == Companions.State.ABSENT
                                ? Change.absent("companion", name, digest)
                                : Change.done("companion", name, digest),
                        () -> Companions.copy(companion, from, target, copier));
            }
        }
    }

    SignatureVerifier trusted() {
        return trusted;
    }
}
