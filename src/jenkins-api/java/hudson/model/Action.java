package hudson.model;

/** Signature only. */
public interface Action extends ModelObject {
    String getDisplayName();

    String getIconFileName();

    String getUrlName();
}
