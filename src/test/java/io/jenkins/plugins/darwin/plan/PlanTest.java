package io.jenkins.plugins.darwin.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes in order, alone and in batches: what is told when, and what stops them. */
class PlanTest {
    private final List<String> told = new ArrayList<>();

    private final Progress progress = new Progress() {
        @Override
        public void message(String line) {
            told.add(line);
        }

        @Override
        public Task start(String label, long total, Unit unit) {
            throw new AssertionError("a plan has no tasks of its own");
        }
    };

    private static Change absent(String target) {
        return Change.absent("image", target, "built");
    }

    @AfterEach
    void noInterruptIsLeft() {
        Thread.interrupted();
    }

    @Test
    void ofABatchEachIsToldAsItIsMade() {
        Plan plan = new Plan().batch(List.of(absent("a"), Change.done("image", "b", "built"), absent("c")), made -> {
            told.add("working on c");
            made.accept("c");
            told.add("working on a");
            made.accept("a");
        });
        List<Change> became = plan.apply(progress);
        assertThat(told).containsExactly("working on c", "image c: built", "working on a", "image a: built");
        assertThat(became)
                .as("in the plan's order, whatever came first")
                .extracting(Change::target)
                .containsExactly("a", "b", "c");
        assertThat(became).extracting(Change::made).containsExactly(true, false, true);
    }

    @Test
    void whatABatchDoesNotTellOfIsSoWhenItReturns() {
        List<Change> became = new Plan()
                .batch(List.of(absent("a"), absent("b")), made -> {
                    made.accept("b");
                    made.accept("b"); // told once
                    made.accept("of no other batch");
                })
                .apply(progress);
        assertThat(told).containsExactly("image b: built", "image a: built");
        assertThat(became).allMatch(Change::made);
    }

    @Test
    void aBatchRunsOnceAndOnlyWhenSomethingIsMissing() {
        List<String> runs = new ArrayList<>();
        Plan plan = new Plan()
                .batch(List.of(Change.done("image", "a", "built")), made -> runs.add("done"))
                .batch(List.of(), made -> runs.add("empty"))
                .batch(List.of(absent("b"), absent("c")), made -> runs.add("both"));
        assertThat(plan.done()).isFalse();
        plan.apply(progress);
        assertThat(runs).containsExactly("both");
    }

    @Test
    void aBatchThatFailsStopsWhatComesAfterIt() {
        Plan plan = new Plan()
                .batch(List.of(absent("a"), absent("b")), made -> {
                    made.accept("a");
                    throw ReleaseException.failed("No room for b.");
                })
                .add(absent("c"), () -> told.add("working on c"));
        assertThatThrownBy(() -> plan.apply(progress)).hasMessage("No room for b.");
        assertThat(told).as("a is so, and nothing else").containsExactly("image a: built");
    }

    @Test
    void afterThePointOfNoReturnOnlyWhatWasNotMadeIsOpen() {
        List<Change> seen = new ArrayList<>();
        Plan plan = new Plan()
                .batchAfter(List.of(absent("a"), absent("b")), made -> {
                    made.accept("a");
                    throw ReleaseException.refused("b is protected.");
                })
                .addRecord(Change.absent("record", "r", "all"), seen::addAll);
        List<Change> became = plan.apply(progress);
        assertThat(became)
                .extracting(Change::state)
                .containsExactly(Change.State.ABSENT, Change.State.OPEN, Change.State.ABSENT);
        assertThat(became.get(1).found()).contains("b is protected.");
        assertThat(seen).as("the record knows what became of all before it").isEqualTo(became.subList(0, 2));
        assertThat(told).containsExactly("image a: built", "open: image b: b is protected.", "record r: all");
    }

    @Test
    void oneConflictAnywhereRefusesAllAndNamesEvery() {
        List<String> runs = new ArrayList<>();
        Plan plan = new Plan()
                .add(absent("a"), () -> runs.add("a"))
                .batch(
                        List.of(absent("b"), Change.conflict("image", "c", "sha256:1", "sha256:2")),
                        made -> runs.add("batch"))
                .shown(Change.conflict("folder", "dist", "ours", "another's"));
        assertThatThrownBy(() -> plan.apply(progress))
                .isInstanceOf(ConflictException.class)
                .hasMessage("Nothing was changed, because something else is already there: image c: expected sha256:1,"
                        + " found sha256:2; folder dist: expected ours, found another's.")
                .asInstanceOf(InstanceOfAssertFactories.type(ConflictException.class))
                .satisfies(e -> assertThat(e.conflicts()).isEqualTo(plan.conflicts()))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.REFUSED));
        assertThat(plan.conflicts()).extracting(Change::target).containsExactly("c", "dist");
        assertThat(runs).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void whatNobodyMakesCanOnlyBeShown() {
        assertThatThrownBy(() -> new Plan().shown(absent("a"))).isInstanceOf(IllegalArgumentException.class);
        Plan plan = new Plan().shown(Change.done("image", "a", "built"));
        assertThat(plan.apply(progress)).isEqualTo(plan.changes());
        assertThat(told).isEmpty();
    }

    @Test
    void anAbortStopsBetweenTwoChangesAndSaysWhere() {
        Plan plan = new Plan()
                .add(absent("a"), () -> Thread.currentThread().interrupt())
                .batch(List.of(Change.done("image", "b", "built"), absent("c")), made -> {
                    throw new AssertionError("not to be run");
                });
        assertThatThrownBy(() -> plan.apply(progress))
                .hasMessage("Stopped before image c; run again to go on from there.");
    }
}
