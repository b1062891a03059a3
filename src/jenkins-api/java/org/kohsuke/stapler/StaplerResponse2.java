package org.kohsuke.stapler;

import jakarta.servlet.http.HttpServletResponse;

/** Signature only. */
public interface StaplerResponse2 extends HttpServletResponse {}
