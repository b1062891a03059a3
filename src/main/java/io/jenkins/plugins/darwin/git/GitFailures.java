package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.CorruptPackIndexException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.PackInvalidException;
import org.eclipse.jgit.errors.PackMismatchException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;

/** Tells what failed and why, from what JGit threw: for some causes it has a type, for others only a text. */
final class GitFailures {
    private static final Pattern NO_LOGIN = Pattern.compile(
            "not authorized|no CredentialsProvider|authentication not supported|"
                    + "[Aa]uthentication is required|cannot log in|[Pp]ermission denied \\(|No more authentication methods");
    private static final Pattern FORBIDDEN = Pattern.compile("not permitted|\\b403\\b|not enabled");
    private static final Pattern HOST_KEY = Pattern.compile(
            "[Ss]erver key did not validate|[Hh]ost key verification failed|" + "REMOTE HOST IDENTIFICATION");
    private static final Pattern NOT_FOUND = Pattern.compile("not found|does not appear to be a git repository|"
            + "[Nn]ot a git(?: repository| directory)|[Nn]o such (?:file|repository)");
    private static final Pattern UNREACHABLE = Pattern.compile(
            "[Cc]ould not resolve hostname|[Cc]onnection refused|"
                    + "[Cc]onnection timed out|[Nn]etwork is unreachable|No route to host|[Cc]onnection time out|[Cc]onnection failed");

    /** What JGit says when it reads ids of 64 digits as if they had 40. */
    private static final Pattern OTHER_HASH = Pattern.compile("object-format|\\b[0-9a-f]{64}\\s+refs/");

    private GitFailures() {}

    /** Why the remote could not be spoken to, when that is certain; empty when the fault may be the copy's own. */
    static Optional<ReleaseException> ofRemote(GitRemote remote, Throwable thrown) {
        if (find(thrown, ReleaseException.class).isPresent()) {
            return find(thrown, ReleaseException.class);
        }
        String text = texts(thrown);
        if (OTHER_HASH.matcher(text).find()) {
            return Optional.of(ObjectFormat.unsupported(remote.toString()));
        }
        if (HOST_KEY.matcher(text).find()) {
            return failed(
                    "The server of " + remote + " showed a host key that is not in " + knownHosts(remote.credentials())
                            + ": ask who runs the server for its key, and add that one there.",
                    thrown);
        }
        if (NO_LOGIN.matcher(text).find()) {
            return failed(
                    "The server of " + remote + " does not accept " + shown(remote.credentials())
                            + ": check that they are right and not expired.",
                    thrown,
                    login(remote));
        }
        if (find(thrown, UnknownHostException.class).isPresent()) {
            return failed(
                    "No such host: can't reach " + remote + "; check the address and the network" + ".",
                    thrown,
                    remote.transport() == GitRemote.Transport.HTTP ? List.of(Next.of(Next.Act.NAME_PROXY)) : List.of());
        }
        if (find(thrown, SSLException.class).isPresent()) {
            return failed(
                    "No secure connection to " + remote + ": "
                            + find(thrown, SSLException.class).get().getMessage()
                            + HttpTransportSettings.remedy(remote, text) + ".",
                    thrown,
                    HttpTransportSettings.isUntrusted(text) ? List.of(Next.of(Next.Act.TRUST_AUTHORITY)) : List.of());
        }
        if (text.contains("tunnel through proxy") || text.contains("Proxy returns")) {
            return failed(
                    "No way to " + remote + " through the proxy: " + line(thrown)
                            + HttpTransportSettings.remedy(remote, text) + ".",
                    thrown);
        }
        if (find(thrown, ConnectException.class).isPresent()
                || find(thrown, NoRouteToHostException.class).isPresent()
                || find(thrown, SocketTimeoutException.class).isPresent()
                || UNREACHABLE.matcher(text).find()) {
            return failed(
                    "Can't reach " + remote + ": the server does not answer; check the network and run again.", thrown);
        }
        if (find(thrown, NoRemoteRepositoryException.class).isPresent()
                && NOT_FOUND.matcher(text).find()) {
            return failed(
                    "No Git repository at " + remote + ": check the address, and that " + shown(remote.credentials())
                            + " may read it.",
                    thrown,
                    login(remote));
        }
        if (FORBIDDEN.matcher(text).find()) {
            return failed(
                    "Forbidden: " + shown(remote.credentials()) + " are known at " + remote
                            + " and lack the right for this; ask for it there.",
                    thrown,
                    login(remote));
        }
        if (find(thrown, SocketException.class).isPresent()) {
            return failed(
                    "The connection to " + remote + " broke: run again, what was done is found and not done twice.",
                    thrown);
        }
        return Optional.empty();
    }

