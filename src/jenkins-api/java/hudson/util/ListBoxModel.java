package hudson.util;

import java.util.ArrayList;

/** Signature only. */
public class ListBoxModel extends ArrayList<ListBoxModel.Option> {
    public ListBoxModel() {}

    /** Signature only. */
    public static final class Option {
        private Option() {}
    }
}
