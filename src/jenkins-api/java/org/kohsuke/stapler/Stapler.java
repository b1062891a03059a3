package org.kohsuke.stapler;

import jakarta.servlet.http.HttpServlet;

/** Signature only. */
public class Stapler extends HttpServlet {
    public static StaplerRequest2 getCurrentRequest2() {
        throw new UnsupportedOperationException("signature only");
    }
}
