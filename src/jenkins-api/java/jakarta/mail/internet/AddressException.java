package jakarta.mail.internet;

/** Signature only. */
public class AddressException extends ParseException {}
