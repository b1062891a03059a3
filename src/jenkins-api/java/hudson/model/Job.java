package hudson.model;

/** Signature only. */
public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends AbstractItem {
    private Job() {
        super((ItemGroup) null, (String) null);
    }
}
