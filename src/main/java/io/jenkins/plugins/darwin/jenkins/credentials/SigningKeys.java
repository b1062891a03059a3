package io.jenkins.plugins.darwin.jenkins.credentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.util.Secret;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.SecretKeySigner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Opens the key that credentials hold, here on the controller. */
public final class SigningKeys {
    /** More than any key with its certifications has. */
    private static final int MAX_BYTES = 4 << 20;

    private SigningKeys() {}

    /**
     * A signer for a key.
     *
     * @param log told the name and digest of everything that is signed
     * @throws ReleaseException when the key can't sign; says why
     */
    public static SecretKeySigner open(StandardCredentials credentials, Clock clock, Consumer<String> log) {
        if (credentials instanceof SigningKeyCredentials own) {
            return open(own.getKey(), own.getPassphrase(), clock, log);
        }
        if (credentials instanceof StringCredentials text) {
            return open(text.getSecret(), null, clock, log);
        }
        if (credentials instanceof FileCredentials file) {
            return SecretKeySigner.open(content(file), new char[0], clock, log);
        }
        throw new IllegalArgumentException(credentials.getClass().getName());
    }

    static SecretKeySigner open(Secret key, Secret passphrase, Clock clock, Consumer<String> log) {
        byte[] bytes = Secret.toString(key).getBytes(StandardCharsets.UTF_8);
        char[] chars = Secret.toString(passphrase).toCharArray();
        try {
            return SecretKeySigner.open(bytes, chars, clock, log);
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(chars, '\0');
        }
    }

    private static byte[] content(FileCredentials file) {
        try (InputStream in = file.getContent()) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw ReleaseException.usage("The secret file " + file.getId()
                        + " is too big for a key: expected at most " + (MAX_BYTES >> 20) + " MB.");
            }
            return content;
        } catch (IOException e) {
            throw ReleaseException.failed("Cannot read the secret file " + file.getId() + ": " + e.getMessage(), e);
        }
    }
}
