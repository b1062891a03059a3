package hudson.plugins.git;

import hudson.scm.SCM;
import java.io.Serializable;

/** Signature only. */
public abstract class GitSCMBackwardCompatibility extends SCM implements Serializable {
    public GitSCMBackwardCompatibility() {}
}
