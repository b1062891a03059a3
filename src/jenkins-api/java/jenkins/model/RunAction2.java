package jenkins.model;

import hudson.model.Action;
import hudson.model.Run;

/** Signature only. */
public interface RunAction2 extends Action {
    void onAttached(Run<?, ?> r);

    void onLoad(Run<?, ?> r);
}
