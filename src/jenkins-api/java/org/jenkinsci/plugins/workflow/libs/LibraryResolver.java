package org.jenkinsci.plugins.workflow.libs;

import hudson.model.Job;
import java.util.Collection;
import java.util.Map;

/** Signature only. */
public abstract class LibraryResolver {
    public LibraryResolver() {}

    public abstract Collection<LibraryConfiguration> forJob(Job<?, ?> job, Map<String, String> libraryVersions);

    public abstract boolean isTrusted();
}
