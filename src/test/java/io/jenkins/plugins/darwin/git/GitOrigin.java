package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A bare origin and a work tree that pushes to it, both driven by the real git, with nobody's own configuration. */
final class GitOrigin {
    static final Person MANAGER = new Person("Release Mänager", "manager@example.org");
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    final Path bare;
    final Path work;
    final Path cache;
    private final Path home;

    private GitOrigin(Path home) {
        this.home = home;
        this.bare = home.resolve("origin.git");
        this.work = home.resolve("work");
        this.cache = home.resolve("cache");
    }

    /** An origin with no commit. */
    static GitOrigin empty(Path home) throws IOException {
        GitOrigin origin = new GitOrigin(home);
        Files.createDirectories(origin.work);
        origin.git(home, "init", "-q", "--bare", "-b", "main", "origin.git");
        origin.git(home, "init", "-q", "-b", "main", "work");
        origin.git("remote", "add", "origin", origin.bare.toString());
        return origin;
    }

    /** An origin with two commits on main, a tag on the first, a script, CRLF and a name outside ASCII. */
    static GitOrigin small(Path home) throws IOException {
        GitOrigin origin = empty(home);
        origin.write("README.md", "hello\n").write("helm/app/Chart.yaml", "version: 1.2.0\r\nname: app\r\n");
        origin.write("run.sh", "#!/bin/sh\necho run\n");
        Files.setPosixFilePermissions(origin.work.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(origin.work.resolve("link"), Path.of("helm/app"));
        origin.write("dökumente/größe 大.txt", "unicode\n");
        origin.commit("feat: first");
        origin.git("tag", "-a", "-m", "Version 1.2.0", "v1.2.0");
        origin.git("tag", "light");
        origin.write("helm/app/values.yaml", "a: 1\n").commit("fix: second");
        origin.git("push", "-q", "origin", "main", "v1.2.0", "light");
        return origin;
    }

    GitOrigin write(String path, String content) throws IOException {
        Files.createDirectories(work.resolve(path).getParent());
        Files.writeString(work.resolve(path), content);
        return this;
    }

    CommitId commit(String message) {
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "--cleanup=verbatim", "-m", message);
        return head();
    }

    CommitId head() {
        return new CommitId(git("rev-parse", "HEAD"));
    }

    /** What a ref of the origin holds, or "" when there is none. */
    String at(String ref) {
        return git(bare, "for-each-ref", "--format=%(objectname)", ref);
    }

    GitRemote remote() {
        return GitRemote.of(bare.toString());
    }

    GitMirror open() {
        return GitMirror.open(remote(), cache, Progress.silent());
    }

    /** The one kept copy. */
    Path copy() throws IOException {
        try (var files = Files.list(cache)) {
            return files.filter(f -> f.toString().endsWith(".git")).findFirst().orElseThrow();
        }
    }

    /** Runs git in the work tree. */
    String git(String... arguments) {
        return git(work, arguments);
    }

    String git(Path directory, String... arguments) {
        return gitWith(Map.of(), directory, arguments);
    }

    String gitWith(Map<String, String> environment, Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        Map<String, String> env = builder.environment();
        env.keySet().removeIf(name -> name.startsWith("GIT_"));
        env.putAll(Map.of(
                "HOME",
                home.toString(),
                "GIT_CONFIG_NOSYSTEM",
                "1",
                "GIT_CONFIG_GLOBAL",
                "/dev/null",
                "GIT_AUTHOR_NAME",
                "Ann Author",
                "GIT_AUTHOR_EMAIL",
                "ann@example.org",
                "GIT_AUTHOR_DATE",
                "1767225600 +0530",
                "GIT_COMMITTER_NAME",
                "Ann Author",
                "GIT_COMMITTER_EMAIL",
                "ann@example.org",
                "GIT_COMMITTER_DATE",
                "1767225600 +0530"));
        env.putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + " ended with " + process.exitValue() + ":\n" + text);
            }
            return text.strip();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
