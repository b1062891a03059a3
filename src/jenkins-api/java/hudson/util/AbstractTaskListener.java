package hudson.util;

import hudson.model.TaskListener;

/** Signature only. */
public abstract class AbstractTaskListener implements TaskListener {}
