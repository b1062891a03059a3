package io.jenkins.plugins.darwin.network;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * The folders in which docker and podman keep what belongs to one registry ({@code certs.d/HOST[:PORT]}): {@code *.crt} are
 * authorities, {@code NAME.cert} with {@code NAME.key} a certificate of our own.
 *
 * @param roots the folders {@code certs.d}, all of which count
 */
public record HostCertificates(List<Path> roots) {
    public HostCertificates {
        roots = List.copyOf(roots);
    }

    /** None at all. */
    public static HostCertificates none() {
        return new HostCertificates(List.of());
    }

    /** Those of docker and of podman, the machine's and the user's. */
    public static HostCertificates ofUser(Map<String, String> environment) {
        List<Path> roots = new ArrayList<>();
        Optional<Path> home = Optional.ofNullable(environment.get("HOME")).map(Path::of);
        Optional<Path> config = Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .or(() -> home.map(path -> path.resolve(".config")));
        config.ifPresent(path -> roots.add(path.resolve("containers/certs.d")));
        config.ifPresent(path -> roots.add(path.resolve("docker/certs.d")));
        home.ifPresent(path -> roots.add(path.resolve(".docker/certs.d")));
        roots.add(Path.of("/etc/containers/certs.d"));
        roots.add(Path.of("/etc/docker/certs.d"));
        return new HostCertificates(roots);
    }

    private List<Path> folders(String host) {
        // The name comes from a configuration: one part of a path, no way up.
        return host.contains("/") || host.contains("..") || host.startsWith(".")
                ? List.of()
                : roots.stream()
                        .map(root -> root.resolve(host))
                        .filter(Files::isDirectory)
                        .toList();
    }

    /** @param host {@code host[:port]} */
    String authorities(String host) {
        StringBuilder all = new StringBuilder();
        for (Path folder : folders(host)) {
            for (Path file : files(folder, "*.crt")) {
                all.append(NetworkSettings.bundle(file, folder.getParent().toString()));
            }
        }
        return all.toString();
    }

    /** Our own certificates for a host; null when there are none. */
    KeyManager[] own(String host) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Path folder : folders(host)) {
                for (Path certificate : files(folder, "*.cert")) {
                    String name = certificate.getFileName().toString().replaceFirst("\\.cert$", "");
                    Path key = folder.resolve(name + ".key");
                    if (!Files.isRegularFile(key)) {
                        throw ReleaseException.usage(
                                "No key for the certificate " + certificate + ": expected " + key + " beside it.");
                    }
                    store.setKeyEntry(
                            folder + "/" + name,
                            Pem.privateKey(text(key), key.toString()),
                            new char[0],
                            Pem.certificates(text(certificate), certificate.toString())
                                    .toArray(java.security.cert.Certificate[]::new));
                }
            }
            if (store.size() == 0) {
                return null;
            }
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw ReleaseException.failed(
                    "The certificates for " + host + " in certs.d can't be read (" + e.getMessage() + ").", e);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static Iterable<Path> files(Path folder, String glob) {
        TreeSet<Path> all = new TreeSet<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
            found.forEach(all::add);
        } catch (IOException e) {
            throw ReleaseException.failed("The folder " + folder + " can't be read (" + e.getMessage() + ").", e);
        }
        return all;
    }
}
