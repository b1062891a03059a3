package io.jenkins.plugins.darwin.edit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A pattern as instructions that are all followed at once, a step for each code point of the path (Thompson's way): no
 * pattern can make the matcher go back, so none can keep it busy.
 */
final class GlobProgram {
    /** Takes a code point, or, without one, forks to both places; a place of -1 is none. */
    private static final class Step {
        private final IntPredicate takes;
        private int next;
        private int other = -1;

        private Step(IntPredicate takes, int next) {
            this.takes = takes;
            this.next = next;
        }
    }

    private static final int END = Integer.MAX_VALUE;

    private final List<Step> steps = new ArrayList<>();
    /** The fork in front of the choice that is being read, -1 outside of braces. */
    private int fork = -1;
    /** Ends of the choices before it, to be led behind the brace. */
    private final List<Step> ends = new ArrayList<>();

    void literal(int codePoint) {
        one(at -> at == codePoint);
    }

    void one(IntPredicate takes) {
        steps.add(new Step(takes, steps.size() + 1));
    }

    /** Any number of code points, slashes only when {@code deep}. */
    void many(boolean deep) {
        int begin = steps.size();
        fork(begin + 1, begin + 2);
        steps.add(new Step(deep ? at -> true : at -> at != '/', begin));
    }

    /** Folders with their slashes, or nothing. */
    void folders() {
        int begin = steps.size();
        fork(begin + 1, begin + 4);
        fork(begin + 2, begin + 3);
        steps.add(new Step(at -> true, begin + 1));
        literal('/');
    }

    boolean inBraces() {
        return fork >= 0;
    }

    void openBrace() {
        fork = steps.size();
        fork(fork + 1, -1);
    }

    void nextChoice() {
        ends.add(fork(-1, -1));
        steps.get(fork).other = steps.size();
        fork = steps.size();
        fork(fork + 1, -1);
    }

    void closeBrace() {
        fork = -1;
        ends.forEach(end -> end.next = steps.size());
        ends.clear();
    }

    GlobProgram end() {
        steps.add(new Step(null, END));
        return this;
    }

    private Step fork(int next, int other) {
        Step step = new Step(null, next);
        step.other = other;
        steps.add(step);
        return step;
    }

    boolean matches(String path) {
        BitSet now = new BitSet(steps.size());
        enter(0, now);
        for (int i = 0; i < path.length() && !now.isEmpty(); ) {
            int at = path.codePointAt(i);
            BitSet next = new BitSet(steps.size());
            for (int s = now.nextSetBit(0); s >= 0; s = now.nextSetBit(s + 1)) {
                if (steps.get(s).takes != null && steps.get(s).takes.test(at)) {
                    enter(steps.get(s).next, next);
                }
            }
            now = next;
            i += Character.charCount(at);
        }
        return now.get(steps.size() - 1);
    }

    /** Marks a step and all that it forks to; with a list of its own, since a pattern may fork at every char. */
    private void enter(int first, BitSet marked) {
        List<Integer> open = new ArrayList<>(List.of(first));
        while (!open.isEmpty()) {
            int at = open.remove(open.size() - 1);
            if (at < 0 || at == END || marked.get(at)) {
                continue;
            }
            marked.set(at);
            if (steps.get(at).takes == null) {
                open.add(steps.get(at).next);
                open.add(steps.get(at).other);
            }
        }
    }
}
