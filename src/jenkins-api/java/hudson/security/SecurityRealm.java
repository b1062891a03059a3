package hudson.security;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import jenkins.model.IdStrategy;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** Signature only. */
public abstract class SecurityRealm extends AbstractDescribableImpl<SecurityRealm> implements ExtensionPoint {
    public IdStrategy getUserIdStrategy() {
        throw new UnsupportedOperationException("signature only");
    }

    public IdStrategy getGroupIdStrategy() {
        throw new UnsupportedOperationException("signature only");
    }

    public UserDetails loadUserByUsername2(String username) throws UsernameNotFoundException {
        throw new UnsupportedOperationException("signature only");
    }
}
