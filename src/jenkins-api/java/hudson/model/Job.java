package hudson.model;

import hudson.security.ACL;
import jenkins.model.ModelObjectWithChildren;

/** Signature only. */
public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends AbstractItem
        implements ModelObjectWithChildren {
    protected Job(ItemGroup parent, String name) {
        super(null, null);
    }

    public ACL getACL() {
        throw new UnsupportedOperationException("signature only");
    }

    public RunT getBuildByNumber(int n) {
        throw new UnsupportedOperationException("signature only");
    }
}
