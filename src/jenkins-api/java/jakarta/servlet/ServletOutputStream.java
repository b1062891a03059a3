package jakarta.servlet;

import java.io.OutputStream;

/** Signature only. */
public abstract class ServletOutputStream extends OutputStream {
    protected ServletOutputStream() {}
}
