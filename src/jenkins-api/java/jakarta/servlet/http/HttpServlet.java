package jakarta.servlet.http;

import jakarta.servlet.GenericServlet;

/** Signature only. */
public abstract class HttpServlet extends GenericServlet {
    public HttpServlet() {}
}
