package org.jenkinsci.plugins.workflow.libs;

import hudson.model.AbstractDescribableImpl;

/** Signature only. */
public class LibraryConfiguration extends AbstractDescribableImpl<LibraryConfiguration> {
    public LibraryConfiguration(String name, LibraryRetriever retriever) {}

    public void setAllowVersionOverride(boolean allowVersionOverride) {
        throw new UnsupportedOperationException("signature only");
    }

    public void setDefaultVersion(String defaultVersion) {
        throw new UnsupportedOperationException("signature only");
    }

    public void setImplicit(boolean implicit) {
        throw new UnsupportedOperationException("signature only");
    }

    public void setIncludeInChangesets(boolean includeInChangesets) {
        throw new UnsupportedOperationException("signature only");
    }
}
