package jenkins.model;

import hudson.FilePath;
import hudson.Plugin;
import hudson.PluginManager;
import hudson.ProxyConfiguration;
import hudson.model.AbstractCIBase;
import hudson.model.DescriptorByNameOwner;
import hudson.model.Item;
import hudson.model.ModifiableViewGroup;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.SecurityRealm;
import java.io.File;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/** Signature only. */
public class Jenkins extends AbstractCIBase
        implements DirectlyModifiableTopLevelItemGroup,
                ModifiableViewGroup,
                AccessControlled,
                DescriptorByNameOwner,
                ModelObjectWithContextMenu,
                ModelObjectWithChildren {
    private Jenkins() {}

    public static final Permission ADMINISTER = null;

    public static Jenkins get() throws IllegalStateException {
        throw new UnsupportedOperationException("signature only");
    }

    public static Jenkins getInstanceOrNull() {
        throw new UnsupportedOperationException("signature only");
    }

    public boolean isTerminating() {
        throw new UnsupportedOperationException("signature only");
    }

    public String getDisplayName() {
        throw new UnsupportedOperationException("signature only");
    }

    public Plugin getPlugin(String shortName) {
        throw new UnsupportedOperationException("signature only");
    }

    public PluginManager getPluginManager() {
        throw new UnsupportedOperationException("signature only");
    }

    public FilePath getRootPath() {
        throw new UnsupportedOperationException("signature only");
    }

    public static Authentication getAuthentication2() {
        throw new UnsupportedOperationException("signature only");
    }

    public SecurityRealm getSecurityRealm() {
        throw new UnsupportedOperationException("signature only");
    }

    public ProxyConfiguration getProxy() {
        throw new UnsupportedOperationException("signature only");
    }

    public File getRootDir() {
        throw new UnsupportedOperationException("signature only");
    }

    public String getRootUrl() throws IllegalStateException {
        throw new UnsupportedOperationException("signature only");
    }

    public <T extends Item> T getItemByFullName(String fullName, Class<T> type) throws AccessDeniedException {
        throw new UnsupportedOperationException("signature only");
    }
}
