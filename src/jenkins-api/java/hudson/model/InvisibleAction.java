package hudson.model;

/** Signature only. */
public abstract class InvisibleAction implements Action {
    public final String getIconFileName() {
        throw new UnsupportedOperationException("signature only");
    }

    public final String getDisplayName() {
        throw new UnsupportedOperationException("signature only");
    }

    public String getUrlName() {
        throw new UnsupportedOperationException("signature only");
    }
}
