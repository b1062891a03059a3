package hudson;

import java.io.IOException;

/** Signature only. */
public class AbortException extends IOException {
    public AbortException(String message) {}
}
