package io.jenkins.plugins.darwin.bench;

import io.jenkins.plugins.darwin.git.GitRemote;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.release.CutRelease;
import io.jenkins.plugins.darwin.release.Settings;
import io.jenkins.plugins.darwin.release.Workspace;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** A release branch with its bump, pushed: ours on a kept mirror, beside a shallow clone, an edit, a commit and a push. */
public final class CutBench {
    private static final int ROUNDS = 5;
    private static final int PEER_ROUNDS = 3;

    private CutBench() {}

    public static void main(String[] args) throws Exception {
        Path dir = Path.of(args[0]).toAbsolutePath();
        Path bare = args.length > 1 ? Path.of(args[1]).toAbsolutePath() : BigRepository.make(dir);
        Shell.seconds(
                bare, "git for-each-ref --format='%(refname)' refs/heads/release | xargs -r -n1 git update-ref -d");
        double best = Double.MAX_VALUE;
        for (int i = 0; i <= ROUNDS; i++) {
            double seconds = cut(bare, dir, new Version(1, 3, i));
            if (i > 0) { // the first makes the mirror
                best = Math.min(best, seconds);
            }
        }
        double peer = Double.MAX_VALUE;
        for (int i = 0; i < PEER_ROUNDS; i++) {
            peer = Math.min(peer, peer(bare, dir, "1.4." + i));
        }
        new Row("cut a release branch", best, "git clone --depth 1, edit, push", peer, "files", BigRepository.FILES)
                .print();
    }

    private static double peer(Path bare, Path dir, String version) throws Exception {
        return Shell.seconds(
                dir,
                "rm -rf clone && git clone -q --depth 1 file://" + bare
                        + " clone && cd clone && git checkout -q -b release/" + version
                        + " && sed -i 's/1\\.2\\.0/" + version
                        + "/' helm/darwin/Chart.yaml && git -c user.name=A -c user.email=a@example.org commit -qam 'chore: bump version'"
                        + " && git push -q origin release/" + version + " && cd .. && rm -rf clone");
    }

    private static double cut(Path bare, Path dir, Version version) {
        Settings settings = new Settings(
                GitRemote.of(bare.toString()),
                dir.resolve("cache"),
                Optional.empty(),
                RegistryOptions.defaults(),
                dir.resolve("dist"),
                Clock.systemUTC());
        long start = System.nanoTime();
        try (Workspace workspace = Workspace.open(settings, Progress.silent())) {
            new CutRelease(workspace, version, Optional.empty()).run(false, Progress.silent());
        }
        return Shell.since(start);
    }
}
