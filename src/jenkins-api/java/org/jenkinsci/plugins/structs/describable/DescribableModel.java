package org.jenkinsci.plugins.structs.describable;

import java.io.Serializable;
import java.util.Collection;

/** Signature only. */
public final class DescribableModel<T> implements Serializable {
    public DescribableModel(Class<T> clazz) {}

    public Collection<DescribableParameter> getParameters() {
        throw new UnsupportedOperationException("signature only");
    }
}
