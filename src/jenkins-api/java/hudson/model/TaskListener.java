package hudson.model;

import java.io.PrintStream;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** Signature only. */
public interface TaskListener extends SerializableOnlyOverRemoting {
    PrintStream getLogger();
}
