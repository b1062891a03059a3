package hudson.util;

import hudson.model.TaskListener;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** Signature only. */
public class StreamTaskListener extends AbstractTaskListener implements TaskListener, Closeable {
    public StreamTaskListener(OutputStream out, Charset charset) {}

    public PrintStream getLogger() {
        throw new UnsupportedOperationException("signature only");
    }

    public void close() throws IOException {
        throw new UnsupportedOperationException("signature only");
    }
}
