package net.sf.json;

/** Signature only. */
public final class JSONObject extends AbstractJSON {
}
