package io.jenkins.plugins.darwin.bench;

import io.jenkins.plugins.darwin.git.GitRemote;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.release.Notes;
import io.jenkins.plugins.darwin.release.Settings;
import io.jenkins.plugins.darwin.release.Workspace;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Release notes over 6,300 commits on a kept mirror, beside git-cliff. Ours is measured inside a JVM that has done it
 * before, as in an agent; the value is the first run of that JVM, which is what a command line pays besides its start.
 */
public final class NotesBench {
    private static final int ROUNDS = 30;

    private NotesBench() {}

    /** @param args a folder, and the git-cliff executable */
    public static void main(String[] args) throws Exception {
        Path dir = Path.of(args[0]).toAbsolutePath();
        Path bare = BigRepository.make(dir);
        Settings settings = new Settings(
                GitRemote.of(bare.toString()),
                dir.resolve("cache"),
                Optional.empty(),
                RegistryOptions.defaults(),
                dir.resolve("dist"),
                Clock.systemUTC());
        double first = 0;
        double best = Double.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            try (Workspace workspace = Workspace.open(settings, Progress.silent())) {
                Notes.draft(workspace, new Version(2, 0, 0));
            }
            double seconds = Shell.since(start);
            first = i == 0 ? seconds : first;
            best = Math.min(best, seconds);
        }
        // git-cliff looks for a work tree's .git folder
        Shell.seconds(dir, "rm -rf cliff && git clone -q --shared --no-checkout '" + bare + "' cliff");
        double peer = Double.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            peer = Math.min(
                    peer,
                    Shell.seconds(
                            dir.resolve("cliff"),
                            "'" + args[1] + "' v1.2.0..main > '" + dir + "/cliff.md' 2> '" + dir + "/cliff.log'"));
        }
        new Row(
                        "release notes over " + BigRepository.SINCE_TAG + " commits",
                        best,
                        "git-cliff",
                        peer,
                        "ms, first run",
                        first * 1000)
                .print();
    }
}
