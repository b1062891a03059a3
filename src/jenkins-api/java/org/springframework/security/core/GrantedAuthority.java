package org.springframework.security.core;

import java.io.Serializable;

/** Signature only. */
public interface GrantedAuthority extends Serializable {
    String getAuthority();
}
