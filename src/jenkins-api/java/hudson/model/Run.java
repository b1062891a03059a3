package hudson.model;

import hudson.security.AccessControlled;

/** Signature only. */
public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable implements AccessControlled, PersistenceRoot {
    private Run() {}
}
