package io.jenkins.plugins.darwin.git;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.NetRC;
import org.eclipse.jgit.transport.URIish;

/**
 * What the user of this machine has set up for git over http: {@code .netrc}, then git's credential helpers and
 * {@code GIT_ASKPASS}, by {@code git credential fill}. Asked only when a server wants a login, never a person, and for the
 * remote's own server alone; each source once.
 */
final class MachineLogin extends CredentialsProvider {
    private final URIish remote;
    private final List<Supplier<Optional<GitCredentials.UserToken>>> sources = new ArrayList<>();
    private int source;

    /**
     * @param home where {@code .netrc} is
     * @param searchPath where the program git is looked for
     */
    MachineLogin(URIish remote, GitCredentials.OfUser user, Path home, String searchPath) {
        this.remote = remote;
        sources.add(() -> netrc(home, user.user()));
        sources.add(() -> GitProgram.find(searchPath).flatMap(git -> helper(git, user)));
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public boolean supports(CredentialItem... items) {
        for (CredentialItem item : items) {
            if (!(item instanceof CredentialItem.Username || item instanceof CredentialItem.Password)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean get(URIish uri, CredentialItem... items) {
        if (!supports(items) || !TokenLogin.sameServer(remote, uri)) {
            return false;
        }
        for (; source < sources.size(); source++) {
            Optional<GitCredentials.UserToken> login = sources.get(source).get();
            if (login.isPresent()) {
                TokenLogin.fill(login.get(), items);
                return true;
            }
        }
        return false;
    }

    /** JGit calls this when a login was refused. */
    @Override
    public void reset(URIish uri) {
        source++;
    }

    private Optional<GitCredentials.UserToken> netrc(Path home, String user) {
        for (String name : List.of(".netrc", "_netrc")) {
            File file = home.resolve(name).toFile();
            if (file.isFile()) {
                NetRC.NetRCEntry entry = new NetRC(file).getEntry(remote.getHost());
                if (entry != null
                        && entry.login != null
                        && entry.password != null
                        && (user.isEmpty() || user.equals(entry.login))) {
                    return Optional.of(new GitCredentials.UserToken(entry.login, new String(entry.password)));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<GitCredentials.UserToken> helper(GitProgram git, GitCredentials.OfUser user) {
        StringBuilder question =
                new StringBuilder("protocol=").append(remote.getScheme()).append('\n');
        question.append("host=").append(remote.getHost());
        question.append(remote.getPort() > 0 ? ":" + remote.getPort() : "").append('\n');
        question.append("path=")
                .append(remote.getRawPath().replaceFirst("^/", ""))
                .append('\n');
        question.append(user.user().isEmpty() ? "" : "username=" + user.user() + "\n")
                .append('\n');
        try {
            GitProgram.Answer answer = git.asUser(Path.of(user.folder()), question.toString(), "credential", "fill");
            Map<String, String> said = new HashMap<>();
            answer.text().lines().forEach(line -> {
                int at = line.indexOf('=');
                if (at > 0) {
                    said.put(line.substring(0, at), line.substring(at + 1));
                }
            });
            return answer.exit() == 0 && said.containsKey("username") && said.containsKey("password")
                    ? Optional.of(new GitCredentials.UserToken(said.get("username"), said.get("password")))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
