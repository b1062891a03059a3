package org.kohsuke.stapler;

/** Signature only. */
public final class HttpRedirect extends RuntimeException implements HttpResponse {
    private HttpRedirect() {}
}
