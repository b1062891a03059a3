package org.springframework.security.authentication;

import org.springframework.security.core.AuthenticationException;

/** Signature only. */
public abstract class AccountStatusException extends AuthenticationException {
    public AccountStatusException(String msg) {
        super(msg);
    }
}
