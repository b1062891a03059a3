package org.springframework.security.authentication;

import java.util.Collection;
import org.springframework.security.core.GrantedAuthority;

/** Signature only. */
public class UsernamePasswordAuthenticationToken extends AbstractAuthenticationToken {
    public UsernamePasswordAuthenticationToken(
            Object principal, Object credentials, Collection<? extends GrantedAuthority> authorities) {
        super(authorities);
        throw new UnsupportedOperationException("signature only");
    }
}
