package hudson.model;

import hudson.security.AccessControlled;
import jenkins.model.ModelObjectWithContextMenu;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** Signature only. */
public class User extends AbstractModelObject
        implements AccessControlled, DescriptorByNameOwner, Saveable, Comparable<User>, ModelObjectWithContextMenu {
    private User() {}

    public static User getById(String id, boolean create) {
        throw new UnsupportedOperationException("signature only");
    }

    public Authentication impersonate2() throws UsernameNotFoundException {
        throw new UnsupportedOperationException("signature only");
    }

    public UserDetails getUserDetailsForImpersonation2() throws UsernameNotFoundException {
        throw new UnsupportedOperationException("signature only");
    }

    public String getFullName() {
        throw new UnsupportedOperationException("signature only");
    }

    public String getDisplayName() {
        throw new UnsupportedOperationException("signature only");
    }

    public int compareTo(User that) {
        throw new UnsupportedOperationException("signature only");
    }
}
