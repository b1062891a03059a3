package jakarta.mail.internet;

import jakarta.mail.MessagingException;

/** Signature only. */
public class ParseException extends MessagingException {}
