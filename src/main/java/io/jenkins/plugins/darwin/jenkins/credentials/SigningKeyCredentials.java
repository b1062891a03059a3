package io.jenkins.plugins.darwin.jenkins.credentials;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.NameWith;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor.FormException;
import hudson.model.Item;
import hudson.security.AccessControlled;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.KeyDescription;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.verb.POST;

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
     * @throws FormException when somebody at a form gives a key that can't sign; a controller whose jenkins.yaml holds a key that
     *     expired last night still has to start
     */
    @DataBoundConstructor
    public SigningKeyCredentials(CredentialsScope scope, String id, String description, Secret key, Secret passphrase)
            throws FormException {
        super(scope, id, description);
        this.key = key;
        this.passphrase = passphrase;
        if (Stapler.getCurrentRequest2() != null) {
            try {
                SigningKeys.open(key, passphrase, Clock.systemUTC(), line -> {});
            } catch (ReleaseException e) {
                throw new FormException(e.getMessage(), "key");
            }
        }
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

    /** The form: shows whose key it is, and takes none that can't sign. */
    @Extension
    @Symbol("openPgpSigningKey")
    public static final class DescriptorImpl extends BaseStandardCredentialsDescriptor {
        private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

        @Override
        public String getDisplayName() {
            return Messages.SigningKeyCredentials_DisplayName();
        }

        @Override
        public String getIconClassName() {
            return "symbol-ribbon";
        }

        @POST
        public FormValidation doCheckKey(
                @AncestorInPath Item item, @QueryParameter String key, @QueryParameter String passphrase) {
            AccessControlled where = item == null ? Jenkins.get() : item;
            if (!where.hasPermission(CredentialsProvider.CREATE) && !where.hasPermission(CredentialsProvider.UPDATE)
                    || Util.fixEmptyAndTrim(key) == null) {
                return FormValidation.ok();
            }
            try {
                KeyDescription found = KeyDescription.of(SigningKeys.open(
                        Secret.fromString(key), Secret.fromString(passphrase), Clock.systemUTC(), line -> {}));
                return FormValidation.ok(Messages.SigningKeyCredentials_Found(
                        found.fingerprint(),
                        found.userId(),
                        found.algorithm(),
                        found.expires().map(DAY::format).orElse(Messages.SigningKeyCredentials_Never())));
            } catch (ReleaseException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
