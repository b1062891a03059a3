package io.jenkins.plugins.darwin.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A repository of the size that DESIGN's numbers are about, made with git fast-import. */
final class BigRepository {
    static final int FILES = 12_400;
    static final int COMMITS = 38_600;
    /** Commits since the tag v1.2.0. */
    static final int SINCE_TAG = 6_300;
    private static final long START = 1_600_000_000L;

    private BigRepository() {}

    /** Made once and used again. */
    static Path make(Path dir) throws IOException, InterruptedException {
        Path bare = dir.resolve("big.git");
        if (Files.exists(bare.resolve("complete"))) {
            return bare;
        }
        Files.createDirectories(dir);
        Shell.seconds(dir, "rm -rf big.git; git init -q --bare -b main big.git");
        Process git = new ProcessBuilder("git", "-C", bare.toString(), "fast-import", "--quiet").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try (OutputStream out = new BufferedOutputStream(git.getOutputStream(), 1 << 20)) {
            write(out);
        }
        if (git.waitFor() != 0) {
            throw new IOException("git fast-import failed");
        }
        Shell.seconds(bare, "git repack -adfq --depth=20 --window=5 && git pack-refs --all");
        Files.createFile(bare.resolve("complete"));
        return bare;
    }

    private static void write(OutputStream out) throws IOException {
        Random random = new Random(7);
        StringBuilder first = new StringBuilder();
        for (int i = 0; i < FILES; i++) {
            file(first, path(i), "file " + i + "\n" + Long.toHexString(random.nextLong()).repeat(40) + "\n");
        }
        file(first, "helm/darwin/Chart.yaml", "apiVersion: v2\nname: darwin\nversion: 1.2.0\nappVersion: \"1.2.0\"\n");
        commit(out, 0, "chore: start", first.toString());
        String[] types = {"feat(compute)", "fix(serve)", "docs", "chore", "fix(mlflow)", "refactor(sdk)"};
        for (int i = 1; i < COMMITS; i++) {
            StringBuilder change = new StringBuilder();
            int file = random.nextInt(FILES);
            file(change, path(file), "file " + file + " at " + i + "\n" + Long.toHexString(random.nextLong()).repeat(40) + "\n");
            commit(out, i, types[i % types.length] + ": change number " + i + " (#" + i + ")", change.toString());
            if (i == COMMITS - SINCE_TAG - 1) {
                String message = "v1.2.0\n";
                text(out, "tag v1.2.0\nfrom refs/heads/main\ntagger A <a@example.org> " + (START + i) + " +0000\ndata " + message.length() + "\n" + message + "\n");
            }
        }
    }

    private static String path(int i) {
        return "src/part" + i % 40 + "/module" + i / 40 % 31 + "/file" + i + ".txt";
    }

    private static void file(StringBuilder to, String path, String content) {
        to.append("M 100644 inline ").append(path).append("\ndata ").append(content.length()).append('\n').append(content).append('\n');
    }

    private static void commit(OutputStream out, int i, String message, String changes) throws IOException {
        text(out, "commit refs/heads/main\ncommitter A <a@example.org> " + (START + i) + " +0000\ndata " + message.length() + "\n" + message + "\n" + changes + "\n");
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
