package hudson;

import hudson.model.ModelObject;

/** Signature only. */
public class PluginWrapper implements ModelObject {
    private PluginWrapper() {}

    public String getDisplayName() {
        throw new UnsupportedOperationException("signature only");
    }

    public String getVersion() {
        throw new UnsupportedOperationException("signature only");
    }
}
