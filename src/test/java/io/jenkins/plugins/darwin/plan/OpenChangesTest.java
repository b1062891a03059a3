package io.jenkins.plugins.darwin.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is refused after the point of no return stays open, and holds nothing back. */
class OpenChangesTest {
    private final List<String> made = new ArrayList<>();

    private Plan.Action make(String what) {
        return () -> made.add(what);
    }

    private static Plan.Action refuse(String why) {
        return () -> {
            throw ReleaseException.refused(why);
        };
    }

    private static Outcome<String> run(Plan plan) {
        UseCase<String> useCase = () -> new UseCase.Planned<>(plan, List.of(), () -> "over");
        return useCase.run(false, Progress.silent());
    }

    private static Change absent(String target) {
        return Change.absent("thing", target, "there");
    }

    @AfterEach
    void noInterruptIsLeft() {
        Thread.interrupted();
    }

    @Test
    void whatComesLaterIsMadeAllTheSame() {
        Plan plan = new Plan()
                .add(absent("tag"), make("tag"))
                .addAfter(absent("trunk"), refuse("Trunk takes no push."))
                .addAfter(absent("record"), make("record"));
        Outcome<String> outcome = run(plan);
        assertThat(made).containsExactly("tag", "record");
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.OPEN);
        assertThat(outcome.result()).isEqualTo("over");
        assertThat(outcome.open()).singleElement().satisfies(open -> {
            assertThat(open.target()).isEqualTo("trunk");
            assertThat(open.found()).contains("Trunk takes no push.");
            assertThat(open.made()).isFalse();
        });
    }

    @Test
    void whatIsRefusedBeforeStopsThePlan() {
        Plan plan = new Plan().add(absent("tag"), refuse("No tags here.")).addAfter(absent("record"), make("record"));
        assertThatThrownBy(() -> run(plan)).isInstanceOf(ReleaseException.class).hasMessage("No tags here.");
        assertThat(made).isEmpty();
    }

    @Test
    void onlyARefusalIsLeftOpen() {
        Plan defect = new Plan().addAfter(absent("trunk"), () -> {
            throw new IllegalStateException("a defect of ours");
        });
        assertThatThrownBy(() -> run(defect)).isInstanceOf(IllegalStateException.class);
        Plan outrun = new Plan().addAfter(absent("trunk"), () -> {
            throw new UseCase.Outrun("Somebody else was faster.");
        });
        assertThatThrownBy(() -> run(outrun)).hasMessageContaining("Tried 3 times");
        Plan aborted = new Plan().addAfter(absent("trunk"), () -> {
            Thread.currentThread().interrupt();
            throw ReleaseException.failed("Stopped.");
        });
        assertThatThrownBy(() -> run(aborted)).hasMessage("Stopped.");
    }

    @Test
    void whatIsKnownToBeOpenIsNotTriedAndIsNotDone() {
        Plan plan = new Plan()
                .add(Change.done("tag", "v1.3.0", "signed"), make("tag"))
                .addAfter(Change.open("merge", "main", "with 1.3.0", "It conflicts."), make("merge"));
        assertThat(plan.done()).isTrue();
        assertThat(plan.conflicts()).isEmpty();
        assertThat(run(plan).kind()).isEqualTo(Outcome.Kind.OPEN);
        assertThat(made).isEmpty();
    }

    @Test
    void aDryRunOfAPlanWithSomethingOpenIsADryRun() {
        Plan plan = new Plan().addAfter(Change.open("merge", "main", "with 1.3.0", "It conflicts."), make("merge"));
        UseCase<String> useCase = () -> new UseCase.Planned<>(plan, List.of(), () -> "over");
        Outcome<String> outcome = useCase.run(true, Progress.silent());
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.PLANNED);
        assertThat(outcome.open()).hasSize(1);
    }
}
