package org.springframework.security.core.userdetails;

import org.springframework.security.core.AuthenticationException;

/** Signature only. */
public class UsernameNotFoundException extends AuthenticationException {
    public UsernameNotFoundException(String msg) {
        super(msg);
    }
}
