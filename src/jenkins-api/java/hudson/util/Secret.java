package hudson.util;

import java.io.Serializable;

/** Signature only. */
public final class Secret implements Serializable {
    private Secret() {}
}
