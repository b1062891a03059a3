package hudson.console;

/** Signature only. */
public class ModelHyperlinkNote extends HyperlinkNote {
    public ModelHyperlinkNote(String href, int length) {
        super(href, length);
    }

    public static String encodeTo(String url, String text) {
        throw new UnsupportedOperationException("signature only");
    }
}
