package hudson;

import hudson.model.AbstractModelObject;

/** Signature only. */
public abstract class PluginManager extends AbstractModelObject {
    private PluginManager() {}

    public String getDisplayName() {
        throw new UnsupportedOperationException("signature only");
    }

    public PluginWrapper whichPlugin(Class c) {
        throw new UnsupportedOperationException("signature only");
    }
}
