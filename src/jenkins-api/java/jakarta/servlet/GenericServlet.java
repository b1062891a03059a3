package jakarta.servlet;

import java.io.Serializable;

/** Signature only. */
public abstract class GenericServlet implements Serializable {
    public GenericServlet() {}
}
