package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.Progress;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.TrackingRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/** Speaks to the remote with its own credentials. Every conversation has a transport of its own. */
final class RemoteLink {
    private static final List<RefSpec> EVERYTHING = List.of(
            new RefSpec("+refs/heads/*:refs/heads/*"),
            new RefSpec("+refs/tags/*:refs/tags/*"),
            new RefSpec("+" + RefUpdate.NOTES + "*:" + RefUpdate.NOTES + "*"));
    /** Seconds of silence after which a server counts as gone. */
    private static final int FETCH_TIMEOUT = 60;
    /** A server is silent while its hooks run. */
    private static final int PUSH_TIMEOUT = 600;

    private final GitRemote remote;
    private final Progress progress;
    private final String searchPath;
    private final UserSsh userSsh;
    private TreeMerger merger;
    private volatile Optional<String> defaultBranch = Optional.empty();

    RemoteLink(GitRemote remote, Progress progress) {
        this(remote, progress, String.valueOf(System.getenv("PATH")), new UserSsh());
    }

    /**
     * @param searchPath where the program git is looked for
     * @param userSsh for ssh without a key of its own
     */
    RemoteLink(GitRemote remote, Progress progress, String searchPath, UserSsh userSsh) {
        this.userSsh = userSsh;
        this.remote = remote;
        this.progress = progress;
        this.searchPath = searchPath;
    }

    /** What merges on this machine; looked for once. */
    synchronized TreeMerger merger() {
        if (merger == null) {
            merger = TreeMerger.choose(searchPath);
        }
        return merger;
    }

    /** Makes the copy's branches and tags those of the remote. */
    void fetch(Repository local) throws IOException {
        talk(local, FETCH_TIMEOUT, transport -> {
            transport.setTagOpt(TagOpt.NO_TAGS); // the specs name all of them
            transport.setRemoveDeletedRefs(true);
            FetchResult result = transport.fetch(new JGitProgress(progress), EVERYTHING);
            for (TrackingRefUpdate update : result.getTrackingRefUpdates()) {
                requireWritten(update);
            }
            // A server tells where its HEAD leads only to those who have none, which MirrorStore sees to.
            defaultBranch = Optional.ofNullable(result.getAdvertisedRef(Constants.HEAD))
                    .filter(Ref::isSymbolic)
                    .map(head -> head.getTarget().getName())
                    .filter(name -> name.startsWith(Constants.R_HEADS))
                    .map(name -> name.substring(Constants.R_HEADS.length()));
            return null;
        });
    }

    /** What the remote's HEAD led to at the last fetch; empty when it is detached, unborn or not told. */
    Optional<String> defaultBranch() {
        return defaultBranch;
    }

    private static void requireWritten(TrackingRefUpdate update) throws TransportException {
        org.eclipse.jgit.lib.RefUpdate.Result result = update.getResult();
        switch (result) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE, NOT_ATTEMPTED, RENAMED -> {}
            default ->
                throw new TransportException(
                        "the copy's " + update.getLocalName() + " could not be written: " + result);
        }
    }

    /** What the remote's refs hold now. */
    Map<String, Ref> refs(Repository local) throws IOException {
        return talk(local, FETCH_TIMEOUT, transport -> {
            try (FetchConnection connection = transport.openFetch(EVERYTHING)) {
                return connection.getRefsMap();
            }
        });
    }

    /** Begins a push and ends it before anything is asked. */
    void openPush(Repository local) throws IOException {
        if (remote.transport() == GitRemote.Transport.PATH) {
            LocalRules.requireWritable(remote, local.getFS());
        }
        talk(local, FETCH_TIMEOUT, transport -> {
            receiveByGit(local, transport);
            transport.openPush().close();
            return null;
        });
    }

    /** Pushes all or nothing; each update then has its status. */
    PushResult push(Repository local, Collection<RemoteRefUpdate> updates) throws IOException {
        return talk(local, PUSH_TIMEOUT, transport -> {
            transport.setPushAtomic(updates.size() > 1); // one ref is atomic by itself, on any server
            transport.setPushThin(true);
            receiveByGit(local, transport);
            return transport.push(new JGitProgress(progress), updates, null);
        });
    }

    private void receiveByGit(Repository local, Transport transport) throws IOException {
        if (remote.transport() == GitRemote.Transport.PATH && LocalRules.useGit(remote, searchPath, local.getFS())) {
            transport.setOptionReceivePack(LocalRules.GIT_RECEIVE_PACK);
        }
    }

    private <T> T talk(Repository local, int timeout, Talk<T> talk) throws IOException {
        URIish uri = uri();
        try (Transport transport = Transport.open(local, uri);
                KeySsh key = keySsh()) {
            transport.setTimeout(timeout);
            if (remote.credentials() instanceof GitCredentials.UserToken login) {
                transport.setCredentialsProvider(new TokenLogin(uri, login));
            } else if (remote.credentials() instanceof GitCredentials.OfUser user) {
                Path home = local.getFS().userHome().toPath();
                transport.setCredentialsProvider(new MachineLogin(uri, user, home, searchPath));
            }
            if (transport instanceof TransportHttp http) {
                http.setHttpConnectionFactory(new HttpTransportSettings(remote.network()));
            }
            if (transport instanceof SshTransport ssh) {
                ssh.setSshSessionFactory(key == null ? userSsh : key.factory());
            }
            return talk.with(transport);
        }
    }

    private KeySsh keySsh() throws IOException {
        return remote.credentials() instanceof GitCredentials.SshKey login ? KeySsh.open(login) : null;
    }

    private URIish uri() throws IOException {
        try {
            URIish uri = new URIish(remote.url());
            if (remote.credentials() instanceof GitCredentials.SshKey login && uri.getUser() == null) {
                uri = uri.setUser(login.user());
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private interface Talk<T> {
        T with(Transport transport) throws IOException;
    }
}
