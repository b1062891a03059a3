package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.PromotionRecord;
import io.jenkins.plugins.darwin.candidate.PromotionStore;
import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.publish.Publication;
import io.jenkins.plugins.darwin.publish.Publishers;
import io.jenkins.plugins.darwin.publish.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The changes of one promotion: those of all publishers, ordered so that a stop between any two never leaves a half-visible
 * release, then the record that it was done.
 */
final class Promotion {
    private final Publication publication;
    private final Publishers publishers;
    private final PromotionStore store;
    private final PromotionStore.Found found;
    private final Optional<String> policyAccepted;
    private Optional<String> others = Optional.empty();

    /** For looking: nothing is recorded. */
    Promotion(Publication publication, Publishers publishers) {
        this(publication, publishers, Optional.empty());
    }

    /** @param policyAccepted why a vote under a weaker policy than trunk's was good enough */
    Promotion(Publication publication, Publishers publishers, Optional<String> policyAccepted) {
        this.policyAccepted = policyAccepted;
        this.publication = publication;
        this.publishers = publishers;
        this.store = new PromotionStore(
                publication.released(),
                publication.candidate(),
                publication.verifier(),
                Optional.of(publication.records()));
        this.found = store.find();
    }

    /** What people still have to do. */
    List<String> waits() {
        return publishers.waits(publication);
    }

    List<String> warnings() {
        List<String> warnings = new ArrayList<>(waits());
        publishers.warnings(publication).forEach(warnings::add);
        warnings.addAll(told());
        return warnings;
    }

    /** What came up about the record itself; more of it once that is made. */
    List<String> told() {
        List<String> all = new ArrayList<>(store.warnings());
        others.ifPresent(all::add);
        return all;
    }

    /** What the record says was open when it was written, by target. */
    Set<String> toldOpen() {
        return found.record().stream()
                .flatMap(r -> r.open().stream())
                .map(PromotionRecord.Open::target)
                .collect(Collectors.toSet());
    }

    /** What is not so yet, of a release: open ends, and what a run that was cut off left. */
    List<Change> unsettled() {
        return plan().changes().stream()
                .filter(c -> c.state() != Change.State.DONE)
                .toList();
    }

    Plan plan() {
        Plan plan = new Plan();
        for (Step step : publishers.changes(publication)) {
            if (step.stage().isAfterPointOfNoReturn()) {
                plan.batchAfter(step.changes(), step.action());
            } else {
                plan.batch(step.changes(), step.action());
            }
        }
        plan.addRecord(record(), this::record);
        publication.signer().ifPresent(signer -> new RecordStatements(publication, signer).addTo(plan));
        return plan;
    }

    /** What has to hold before the first change. */
    List<Check> before() {
        return publishers.before(publication);
    }

    /** What the public sees, once all is done. */
    List<Check> after() {
        return publishers.after(publication);
    }

    private Change record() {
        String target = publication.released().repository().reference() + ":" + publication.version();
        String digest = publication.candidate().digest().toString();
        // One that a registry's clean-up took is in Git still: that is enough to know, and a promotion puts it back.
        boolean done = found.record().isPresent()
                && (found.attached() || publication.signer().isEmpty());
        return done
                ? Change.done("promotion record", target, digest)
                : Change.absent("promotion record", target, digest);
    }

    private void record(List<Change> became) {
        Map<String, Digest> names = new TreeMap<>();
        publication.named().forEach(thing -> names.put(thing.reference(), thing.digest()));
        PromotionRecord own = new PromotionRecord(
                1,
                publication.config().project(),
                publication.version(),
                publication.candidate().id().toString(),
                publication.candidate().digest(),
                publication.commit(),
                publication.tag(),
                names,
                publication.requireSigner().fingerprint(),
                publication.clock().instant(),
                open(became),
                policyAccepted);
        PromotionRecord counts = store.keep(own, publication.requireSigner());
        if (found.record().isEmpty() && !counts.equals(own)) {
            others = Optional.of(
                    "Somebody else promoted " + publication.version() + " at the same time: their record of "
                            + counts.promoted() + " by " + counts.signedBy() + " is the one that counts.");
        }
    }

    private static List<PromotionRecord.Open> open(List<Change> became) {
        return became.stream()
                .filter(c -> c.state() == Change.State.OPEN)
                .map(c -> new PromotionRecord.Open(
                        c.kind(), c.target(), c.expected(), c.found().orElse("")))
                .toList();
    }
}
