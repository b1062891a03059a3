package hudson.model;

import jenkins.model.ModelObjectWithContextMenu;

/** Signature only. */
public abstract class Actionable extends AbstractModelObject implements ModelObjectWithContextMenu {
    public Actionable() {}

    public <T extends Action> T getAction(Class<T> type) {
        throw new UnsupportedOperationException("signature only");
    }

    public void addAction(Action a) {
        throw new UnsupportedOperationException("signature only");
    }
}
