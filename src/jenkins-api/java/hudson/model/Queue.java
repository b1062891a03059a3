package hudson.model;

/** Signature only. */
public class Queue extends ResourceController implements Saveable {
    private Queue() {}

    /** Signature only. */
    public interface Task {
    }
}
