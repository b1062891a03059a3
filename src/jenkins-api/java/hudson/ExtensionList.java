package hudson;

import java.util.AbstractList;
import java.util.Iterator;

/** Signature only. */
public class ExtensionList<T> extends AbstractList<T> {
    private ExtensionList() {}

    public T get(int index) {
        throw new UnsupportedOperationException("signature only");
    }

    public static <U> U lookupSingleton(Class<U> type) {
        throw new UnsupportedOperationException("signature only");
    }

    public int size() {
        throw new UnsupportedOperationException("signature only");
    }

    public static <T> ExtensionList<T> lookup(Class<T> type) {
        throw new UnsupportedOperationException("signature only");
    }

    public Iterator<T> iterator() {
        throw new UnsupportedOperationException("signature only");
    }
}
