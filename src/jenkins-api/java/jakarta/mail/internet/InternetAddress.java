package jakarta.mail.internet;

import jakarta.mail.Address;

/** Signature only. */
public class InternetAddress extends Address implements Cloneable {
    public InternetAddress(String arg0) throws AddressException {}
}
