package jenkins;

import hudson.FilePath;

/** Signature only. */
public abstract class MasterToSlaveFileCallable<T> implements FilePath.FileCallable<T> {
    public MasterToSlaveFileCallable() {}
}
