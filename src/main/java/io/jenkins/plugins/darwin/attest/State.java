package io.jenkins.plugins.darwin.attest;

import java.util.Locale;

/** Whether what evidence says is good. */
public enum State {
    /** It says so. */
    PASSED,
    /** It says that something is wrong. */
    FAILED,
    /** It says what is so, and judges nothing: a list of parts, where something was built. */
    STATED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
