package io.jenkins.plugins.darwin.check;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.List;

/**
 * Something that was looked at, and what came of it.
 *
 * @param name what sort of check: checksum, signature, blob, ...
 * @param subject what was checked
 * @param detail for people; why, when it failed or was skipped
 * @param next what people do about it, for the face that shows it
 */
public record Check(
        String name,
        String subject,
        State state,
        String detail,
        @JsonIgnore List<Next> next) {
    public Check {
        next = List.copyOf(next);
    }

    public enum State {
        PASSED,
        FAILED,
        /** Not possible here, for the reason in the detail. */
        SKIPPED
    }

    public static Check passed(String name, String subject, String detail) {
        return new Check(name, subject, State.PASSED, detail, List.of());
    }

    public static Check failed(String name, String subject, String detail) {
        return new Check(name, subject, State.FAILED, detail, List.of());
    }

    public static Check failed(String name, String subject, ReleaseException why) {
        return new Check(name, subject, State.FAILED, why.getMessage(), why.next());
    }

    public static Check skipped(String name, String subject, String why) {
        return new Check(name, subject, State.SKIPPED, why, List.of());
    }

    public Check withNext(Next... acts) {
        return new Check(name, subject, state, detail, List.of(acts));
    }

    /** The same with another detail, as a face words it. */
    public Check withDetail(String words) {
        return new Check(name, subject, state, words, List.of());
    }

    public static List<Check> failures(List<Check> checks) {
        return checks.stream().filter(c -> c.state() == State.FAILED).toList();
    }
}
