package hudson.model;

import hudson.security.AccessControlled;
import java.io.File;
import java.io.IOException;
import jenkins.model.ArtifactManager;
import jenkins.model.HistoricalBuild;

/** Signature only. */
public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable
        implements AccessControlled, PersistenceRoot, DescriptorByNameOwner, HistoricalBuild {
    protected Run(JobT job) throws IOException {}

    public void addAction(Action a) {
        throw new UnsupportedOperationException("signature only");
    }

    public String getDisplayName() {
        throw new UnsupportedOperationException("signature only");
    }

    public JobT getParent() {
        throw new UnsupportedOperationException("signature only");
    }

    public boolean isBuilding() {
        throw new UnsupportedOperationException("signature only");
    }

    public void save() throws IOException {
        throw new UnsupportedOperationException("signature only");
    }

    public File getRootDir() {
        throw new UnsupportedOperationException("signature only");
    }

    public String getFullDisplayName() {
        throw new UnsupportedOperationException("signature only");
    }

    public String getUrl() {
        throw new UnsupportedOperationException("signature only");
    }

    public final ArtifactManager pickArtifactManager() throws IOException {
        throw new UnsupportedOperationException("signature only");
    }

    public <T extends Cause> T getCause(Class<T> type) {
        throw new UnsupportedOperationException("signature only");
    }

    public int getNumber() {
        throw new UnsupportedOperationException("signature only");
    }
}
