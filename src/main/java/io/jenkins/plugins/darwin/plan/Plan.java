package io.jenkins.plugins.darwin.plan;

import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

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

    /** @param mayStayOpen whether a refusal leaves it open, and the rest goes on */
    private record Item(Change change, Action action, boolean mayStayOpen) {}

    private static final Action NOTHING = () -> {};

    private final List<Item> items = new ArrayList<>();
    private final List<Change> became = new ArrayList<>();

    public Plan add(Change change, Action action) {
        items.add(new Item(change, action, false));
        return this;
    }

    /** A change after the point of no return: when it is refused it stays open, and those after it are made all the same. */
    public Plan addAfter(Change change, Action action) {
        items.add(new Item(change, action, true));
        return this;
    }

    /**
     * The record of all that comes before it: made from the changes as they became, and like a change after the point of no
     * return when it is refused.
     */
    public Plan addRecord(Change change, Consumer<List<Change>> action) {
        items.add(new Item(change, () -> action.accept(List.copyOf(became)), true));
        return this;
    }

    /** A part of the next change, made together with it: shown, and nothing to do by itself. */
    public Plan part(Change change) {
        return add(change, NOTHING);
    }

    public List<Change> changes() {
        return items.stream().map(Item::change).toList();
    }

    /** Whether there is nothing left to do, here: what is open waits for somebody else. */
    public boolean done() {
        return items.stream().allMatch(i -> isSettled(i.change()));
    }

    private static boolean isSettled(Change change) {
        return change.state() == Change.State.DONE || change.state() == Change.State.OPEN;
    }

    public List<Change> conflicts() {
        return changes().stream()
                .filter(c -> c.state() == Change.State.CONFLICT)
                .toList();
    }

    /** @throws ReleaseException refused, naming every conflict, when there is one */
    public void requireNoConflict() {
        List<Change> conflicts = conflicts();
        if (!conflicts.isEmpty()) {
            throw ReleaseException.refused("Nothing was changed, because something else is already there: "
                    + conflicts.stream()
                            .map(c -> c.kind() + " " + c.target() + ": expected " + c.expected() + ", found "
                                    + c.found().orElse("nothing"))
                            .collect(Collectors.joining("; "))
                    + ".");
        }
    }

    /**
     * Makes the absent changes in order.
     *
     * @return all changes, those made marked so, those that were refused after the point of no return marked open
     * @throws ReleaseException refused, before the first of them, when there is a conflict
     */
    public List<Change> apply(Progress progress) {
        requireNoConflict();
        became.clear();
        for (Item item : items) {
            if (isSettled(item.change())) {
                became.add(item.change());
                continue;
            }
            if (Thread.interrupted()) {
                throw ReleaseException.failed("Stopped before " + item.change().kind() + " "
                        + item.change().target() + "; run again to go on from there.");
            }
            Optional<Change> open = make(item);
            if (open.isPresent()) {
                progress.message("open: " + item.change().kind() + " "
                        + item.change().target() + ": " + open.get().found().orElseThrow());
                became.add(open.get());
                continue;
            }
            if (item.action() != NOTHING) {
                progress.message(item.change().kind() + " " + item.change().target() + ": "
                        + item.change().expected());
            }
            became.add(item.change().asMade());
        }
        return List.copyOf(became);
    }

    /** @return the change left open; empty when it was made */
    private static Optional<Change> make(Item item) {
        try {
            item.action().run();
            return Optional.empty();
        } catch (ReleaseException e) {
            if (!item.mayStayOpen() || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return Optional.of(item.change().asOpen(e.getMessage()));
        }
    }
}
