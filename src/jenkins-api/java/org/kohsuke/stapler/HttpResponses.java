package org.kohsuke.stapler;

/** Signature only. */
public class HttpResponses {
    public static HttpRedirect redirectTo(String url) {
        throw new UnsupportedOperationException("signature only");
    }
}
