package io.jenkins.plugins.darwin.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A repository like the one that the goals are about, made with git fast-import: as many files and commits, and files of its
 * sizes. Measured on main of jenkinsci/jenkins: 12,407 files, 29.6 MB, 8 MiB packed without history, 2.4 files a commit.
 */
final class BigRepository {
    static final int FILES = 12_400;
    static final int COMMITS = 38_600;
    /** Commits since the tag v1.2.0. */
    static final int SINCE_TAG = 6_300;
    /** Shares of the files, and the bytes that each of these shares has at most; in between it is a straight line. */
    private static final double[] SHARES = {0, .05, .1, .2, .3, .4, .5, .6, .7, .8, .9, .95, .98, .99, .995, .999, 1};

    private static final int[] BYTES = {
        1, 79, 116, 293, 846, 1180, 1228, 1303, 1491, 2007, 3869, 7384, 15591, 24781, 39526, 104503, 497804
    };
    private static final int WORDS = 300;
    private static final long START = 1_600_000_000L;

    private final Random random = new Random(7);
    private final String[] words = new String[WORDS];
    private final StringBuilder[] files = new StringBuilder[FILES];

    private BigRepository() {
        for (int i = 0; i < WORDS; i++) {
            words[i] = Long.toString(random.nextLong(1 << 30), 36)
                    .replaceAll("\\d", "")
                    .concat("e");
        }
        for (int i = 0; i < FILES; i++) {
            files[i] = text(size((i + .5) / FILES));
        }
    }

    private static int size(double share) {
        int above = 1;
        while (SHARES[above] < share) {
            above++;
        }
        double way = (share - SHARES[above - 1]) / (SHARES[above] - SHARES[above - 1]);
        return (int) (BYTES[above - 1] + way * (BYTES[above] - BYTES[above - 1]));
    }

    /** Lines of words of which few are frequent: it packs about as sources do. */
    private StringBuilder text(int bytes) {
        StringBuilder text = new StringBuilder(bytes + 100);
        while (text.length() < bytes) {
            text.append(line());
        }
        text.setLength(bytes - 1);
        return text.append('\n');
    }

    private String line() {
        StringBuilder line = new StringBuilder("    ".repeat(random.nextInt(4)));
        for (int i = 2 + random.nextInt(9); i > 0; i--) {
            line.append(words[(int) (WORDS * Math.pow(random.nextDouble(), 5))]).append(i == 1 ? ";\n" : " ");
        }
        return line.toString();
    }

    /** One line more somewhere, and one less behind it. */
    private void edit(StringBuilder text) {
        int at = text.lastIndexOf("\n", random.nextInt(text.length())) + 1;
        text.insert(at, line());
        int next = text.indexOf("\n", text.indexOf("\n", at) + 1);
        if (next > 0) {
            text.delete(text.indexOf("\n", at) + 1, next + 1);
        }
    }

    /** Made once and used again. */
    static Path make(Path dir) throws IOException, InterruptedException {
        Path bare = dir.resolve("repository.git");
        if (Files.exists(bare.resolve("complete"))) {
            return bare;
        }
        Files.createDirectories(dir);
        Shell.seconds(dir, "rm -rf repository.git; git init -q --bare -b main repository.git");
        Process git = new ProcessBuilder("git", "-C", bare.toString(), "fast-import", "--quiet")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream out = new BufferedOutputStream(git.getOutputStream(), 1 << 20)) {
            new BigRepository().write(out);
        }
        if (git.waitFor() != 0) {
            throw new IOException("git fast-import failed");
        }
        Shell.seconds(bare, "git repack -adfq --depth=50 --window=10 && git pack-refs --all");
        Files.createFile(bare.resolve("complete"));
        return bare;
    }

    private void write(OutputStream out) throws IOException {
        StringBuilder first = new StringBuilder();
        for (int i = 0; i < FILES; i++) {
            file(first, path(i), files[i]);
        }
        file(first, "helm/darwin/Chart.yaml", "apiVersion: v2\nname: darwin\nversion: 1.2.0\nappVersion: \"1.2.0\"\n");
        commit(out, 0, "chore: start", first);
        String[] types = {"feat(compute)", "fix(serve)", "docs", "chore", "fix(mlflow)", "refactor(sdk)"};
        for (int i = 1; i < COMMITS; i++) {
            StringBuilder change = new StringBuilder();
            for (int k = random.nextInt(4); k >= 0; k--) {
                int file = random.nextInt(FILES);
                edit(files[file]);
                file(change, path(file), files[file]);
            }
            commit(out, i, types[i % types.length] + ": change number " + i + " (#" + i + ")", change);
            if (i == COMMITS - SINCE_TAG - 1) {
                String message = "v1.2.0\n";
                text(
                        out,
                        "tag v1.2.0\nfrom refs/heads/main\ntagger A <a@example.org> " + (START + i) + " +0000\ndata "
                                + message.length() + "\n" + message + "\n");
            }
        }
    }

    private static String path(int i) {
        int folder = i * 7919 % FILES; // files of all sizes in every folder
        return "src/part" + folder % 40 + "/module" + folder / 40 % 31 + "/file" + i + ".txt";
    }

    private static void file(StringBuilder to, String path, CharSequence content) {
        to.append("M 100644 inline ")
                .append(path)
                .append("\ndata ")
                .append(content.length())
                .append('\n')
                .append(content)
                .append('\n');
    }

    private static void commit(OutputStream out, int i, String message, CharSequence changes) throws IOException {
        text(
                out,
                "commit refs/heads/main\ncommitter A <a@example.org> " + (START + i) + " +0000\ndata "
                        + message.length() + "\n" + message + "\n" + changes + "\n");
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
