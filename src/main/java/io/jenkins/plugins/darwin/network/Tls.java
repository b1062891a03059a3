package io.jenkins.plugins.darwin.network;

import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** TLS with the authorities of the settings; nothing of the JVM's is changed. */
public final class Tls {
    private Tls() {}

    /** For any host. */
    public static TrustManager[] trust(NetworkSettings network) {
        return new TrustManager[] {new Trust(network.certificates())};
    }

    /** @param host {@code host[:port]}, whose own certificates count too */
    public static SSLContext context(NetworkSettings network, HostCertificates more, String host) {
        TrustManager[] trust = {new Trust(network.certificates() + more.authorities(host))};
        return context(more.own(host), trust);
    }

    static SSLContext context(KeyManager[] own, TrustManager[] trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JVM has TLS
        }
    }
}
