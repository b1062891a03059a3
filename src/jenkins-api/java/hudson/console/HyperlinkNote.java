package hudson.console;

/** Signature only. */
public class HyperlinkNote extends ConsoleNote {
    public HyperlinkNote(String href, int length) {}
}
