package io.jenkins.plugins.darwin.plan;

import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a use case will do, in order. Printing it is the dry run; applying it makes what is absent.
 *
 * <p>The order is such that a stop between any two changes leaves nothing half visible, and that observing again after it
 * gives the rest of the same plan.
 */
public final class Plan {
    /** Makes one change; safe to be run again after it was cut off in the middle. */
    @FunctionalInterface
    public interface Action {
        void run();
    }

    /** Makes several changes; safe to be run again after it was cut off in the middle. */
    @FunctionalInterface
    public interface Batch {
        /**
         * Makes those that are absent.
         *
         * @param made takes the target of each as soon as it is so, from any thread; those that it is not told of are so when
         *     this returns
         */
        void run(Consumer<String> made);
    }

    /** @param mayStayOpen whether a refusal leaves it open, and the rest goes on */
    private record Item(List<Change> changes, Batch work, boolean mayStayOpen) {
        Item {
            changes = List.copyOf(changes);
        }

        Optional<Change> firstToMake() {
            return changes.stream().filter(change -> !isSettled(change)).findFirst();
        }
    }

    private final List<Item> items = new ArrayList<>();
    private final List<Change> became = new ArrayList<>();

    public Plan add(Change change, Action action) {
        return batch(List.of(change), made -> action.run());
    }

    /** A change after the point of no return: when it is refused it stays open, and those after it are made all the same. */
    public Plan addAfter(Change change, Action action) {
        return batchAfter(List.of(change), made -> action.run());
    }

    /** Changes that one action makes: shown one by one, as they are made. It runs when at least one of them is absent. */
    public Plan batch(List<Change> changes, Batch action) {
        items.add(new Item(changes, action, false));
        return this;
    }

    /** The same after the point of no return: those that were not made when it is refused stay open. */
    public Plan batchAfter(List<Change> changes, Batch action) {
        items.add(new Item(changes, action, true));
        return this;
    }

    /**
     * The record of all that comes before it: made from the changes as they became, and like a change after the point of no
     * return when it is refused.
     */
    public Plan addRecord(Change change, Consumer<List<Change>> action) {
        return addAfter(change, () -> action.accept(List.copyOf(became)));
    }

    /**
     * Something that is only told: done, open, or in conflict.
     *
     * @throws IllegalArgumentException when it is absent, and so would have to be made
     */
    public Plan shown(Change change) {
        if (change.state() == Change.State.ABSENT) {
            throw new IllegalArgumentException("Nobody makes " + change.kind() + " " + change.target());
        }
        return batch(List.of(change), made -> {
            throw new IllegalStateException("Not to be made: " + change.target());
        });
    }

    public List<Change> changes() {
        return items.stream().flatMap(item -> item.changes().stream()).toList();
    }

    /** Whether there is nothing left to do, here: what is open waits for somebody else. */
    public boolean done() {
        return changes().stream().allMatch(Plan::isSettled);
    }

    private static boolean isSettled(Change change) {
        return change.state() == Change.State.DONE || change.state() == Change.State.OPEN;
    }

    public List<Change> conflicts() {
        return changes().stream()
                .filter(c -> c.state() == Change.State.CONFLICT)
                .toList();
    }

    /** @throws ConflictException with every conflict, when there is one */
    public void requireNoConflict() {
        List<Change> conflicts = conflicts();
        if (!conflicts.isEmpty()) {
            throw ConflictException.of("Nothing was changed, because something else is already there: ", conflicts, "");
        }
    }

    /**
     * Makes the absent changes in order.
     *
     * @return all changes, those made marked so, those that were refused after the point of no return marked open
     * @throws ConflictException before the first of them, when there is a conflict
     */
    public List<Change> apply(Progress progress) {
        requireNoConflict();
        became.clear();
        for (Item item : items) {
            Optional<Change> first = item.firstToMake();
            if (first.isPresent() && Thread.interrupted()) {
                throw ReleaseException.failed("Stopped before " + first.get().kind() + " "
                        + first.get().target() + "; run again to go on from there.");
            }
            became.addAll(first.isPresent() ? make(item, new Telling(item.changes(), progress)) : item.changes());
        }
        return List.copyOf(became);
    }

    private static List<Change> make(Item item, Telling telling) {
        try {
            item.work().run(telling::made);
            return telling.allMade();
        } catch (ReleaseException e) {
            if (!item.mayStayOpen() || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return telling.restOpen(e.getMessage());
        }
    }

    /** Tells of the changes of one batch, each once and as soon as it is made. */
    private static final class Telling {
        private final List<Change> changes;
        private final Progress progress;

        Telling(List<Change> changes, Progress progress) {
            this.changes = new ArrayList<>(changes);
            this.progress = progress;
        }

        synchronized void made(String target) {
            for (int i = 0; i < changes.size(); i++) {
                Change change = changes.get(i);
                if (change.target().equals(target) && !change.made() && !isSettled(change)) {
                    changes.set(i, change.asMade());
                    progress.message(change.kind() + " " + target + ": " + change.expected());
                }
            }
        }

        List<Change> allMade() {
            List.copyOf(changes).forEach(change -> made(change.target()));
            return List.copyOf(changes);
        }

        List<Change> restOpen(String why) {
            return changes.stream()
                    .map(change -> change.made() || isSettled(change) ? change : open(change, why))
                    .toList();
        }

        private Change open(Change change, String why) {
            progress.message("open: " + change.kind() + " " + change.target() + ": " + why);
            return change.asOpen(why);
        }
    }
}
