package org.jenkinsci.plugins.workflow.libs;

import hudson.model.Descriptor;

/** Signature only. */
public abstract class LibraryRetrieverDescriptor extends Descriptor<LibraryRetriever> {
    public LibraryRetrieverDescriptor() {}
}
