package io.jenkins.plugins.darwin.network;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whose certificates count: the JVM's trust store first, then what the settings name, then the bundle that the machine's
 * distribution keeps for all other programs. Each is read when the one before it did not know the certificate.
 */
final class Trust extends X509ExtendedTrustManager {
    /** Debian and Alpine, Red Hat, SUSE, OpenELEC; the places where Go looks, too. */
    private static final List<Path> MACHINE = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    private interface Check {
        void by(X509ExtendedTrustManager manager) throws CertificateException;
    }

    private final List<Supplier<X509ExtendedTrustManager>> layers = new ArrayList<>();

    /** @param more PEM; empty text for none */
    Trust(String more) {
        layers.add(once(() -> of(null)));
        if (!more.isBlank()) {
            layers.add(once(() -> of(store(Pem.certificates(more, "the given bundle")))));
        }
        layers.add(once(Trust::machine));
    }

    private static Supplier<X509ExtendedTrustManager> once(Supplier<X509ExtendedTrustManager> source) {
        X509ExtendedTrustManager[] made = new X509ExtendedTrustManager[1];
        boolean[] asked = {false};
        return () -> {
            synchronized (made) {
                if (!asked[0]) {
                    asked[0] = true;
                    made[0] = source.get();
                }
                return made[0];
            }
        };
    }

    /** null where the machine has no bundle, or one that can't be read. */
    private static X509ExtendedTrustManager machine() {
        for (Path file : MACHINE) {
            if (Files.isReadable(file)) {
                try {
                    return of(store(
                            Pem.certificates(Files.readString(file, StandardCharsets.ISO_8859_1), file.toString())));
                } catch (IOException | ReleaseException e) {
                    return null;
                }
            }
        }
        return null;
    }

    private static KeyStore store(List<X509Certificate> certificates) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("ca-" + i, certificates.get(i));
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e); // in memory
        }
    }

    /** @param store null for the JVM's own */
    private static X509ExtendedTrustManager of(KeyStore store) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager each : factory.getTrustManagers()) {
                if (each instanceof X509ExtendedTrustManager manager) {
                    return manager;
                }
            }
            return null;
        } catch (GeneralSecurityException e) {
            throw ReleaseException.failed("The JVM's trust store can't be read (" + e.getMessage() + ").", e);
        }
    }

    private void any(Check check) throws CertificateException {
        CertificateException first = null;
        for (Supplier<X509ExtendedTrustManager> layer : layers) {
            X509ExtendedTrustManager manager = layer.get();
            if (manager == null) {
                continue;
            }
            try {
                check.by(manager);
                return;
            } catch (CertificateException e) {
                first = first == null ? e : first;
            }
        }
        throw first == null ? new CertificateException("no trust store") : first;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        any(manager -> manager.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        any(manager -> manager.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        any(manager -> manager.checkServerTrusted(chain, authType));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("we are no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("we are no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("we are no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0]; // asked of servers only
    }
}
