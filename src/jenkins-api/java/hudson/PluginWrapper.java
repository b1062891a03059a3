package hudson;

/** Signature only. */
public class PluginWrapper {
    private PluginWrapper() {}

    public String getVersion() {
        throw new UnsupportedOperationException("signature only");
    }
}
