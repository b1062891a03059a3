package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;

/**
 * SSH with one given key and given known hosts, and nothing of the machine's: no agent, no configuration, no other key.
 * The key stays in memory; the known hosts, which are no secret, lie in a folder of their own while a session lasts.
 */
final class KeySsh implements AutoCloseable {
    private final Path folder;
    private final SshdSessionFactory factory;

    private KeySsh(Path folder, SshdSessionFactory factory) {
        this.folder = folder;
        this.factory = factory;
    }

    static KeySsh open(GitCredentials.SshKey login) throws IOException {
        List<KeyPair> keys = load(login);
        Path folder = Files.createTempDirectory("darwin-ssh");
        Path knownHosts = Files.write(folder.resolve("known_hosts"), login.knownHosts());
        SshdSessionFactory factory = new SshdSessionFactoryBuilder()
                .setHomeDirectory(folder.toFile())
                .setSshDirectory(folder.toFile())
                .setConfigStoreFactory((home, file, user) -> null)
                .setDefaultKnownHostsFiles(any -> List.of(knownHosts))
                .setDefaultIdentities(any -> List.of())
                .setDefaultKeysProvider(any -> keys)
                .setConnectorFactory(null)
                .setPreferredAuthentications("publickey")
                .build(null);
        return new KeySsh(folder, factory);
    }

    SshdSessionFactory factory() {
        return factory;
    }

    private static List<KeyPair> load(GitCredentials.SshKey login) {
        FilePasswordProvider passphrase =
                login.passphrase().isEmpty() ? FilePasswordProvider.EMPTY : FilePasswordProvider.of(login.passphrase());
        List<KeyPair> keys = new ArrayList<>();
        try {
            Iterable<KeyPair> found = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName("SSH key"), new ByteArrayInputStream(login.privateKey()), passphrase);
            if (found != null) {
                found.forEach(keys::add);
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw ReleaseException.usage(
                    "The SSH key can't be read: "
                            + (login.passphrase().isEmpty()
                                    ? "it is damaged, or needs a passphrase and none was given."
                                    : "it is damaged, or the passphrase is wrong."),
                    e);
        }
        if (keys.isEmpty()) {
            throw ReleaseException.usage(
                    "Not an SSH private key: expected the content of a private key file in OpenSSH or PEM form.");
        }
        return keys;
    }

    @Override
    public void close() {
        factory.close();
        MirrorStore.deleteQuietly(folder);
    }
}
