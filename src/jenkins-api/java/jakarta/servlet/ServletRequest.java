package jakarta.servlet;

import java.io.IOException;
import java.util.Map;

/** Signature only. */
public interface ServletRequest {
    String getContentType();

    Map<String, String[]> getParameterMap();

    ServletInputStream getInputStream() throws IOException;
}
