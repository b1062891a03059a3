package hudson.cli;

import hudson.ExtensionPoint;
import java.io.PrintStream;

/** Signature only. */
public abstract class CLICommand implements ExtensionPoint, Cloneable {
    public transient PrintStream stdout;

    public transient PrintStream stderr;

    public CLICommand() {}

    public String getName() {
        throw new UnsupportedOperationException("signature only");
    }

    public abstract String getShortDescription();

    protected abstract int run() throws Exception;
}
