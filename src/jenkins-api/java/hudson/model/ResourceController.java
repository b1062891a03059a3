package hudson.model;

/** Signature only. */
public class ResourceController {
    public ResourceController() {}
}
