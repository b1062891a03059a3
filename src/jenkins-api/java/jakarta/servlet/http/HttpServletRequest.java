package jakarta.servlet.http;

import jakarta.servlet.ServletRequest;

/** Signature only. */
public interface HttpServletRequest extends ServletRequest {
    String getHeader(String arg0);
}
