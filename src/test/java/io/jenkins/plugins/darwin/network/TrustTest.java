package io.jenkins.plugins.darwin.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.darwin.testing.SelfSigned;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose certificates count: those that the settings name beside the machine's, for the host that they are for. */
class TrustTest {
    @TempDir
    Path temp;

    /** One handshake with a server, as our clients make it. */
    private static void greet(SelfSigned server, NetworkSettings network, String host) throws Exception {
        try (SSLServerSocket listening = server.listen()) {
            Thread accepting = new Thread(() -> {
                try (SSLSocket client = (SSLSocket) listening.accept()) {
                    client.startHandshake();
                } catch (IOException e) {
                    // the client did not trust us
                }
            });
            accepting.start();
            try (SSLSocket socket = (SSLSocket) Tls.context(null, Tls.trust(network))
                    .getSocketFactory()
                    .createSocket(new java.net.Socket("127.0.0.1", listening.getLocalPort()), host, 443, true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
            } finally {
                accepting.join(10_000);
            }
        }
    }

    @Test
    void aCompanysAuthorityCountsWhereItIsNamed() throws Exception {
        SelfSigned company = SelfSigned.make(temp, "dns:registry.example.test");
        SelfSigned other = SelfSigned.make(temp, "dns:other.example.test");
        NetworkSettings named = NetworkSettings.none().withCertificates(other.pem() + company.pem());
        greet(company, named, "registry.example.test");
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> greet(company, NetworkSettings.none(), "registry.example.test"));
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() ->
                        greet(company, NetworkSettings.none().withCertificates(other.pem()), "registry.example.test"));
    }

    @Test
    void itCountsForTheNamesInItAlone() throws Exception {
        SelfSigned company = SelfSigned.make(temp, "dns:registry.example.test");
        NetworkSettings named = NetworkSettings.none().withCertificates(company.pem());
        assertThatExceptionOfType(SSLException.class).isThrownBy(() -> greet(company, named, "evil.example.test"));
    }

    @Test
    void nobodyIsOurClient() {
        X509ExtendedTrustManager trust = (X509ExtendedTrustManager) Tls.trust(NetworkSettings.none())[0];
        assertThatExceptionOfType(CertificateException.class).isThrownBy(() -> trust.checkClientTrusted(null, "RSA"));
        assertThat(trust.getAcceptedIssuers()).isEmpty();
    }
}
