package jenkins.model;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import java.util.Comparator;

/** Signature only. */
public abstract class IdStrategy extends AbstractDescribableImpl<IdStrategy>
        implements ExtensionPoint, Comparator<String> {
    public String keyFor(String id) {
        throw new UnsupportedOperationException("signature only");
    }

    public boolean equals(String id1, String id2) {
        throw new UnsupportedOperationException("signature only");
    }
}
