package io.jenkins.plugins.darwin.jenkins.site;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a {@link ReleaseSite} of its own for each method. */
public abstract class SiteTest {
    @TempDir
    protected Path temp;

    protected ReleaseSite site;

    @BeforeEach
    protected void startSite() throws Exception {
        site = ReleaseSite.start(temp);
    }

    @AfterEach
    protected void stopSite() {
        site.close();
    }
}
