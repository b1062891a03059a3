package io.jenkins.plugins.darwin.torture;

import java.util.ArrayList;
import java.util.List;

/** What came of one campaign. Goal: faults are told or healed, and nothing is lost, doubled, stuck or wrong. */
final class Toll {
    /** How a run may have ended badly. */
    enum Harm {
        /** Something that was there is gone, or can't be proven any more. */
        LOST,
        /** There are two of what there is one of. */
        DOUBLED,
        /** It can't be gone on with, although nothing disturbs any more. */
        STUCK,
        /** It says something that is not so, or ends with anything but a sentence. */
        WRONG
    }

    record Found(Harm harm, String where, String what) {}

    private final String campaign;
    private final List<Found> found = new ArrayList<>();
    private int runs;
    private int faults;
    private int told;

    Toll(String campaign) {
        this.campaign = campaign;
    }

    synchronized void run() {
        runs++;
    }

    /** Something was disturbed. */
    synchronized void fault() {
        faults++;
    }

    /** A step ended with a sentence, to be run again. */
    synchronized void told() {
        told++;
    }

    synchronized void add(Harm harm, String where, String what) {
        found.add(new Found(harm, where, what));
    }

    synchronized void addAll(List<Found> more) {
        found.addAll(more);
    }

    synchronized List<Found> found() {
        return List.copyOf(found);
    }

    synchronized int runs() {
        return runs;
    }

    static String head() {
        return "| campaign | runs | disturbed | told, run again | lost | doubled | stuck | wrong |\n|---|---|---|---|---|---|---|---|";
    }

    /** A row under {@link #head}. */
    synchronized String row() {
        StringBuilder row = new StringBuilder("| " + campaign + " | " + runs + " | " + faults + " | " + told);
        for (Harm harm : Harm.values()) {
            row.append(" | ")
                    .append(found.stream().filter(f -> f.harm() == harm).count());
        }
        return row.append(" |").toString();
    }
}
