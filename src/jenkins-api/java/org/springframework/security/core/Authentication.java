package org.springframework.security.core;

import java.io.Serializable;

/** Signature only. */
public interface Authentication extends Serializable {
}
