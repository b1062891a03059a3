package net.sf.json;

/** Signature only. */
public final class JSONObject extends AbstractJSON {
    public Object opt(String key) {
        throw new UnsupportedOperationException("signature only");
    }
}
