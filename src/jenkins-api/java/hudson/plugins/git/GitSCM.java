package hudson.plugins.git;

import java.util.List;

/** Signature only. */
public class GitSCM extends GitSCMBackwardCompatibility {
    public static boolean ALLOW_LOCAL_CHECKOUT;

    private GitSCM() {}

    public List<UserRemoteConfig> getUserRemoteConfigs() {
        throw new UnsupportedOperationException("signature only");
    }
}
