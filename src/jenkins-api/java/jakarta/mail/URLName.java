package jakarta.mail;

/** Signature only. */
public class URLName {
    private URLName() {}
}
