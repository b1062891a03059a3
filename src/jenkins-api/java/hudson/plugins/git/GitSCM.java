package hudson.plugins.git;

import java.util.List;

/** Signature only. */
public class GitSCM extends GitSCMBackwardCompatibility {
    private GitSCM() {}

    public List<UserRemoteConfig> getUserRemoteConfigs() {
        throw new UnsupportedOperationException("signature only");
    }
}
