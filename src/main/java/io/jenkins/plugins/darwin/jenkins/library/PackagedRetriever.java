package io.jenkins.plugins.darwin.jenkins.library;

import hudson.Extension;
import hudson.FilePath;
import hudson.model.Descriptor;
import hudson.model.DescriptorVisibilityFilter;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jenkinsci.plugins.workflow.libs.LibraryRetriever;
import org.jenkinsci.plugins.workflow.libs.LibraryRetrieverDescriptor;

/** Copies the library out of the plugin's jar into the build, where it stays the same until the build ends. */
public final class PackagedRetriever extends LibraryRetriever {
    /** The files of {@code vars/}; a test holds the list and the folder equal. */
    static final List<String> FILES =
            List.of("darwinHotfix.groovy", "darwinHotfix.txt", "darwinRelease.groovy", "darwinRelease.txt");

    @Override
    public void retrieve(
            String name, String version, boolean changelog, FilePath target, Run<?, ?> run, TaskListener listener)
            throws IOException, InterruptedException {
        retrieve(name, version, target, run, listener);
    }

    @Override
    public void retrieve(String name, String version, FilePath target, Run<?, ?> run, TaskListener listener)
            throws IOException, InterruptedException {
        FilePath vars = target.child("vars");
        vars.mkdirs();
        for (String file : FILES) {
            try (InputStream content = PackagedRetriever.class.getResourceAsStream("vars/" + file)) {
                if (content == null) {
                    throw new IOException("The plugin's jar lacks vars/" + file + "; install the plugin again.");
                }
                vars.child(file).copyFrom(content);
            }
        }
    }

    @Extension
    public static final class DescriptorImpl extends LibraryRetrieverDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.PackagedRetriever_DisplayName();
        }
    }

    /** Not offered in forms: nobody configures this one. */
    @Extension
    public static final class Hidden extends DescriptorVisibilityFilter {
        @Override
        public boolean filter(Object context, Descriptor descriptor) {
            return !(descriptor instanceof DescriptorImpl);
        }
    }
}
