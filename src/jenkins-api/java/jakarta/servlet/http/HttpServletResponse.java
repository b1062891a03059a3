package jakarta.servlet.http;

import jakarta.servlet.ServletResponse;

/** Signature only. */
public interface HttpServletResponse extends ServletResponse {
    void setHeader(String arg0, String arg1);

    void setStatus(int arg0);
}
