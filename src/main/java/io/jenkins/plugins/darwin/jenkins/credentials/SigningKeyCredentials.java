package io.jenkins.plugins.darwin.jenkins.credentials;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.NameWith;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.util.Secret;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * An armoured OpenPGP secret key and its passphrase. Both are kept encrypted, and neither ever leaves the controller: agents
 * hash, the controller signs.
 */
@NameWith(value = SigningKeyCredentials.NameProvider.class, priority = 16)
public final class SigningKeyCredentials extends BaseStandardCredentials {
    private static final long serialVersionUID = 1L;

    private final Secret key;
    private final Secret passphrase;

    /**
     * @param key an armoured secret key block
     * @param passphrase empty for a key that has none
     */
    @DataBoundConstructor
    public SigningKeyCredentials(CredentialsScope scope, String id, String description, Secret key, Secret passphrase) {
        super(scope, id, description);
        this.key = key;
        this.passphrase = passphrase;
    }

    public Secret getKey() {
        return key;
    }

    public Secret getPassphrase() {
        return passphrase;
    }

    /** How the key is named in drop-downs. */
    public static final class NameProvider extends CredentialsNameProvider<SigningKeyCredentials> {
        @Override
        public String getName(SigningKeyCredentials credentials) {
            String description = Util.fixEmptyAndTrim(credentials.getDescription());
            return Messages.SigningKeyCredentials_DisplayName() + (description == null ? "" : " (" + description + ")");
        }
    }

    /** The form. */
    @Extension
    @Symbol("openPgpSigningKey")
    public static final class DescriptorImpl extends BaseStandardCredentialsDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.SigningKeyCredentials_DisplayName();
        }

        @Override
        public String getIconClassName() {
            return "symbol-ribbon";
        }
    }
}
