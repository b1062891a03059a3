package jakarta.mail;

/** Signature only. */
public abstract class Transport extends Service {
    public Transport(Session session, URLName urlname) {
        super(session, urlname);
    }

    public static void send(Message arg0) throws MessagingException {
        throw new UnsupportedOperationException("signature only");
    }
}
