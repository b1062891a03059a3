package org.springframework.security.access;

/** Signature only. */
public class AccessDeniedException extends RuntimeException {
    private AccessDeniedException() {}
}