    /** Every failure has a sentence. */
    static ReleaseException of(GitRemote remote, String doing, Throwable thrown) {
        return ofRemote(remote, thrown)
                .orElseGet(() -> ofDisk(thrown)
                        .orElseGet(() -> ReleaseException.failed(
                                "Failed while " + doing + " " + remote + ": " + line(thrown) + ".", thrown)));
    }

    /** Whether an exception tells of a copy whose files are damaged. */
    static boolean isDamage(Throwable thrown) {
        return find(thrown, MissingObjectException.class).isPresent()
                || find(thrown, CorruptObjectException.class).isPresent()
                || find(thrown, IncorrectObjectTypeException.class).isPresent()
                || find(thrown, PackInvalidException.class).isPresent()
                || find(thrown, PackMismatchException.class).isPresent()
                || find(thrown, CorruptPackIndexException.class).isPresent()
                || find(thrown, RepositoryNotFoundException.class).isPresent()
                || find(thrown, ZipException.class).isPresent()
                || find(thrown, DataFormatException.class).isPresent()
                || find(thrown, EOFException.class).isPresent();
    }

    static Optional<ReleaseException> ofDisk(Throwable thrown) {
        String text = texts(thrown);
        if (text.contains("No space left on device") || text.contains("Disk quota exceeded")) {
            return failed(
                    "The disk is full: free some space where the copies of repositories are kept, and run again.",
                    thrown);
        }
        return find(thrown, AccessDeniedException.class)
                .flatMap(denied -> failed(
                        "No right to write " + denied.getFile() + ": mend its owner or mode, and run again.", thrown));
    }

    static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return Optional.of(type.cast(t));
            }
        }
        return Optional.empty();
    }

    private static Optional<ReleaseException> failed(String message, Throwable cause) {
        return failed(message, cause, List.of());
    }

    private static Optional<ReleaseException> failed(String message, Throwable cause, List<Next> next) {
        return Optional.of(ReleaseException.failed(message, cause).withNext(next.toArray(Next[]::new)));
    }

    /** What helps whoever has no login of this run's own. */
    private static List<Next> login(GitRemote remote) {
        return remote.credentials() instanceof GitCredentials.OfUser
                ? List.of(Next.of(Next.Act.LOG_IN_TO_GIT))
                : List.of();
    }

    private static String shown(GitCredentials credentials) {
        if (credentials instanceof GitCredentials.UserToken user) {
            return "user '" + user.user() + "' and the token";
        }
        if (credentials instanceof GitCredentials.OfUser) {
            return "what .netrc and Git's credential helpers know";
        }
        return credentials instanceof GitCredentials.SshKey ? "the SSH key" : "this machine's own credentials";
    }

    private static String knownHosts(GitCredentials credentials) {
        return credentials instanceof GitCredentials.SshKey key ? key.knownHostsName() : "this user's known hosts";
    }

    private static String texts(Throwable thrown) {
        StringBuilder all = new StringBuilder();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            all.append(t.getMessage()).append('\n');
        }
        return all.toString();
    }

    private static String line(Throwable thrown) {
        String message = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
        return GitNames.printable(message.strip().replaceAll("\\s*\\R\\s*", "; "), 400)
                .replaceAll("\\.+$", "");
    }

    /** For lambdas that can't throw. */
    static IOException asIo(Exception e) {
        return e instanceof IOException io ? io : new IOException(e);
    }
}
