package jakarta.servlet;

import java.io.IOException;

/** Signature only. */
public interface ServletResponse {
    void setContentType(String arg0);

    ServletOutputStream getOutputStream() throws IOException;
}
