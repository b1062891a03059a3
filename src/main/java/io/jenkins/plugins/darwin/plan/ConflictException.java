package io.jenkins.plugins.darwin.plan;

import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.List;
import java.util.stream.Collectors;

/** A plan that is refused because something else is there: one sentence for people, and every conflict as data. */
public final class ConflictException extends ReleaseException {
    private static final long serialVersionUID = 1L;

    private final transient List<Change> conflicts;

    private ConflictException(String message, List<Change> conflicts, List<Next> next) {
        super(Kind.REFUSED, message, null, next);
        this.conflicts = List.copyOf(conflicts);
    }

    /**
     * The sentence names each conflict.
     *
     * @param before how it begins, up to the first of them
     * @param after more of it, with the space before it; may be empty
     */
    public static ConflictException of(String before, List<Change> conflicts, String after, Next... next) {
        return new ConflictException(
                before
                        + conflicts.stream()
                                .map(c -> c.kind() + " " + c.target() + ": expected " + c.expected() + ", found "
                                        + c.found().orElse("nothing"))
                                .collect(Collectors.joining("; "))
                        + "." + after,
                conflicts,
                List.of(next));
    }

    public List<Change> conflicts() {
        return conflicts;
    }
}
