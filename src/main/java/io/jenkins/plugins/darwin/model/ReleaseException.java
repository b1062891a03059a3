package io.jenkins.plugins.darwin.model;

import java.util.List;
import java.util.Objects;

/**
 * A failure that a user is told about in one clear sentence: what, what was expected, what was found. What to do is part of the
 * sentence where it is the same for everybody, and {@link #next()} where each face has a way of its own.
 *
 * <p>Its message is shown as it is, without a stack trace. Everything else that is thrown counts as a defect.
 */
public class ReleaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, by who can mend it. */
    public enum Kind {
        /** Something outside failed: a server, a tool, a disk. Running again may help. */
        FAILED(1),
        /** The arguments or the configuration are wrong. */
        USAGE(2),
        /** What was found forbids it: a conflict, a failed check, a failed vote. */
        REFUSED(3);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        /** The exit code of the command line. */
        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;
    private final transient List<Next> next;

    /** For a room that has more to say of a failure than its sentence. */
    protected ReleaseException(Kind kind, String message, Throwable cause, List<Next> next) {
        super(ForeignText.lines(Objects.requireNonNull(message)), cause); // it may quote strangers
        this.kind = kind;
        this.next = List.copyOf(next);
    }

    public static ReleaseException failed(String message) {
        return failed(message, null);
    }

    public static ReleaseException failed(String message, Throwable cause) {
        return new ReleaseException(Kind.FAILED, message, cause, List.of());
    }

    public static ReleaseException usage(String message) {
        return usage(message, (Throwable) null);
    }

    public static ReleaseException usage(String message, Throwable cause) {
        return new ReleaseException(Kind.USAGE, message, cause, List.of());
    }

    public static ReleaseException usage(String message, Next... next) {
        return new ReleaseException(Kind.USAGE, message, null, List.of(next));
    }

    public static ReleaseException refused(String message) {
        return refused(message, (Throwable) null);
    }

    public static ReleaseException refused(String message, Throwable cause) {
        return new ReleaseException(Kind.REFUSED, message, cause, List.of());
    }

    public static ReleaseException refused(String message, Next... next) {
        return new ReleaseException(Kind.REFUSED, message, null, List.of(next));
    }

    /** The same failure with what people can do about it, for whoever says it. */
    public ReleaseException withNext(Next... acts) {
        return new ReleaseException(kind, getMessage(), getCause(), List.of(acts));
    }

    /** What people do about it, in order; each face adds it to the sentence in its own words. */
    public List<Next> next() {
        return next == null ? List.of() : next;
    }

    public Kind kind() {
        return kind;
    }
}
