package jakarta.mail.internet;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.util.Date;

/** Signature only. */
public class MimeMessage extends Message {
    public MimeMessage(Session arg0) {}

    public void setFrom(Address arg0) throws MessagingException {
        throw new UnsupportedOperationException("signature only");
    }

    public void setSubject(String arg0, String arg1) throws MessagingException {
        throw new UnsupportedOperationException("signature only");
    }

    public void setText(String arg0, String arg1) throws MessagingException {
        throw new UnsupportedOperationException("signature only");
    }

    public void setSentDate(Date arg0) throws MessagingException {
        throw new UnsupportedOperationException("signature only");
    }

    public void setHeader(String arg0, String arg1) throws MessagingException {
        throw new UnsupportedOperationException("signature only");
    }
}
