package hudson;

import hudson.model.AbstractDescribableImpl;
import hudson.model.Saveable;
import hudson.util.Secret;
import java.io.Serializable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;

/** Signature only. */
public final class ProxyConfiguration extends AbstractDescribableImpl<ProxyConfiguration>
        implements Saveable, Serializable {
    public final String name;
    public final int port;

    private ProxyConfiguration() {
        // in the constructor: an initialised constant would be compiled into its users
        name = null;
        port = 0;
    }

    public String getUserName() {
        throw new UnsupportedOperationException("signature only");
    }

    public String getNoProxyHost() {
        throw new UnsupportedOperationException("signature only");
    }

    public Secret getSecretPassword() {
        throw new UnsupportedOperationException("signature only");
    }

    public static HttpRequest.Builder newHttpRequestBuilder(URI uri) {
        throw new UnsupportedOperationException("signature only");
    }

    public static HttpClient.Builder newHttpClientBuilder() {
        throw new UnsupportedOperationException("signature only");
    }
}
