package org.springframework.security.authentication;

import java.util.Collection;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** Signature only. */
public abstract class AbstractAuthenticationToken implements Authentication {
    public AbstractAuthenticationToken(Collection<? extends GrantedAuthority> authorities) {}

    public Collection<GrantedAuthority> getAuthorities() {
        throw new UnsupportedOperationException("signature only");
    }

    public String getName() {
        throw new UnsupportedOperationException("signature only");
    }
}
