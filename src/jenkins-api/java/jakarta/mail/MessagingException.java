package jakarta.mail;

/** Signature only. */
public class MessagingException extends Exception {}
