package org.jenkinsci.plugins.structs.describable;

/** Signature only. */
public final class DescribableParameter {
    private DescribableParameter() {}

    public String getName() {
        throw new UnsupportedOperationException("signature only");
    }
}
