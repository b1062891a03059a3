package org.jenkinsci.plugins.workflow.libs;

import hudson.FilePath;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Run;
import hudson.model.TaskListener;

/** Signature only. */
public abstract class LibraryRetriever extends AbstractDescribableImpl<LibraryRetriever> {
    public LibraryRetriever() {}

    public abstract void retrieve(String name, String version, FilePath target, Run<?, ?> run, TaskListener listener)
            throws Exception;

    public abstract void retrieve(
            String name, String version, boolean changelog, FilePath target, Run<?, ?> run, TaskListener listener)
            throws Exception;
}
