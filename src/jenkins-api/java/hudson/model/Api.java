package hudson.model;

/** Signature only. */
public class Api extends AbstractModelObject {
    public Api(Object bean) {}

    public String getDisplayName() {
        throw new UnsupportedOperationException("signature only");
    }
}
