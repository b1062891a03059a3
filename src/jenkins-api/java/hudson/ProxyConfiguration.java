package hudson;

import hudson.model.AbstractDescribableImpl;
import hudson.model.Saveable;
import java.io.Serializable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;

/** Signature only. */
public final class ProxyConfiguration extends AbstractDescribableImpl<ProxyConfiguration>
        implements Saveable, Serializable {
    private ProxyConfiguration() {}

    public static HttpRequest.Builder newHttpRequestBuilder(URI uri) {
        throw new UnsupportedOperationException("signature only");
    }

    public static HttpClient.Builder newHttpClientBuilder() {
        throw new UnsupportedOperationException("signature only");
    }
}
