package hudson;

import hudson.model.TaskListener;

/** Signature only. */
public abstract class Launcher {
    private Launcher() {}

    /** Signature only. */
    public static class LocalLauncher extends Launcher {
        public LocalLauncher(TaskListener listener) {}
    }
}
