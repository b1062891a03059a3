package org.springframework.security.core;

/** Signature only. */
public abstract class AuthenticationException extends RuntimeException {
    public AuthenticationException(String msg) {}
}
