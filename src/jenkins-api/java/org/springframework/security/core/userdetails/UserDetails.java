package org.springframework.security.core.userdetails;

import java.io.Serializable;

/** Signature only. */
public interface UserDetails extends Serializable {
}
