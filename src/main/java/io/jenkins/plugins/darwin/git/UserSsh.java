package io.jenkins.plugins.darwin.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;

/**
 * The user's own {@code ssh}, as {@code git} runs it: so agents, hardware keys, jump hosts and {@code known_hosts} are
 * just what the user has set up. It never asks anything.
 */
final class UserSsh extends SshSessionFactory {
    private final List<String> command;

    UserSsh() {
        this(List.of("ssh"));
    }

    /** @param command the program, and arguments that go first */
    UserSsh(List<String> command) {
        this.command = List.copyOf(command);
    }

    @Override
    public RemoteSession getSession(URIish uri, CredentialsProvider provider, FS fs, int timeoutMs) {
        return new Session(uri);
    }

    @Override
    public String getType() {
        return "ssh";
    }

    private final class Session implements RemoteSession {
        private final URIish uri;

        private Session(URIish uri) {
            this.uri = uri;
        }

        @Override
        public Process exec(String remoteCommand, int timeoutSeconds) throws IOException {
            List<String> all = new ArrayList<>(command);
            all.addAll(List.of("-o", "BatchMode=yes"));
            if (uri.getPort() > 0) {
                all.addAll(List.of("-p", String.valueOf(uri.getPort())));
            }
            all.add(uri.getUser() == null ? uri.getHost() : uri.getUser() + "@" + uri.getHost());
            all.add(remoteCommand);
            ProcessBuilder builder = new ProcessBuilder(all);
            ChildProcess.scrub(builder.environment());
            try {
                return builder.start();
            } catch (IOException e) {
                throw new TransportException(uri, "the program 'ssh' is not there: install it, or give an SSH key", e);
            }
        }

        @Override
        public void disconnect() {
            // the connection ends its process
        }
    }
}
