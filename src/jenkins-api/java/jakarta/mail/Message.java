package jakarta.mail;

import java.io.Serializable;

/** Signature only. */
public abstract class Message {
    protected Message() {}

    public void addRecipient(Message.RecipientType arg0, Address arg1) throws MessagingException {
        throw new UnsupportedOperationException("signature only");
    }

    /** Signature only. */
    public static class RecipientType implements Serializable {
        private RecipientType() {}

        public static final Message.RecipientType BCC = null;
    }
}
