package jakarta.mail;

/** Signature only. */
public abstract class Service implements AutoCloseable {
    protected Service(Session session, URLName urlname) {}
}
