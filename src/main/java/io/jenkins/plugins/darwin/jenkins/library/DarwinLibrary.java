package io.jenkins.plugins.darwin.jenkins.library;

import hudson.Extension;
import hudson.PluginWrapper;
import hudson.model.Job;
import io.jenkins.plugins.darwin.jenkins.config.DarwinReleasesConfiguration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.libs.LibraryConfiguration;
import org.jenkinsci.plugins.workflow.libs.LibraryResolver;

/**
 * Offers the library {@code darwin} to every job: implicitly, unless an administrator has switched that off, and always by
 * {@code @Library('darwin')}. It runs in the sandbox like the Jenkinsfile that calls it.
 */
@Extension(ordinal = 110)
public final class DarwinLibrary extends LibraryResolver {
    static final String NAME = "darwin";

    @Override
    public boolean isTrusted() {
        return false;
    }

    /** Nothing for a job that asks for a version of its own: then a library that the administrator defined answers. */
    @Override
    public Collection<LibraryConfiguration> forJob(Job<?, ?> job, Map<String, String> libraryVersions) {
        if (libraryVersions.get(NAME) != null) {
            return List.of();
        }
        LibraryConfiguration library = new LibraryConfiguration(NAME, new PackagedRetriever());
        library.setDefaultVersion(version());
        library.setAllowVersionOverride(false);
        library.setIncludeInChangesets(false);
        library.setImplicit(DarwinReleasesConfiguration.get().isImplicitLibrary());
        return List.of(library);
    }

    private static String version() {
        PluginWrapper plugin = Jenkins.get().getPluginManager().whichPlugin(DarwinLibrary.class);
        return plugin == null ? "plugin" : plugin.getVersion();
    }
}
