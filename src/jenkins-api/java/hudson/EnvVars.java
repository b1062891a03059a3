package hudson;

import java.util.TreeMap;

/** Signature only. */
public class EnvVars extends TreeMap<String, String> {
    private static final long serialVersionUID = 1L;
}
