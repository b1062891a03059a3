package org.springframework.security.core.userdetails;

import java.io.Serializable;
import java.util.Collection;
import org.springframework.security.core.GrantedAuthority;

/** Signature only. */
public interface UserDetails extends Serializable {
    Collection<? extends GrantedAuthority> getAuthorities();

    String getUsername();

    default boolean isAccountNonExpired() {
        throw new UnsupportedOperationException("signature only");
    }

    default boolean isAccountNonLocked() {
        throw new UnsupportedOperationException("signature only");
    }

    default boolean isEnabled() {
        throw new UnsupportedOperationException("signature only");
    }
}
