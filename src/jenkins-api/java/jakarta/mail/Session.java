package jakarta.mail;

/** Signature only. */
public final class Session {
    private Session() {}
}
