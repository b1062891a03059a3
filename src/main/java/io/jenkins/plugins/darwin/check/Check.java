package io.jenkins.plugins.darwin.check;

import java.util.List;

/**
 * Something that was looked at, and what came of it.
 *
 * @param name what sort of check: checksum, signature, blob, ...
 * @param subject what was checked
 * @param detail for people; why, when it failed or was skipped
 */
public record Check(String name, String subject, State state, String detail) {
    public enum State {
        PASSED,
        FAILED,
        /** Not possible here, for the reason in the detail. */
        SKIPPED
    }

    public static Check passed(String name, String subject, String detail) {
        return new Check(name, subject, State.PASSED, detail);
    }

    public static Check failed(String name, String subject, String detail) {
        return new Check(name, subject, State.FAILED, detail);
    }

    public static Check skipped(String name, String subject, String why) {
        return new Check(name, subject, State.SKIPPED, why);
    }

    public static List<Check> failures(List<Check> checks) {
        return checks.stream().filter(c -> c.state() == State.FAILED).toList();
    }
}
