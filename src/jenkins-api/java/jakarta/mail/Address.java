package jakarta.mail;

import java.io.Serializable;

/** Signature only. */
public abstract class Address implements Serializable {}
