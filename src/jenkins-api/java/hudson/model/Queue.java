package hudson.model;

/** Signature only. */
public class Queue extends ResourceController implements Saveable {
    private Queue() {}

    /** Signature only. */
    public interface Executable {}

    /** Signature only. */
    public interface FlyweightTask extends Queue.Task {}

    /** Signature only. */
    public interface Task extends ModelObject {}
}
