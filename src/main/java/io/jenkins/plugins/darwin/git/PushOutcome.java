package io.jenkins.plugins.darwin.git;

import java.util.List;

/** What the remote said to a push. All refs moved or none did. */
public sealed interface PushOutcome {
    /** Every ref holds what was asked for. */
    record Done() implements PushOutcome {}

    /** No ref moved. */
    record Rejected(List<Rejection> rejections) implements PushOutcome {
        public Rejected {
            rejections = List.copyOf(rejections);
        }

        /** Whether looking again may help: every ref that stands in the way moved meanwhile. */
        public boolean moved() {
            return rejections.stream().allMatch(r -> r.reason() == Reason.MOVED);
        }

        /** All rejections, one sentence for people. */
        public String describe() {
            return String.join(
                    "; ",
                    rejections.stream().map(r -> r.ref() + ": " + r.detail()).toList());
        }
    }

    /**
     * Why one ref did not move.
     *
     * @param detail for people, from the server where it said something
     */
    record Rejection(String ref, Reason reason, String detail) {}

    /** What stands in the way. */
    enum Reason {
        /** The remote's ref is not (any more) what was expected: somebody else was first. */
        MOVED,
        /** The server's rules forbid it: a hook, a protected branch, a checked-out branch. */
        DENIED
    }
}
