package jakarta.servlet;

import java.io.InputStream;

/** Signature only. */
public abstract class ServletInputStream extends InputStream {
    protected ServletInputStream() {}
}
