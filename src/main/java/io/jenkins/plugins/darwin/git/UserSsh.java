package io.jenkins.plugins.darwin.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
                return new Connection(builder.start());
            } catch (IOException e) {
                throw new TransportException(uri, "the program 'ssh' is not there: install it, or give an SSH key", e);
            }
        }

        @Override
        public void disconnect() {
            // the connection ends its process
        }
    }

    /**
     * The ssh program. JGit asks for its exit code as soon as its output ends, which is a moment before it has one.
     */
    private static final class Connection extends Process {
        private static final long ENDING_SECONDS = 10;

        private final Process ssh;

        private Connection(Process ssh) {
            this.ssh = ssh;
        }

        @Override
        public OutputStream getOutputStream() {
            return ssh.getOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return ssh.getInputStream();
        }

        @Override
        public InputStream getErrorStream() {
            return ssh.getErrorStream();
        }

        @Override
        public int waitFor() throws InterruptedException {
            return ssh.waitFor();
        }

        @Override
        public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
            return ssh.waitFor(timeout, unit);
        }

        @Override
        public boolean isAlive() {
            return ssh.isAlive();
        }

        @Override
        public int exitValue() {
            try {
                ssh.waitFor(ENDING_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return ssh.exitValue();
        }

        @Override
        public void destroy() {
            ssh.destroy();
        }
    }
}
