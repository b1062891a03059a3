package hudson.util;

import java.util.AbstractList;

/** Signature only. */
public class PersistedList<T> extends AbstractList<T> {
    protected PersistedList() {}

    public T get(int index) {
        throw new UnsupportedOperationException("signature only");
    }

    public int size() {
        throw new UnsupportedOperationException("signature only");
    }
}
