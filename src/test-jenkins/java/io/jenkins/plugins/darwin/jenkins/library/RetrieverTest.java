package io.jenkins.plugins.darwin.jenkins.library;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import org.jenkinsci.plugins.workflow.libs.LibraryConfiguration;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RetrieverTest {
    /** Whoever defines a library of their own and chose it would get an error page: there is nothing to configure. */
    @Test
    void isNotOfferedForOtherLibraries(JenkinsRule jenkins) {
        assertThat(ExtensionList.lookupSingleton(LibraryConfiguration.DescriptorImpl.class)
                        .getRetrieverDescriptors())
                .isNotEmpty()
                .doesNotHaveAnyElementsOfTypes(PackagedRetriever.DescriptorImpl.class);
        assertThat(new PackagedRetriever().getDescriptor()).isInstanceOf(PackagedRetriever.DescriptorImpl.class);
    }
}
