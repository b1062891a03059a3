package io.jenkins.plugins.darwin.model;

import java.util.Objects;

/**
 * A failure that a user is told about in one clear sentence: what, what was expected, what was found, what to do.
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

    /** For a room that has more to say of a failure than its sentence. */
    protected ReleaseException(Kind kind, String message, Throwable cause) {
        super(ForeignText.lines(Objects.requireNonNull(message)), cause); // it may quote strangers
        this.kind = kind;
    }

    public static ReleaseException failed(String message) {
        return new ReleaseException(Kind.FAILED, message, null);
    }

    public static ReleaseException failed(String message, Throwable cause) {
        return new ReleaseException(Kind.FAILED, message, cause);
    }

    public static ReleaseException usage(String message) {
        return new ReleaseException(Kind.USAGE, message, null);
    }

    public static ReleaseException usage(String message, Throwable cause) {
        return new ReleaseException(Kind.USAGE, message, cause);
    }

    public static ReleaseException refused(String message) {
        return new ReleaseException(Kind.REFUSED, message, null);
    }

    public static ReleaseException refused(String message, Throwable cause) {
        return new ReleaseException(Kind.REFUSED, message, cause);
    }

    public Kind kind() {
        return kind;
    }
}
