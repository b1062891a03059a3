package io.jenkins.plugins.darwin.jenkins.vote;

import hudson.model.BuildBadgeAction;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import jenkins.model.RunAction2;

/** The votes of a build. What is stored with the build is only that there are some; each has a folder of its own. */
public final class VoteAction implements RunAction2, BuildBadgeAction {
    static final String URL = "darwin-vote";
    private static final String FOLDER = "darwin-vote";

    private transient Run<?, ?> run;
    private transient ConcurrentMap<String, VoteGate> gates;

    /** The build's one action, on disk when this returns. */
    static VoteAction of(Run<?, ?> run) throws IOException {
        synchronized (run) {
            VoteAction action = run.getAction(VoteAction.class);
            if (action == null) {
                action = new VoteAction();
                run.addAction(action);
                run.save();
            }
            return action;
        }
    }

    static Path folder(Run<?, ?> run) {
        return run.getRootDir().toPath().resolve(FOLDER);
    }

    /** Opens a gate under an ID that no other of this build has. */
    VoteGate open(GateHeader header) {
        // At once: whoever asks for it in the moment when its file is there and this has not returned gets the same
        // object.
        return gates.compute(header.id(), (id, none) -> VoteGate.open(run, header, Clock.systemUTC()));
    }

    /** @throws ReleaseException refused, when there is none */
    VoteGate gate(String id) {
        return find(id).orElseThrow(() ->
                ReleaseException.refused("There is no vote " + id + " in " + run.getFullDisplayName() + "."));
    }

    /**
     * The gate that a flow node waits at, if it was opened before a crash.
     *
     * @throws ReleaseException failed, when that may be one that can't be read: a new one would begin without its ballots
     */
    Optional<VoteGate> ofNode(String node) {
        Optional<VoteGate> found = getGates().stream()
                .filter(gate -> gate.header().node().equals(node))
                .findFirst();
        List<String> damages = getDamages();
        if (found.isEmpty() && !damages.isEmpty()) {
            throw ReleaseException.failed(
                    "Whether this vote was opened before can't be told, because a vote of this build can't be read: "
                            + String.join(" ", damages));
        }
        return found;
    }

    /** Whether there is something of this ID, readable or not. */
    boolean knows(String id) {
        return Files.exists(folder(run).resolve(id));
    }

    private Optional<VoteGate> find(String id) {
        if (!VoteGate.ID.matcher(id).matches()
                || !Files.exists(folder(run).resolve(id).resolve(VoteGate.JOURNAL))) {
            return Optional.empty();
        }
        return Optional.of(gates.computeIfAbsent(id, i -> new VoteGate(run, i, Clock.systemUTC())));
    }

    /** All that can be read, in the order of their opening: one damaged file must not take the build's page along. */
    public List<VoteGate> getGates() {
        return list().stream()
                .filter(g -> g.damage().isEmpty())
                .sorted(Comparator.comparing(g -> g.vote().opened()))
                .toList();
    }

    /** A sentence for each vote whose file can't be read. */
    public List<String> getDamages() {
        return list().stream()
                .flatMap(g -> g.damage().stream().map(d -> g.getId() + ": " + d))
                .toList();
    }

    private List<VoteGate> list() {
        try (Stream<Path> folders = Files.list(folder(run))) {
            return folders.flatMap(f -> find(f.getFileName().toString()).stream())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Cannot list the votes of " + run.getFullDisplayName() + ": " + e.getMessage(), e);
        }
    }

    /** {@code .../darwin-vote/1.3.0-RC1/}; null, which is a 404, for what is no gate or can't be read. */
    public VoteGate getDynamic(String id) {
        return find(id).filter(g -> g.damage().isEmpty()).orElse(null);
    }

    /** What the page asks for: whoever may see the job may see its votes. */
    public Permission getRequiredPermission() {
        return Item.READ;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    @Override
    public void onAttached(Run<?, ?> attached) {
        run = attached;
        gates = new ConcurrentHashMap<>();
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        onAttached(loaded);
    }

    @Override
    public String getIconFileName() {
        return "symbol-people";
    }

    @Override
    public String getDisplayName() {
        return Messages.VoteAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }
}
