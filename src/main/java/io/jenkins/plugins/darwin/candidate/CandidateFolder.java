package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.model.CandidateNames;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The plain folder of a candidate, {@code dist/X.Y.Z-RCn}: what anyone can check with gpg and sha512sum alone. */
public final class CandidateFolder {
    public static final String CHECKSUMS = "checksums.sha512";
    public static final String KEYS = "KEYS";

    private static final String PARTIAL = ".partial.";
    private static final int MOVES = 3;

    private final Path path;

    public CandidateFolder(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    public Path file(String name) {
        return path.resolve(name);
    }

    public boolean exists() {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    public void create() {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to make the folder " + path + " but failed because: " + e.getMessage() + ".", e);
        }
    }

    /**
     * How the folder differs from a candidate's files as they were built, by sizes and the small documents; empty when it does
     * not. Signatures and other files beside them are not looked at.
     */
    public Optional<String> difference(CandidateDocuments documents) {
        try {
            for (Descriptor file : documents.files()) {
                String name = file.title().orElseThrow();
                Path here = file(name);
                if (!Files.isRegularFile(here, LinkOption.NOFOLLOW_LINKS)) {
                    return Optional.of("no file " + name);
                }
                byte[] text = documents.texts().get(name);
                if (Files.size(here) != file.size() || text != null && !Arrays.equals(Files.readAllBytes(here), text)) {
                    return Optional.of("another " + name);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to read the folder " + path + " but failed because: " + e.getMessage() + ".", e);
        }
    }

    /** Makes the folder from what is staged: beside its place first, then all at once. */
    public void download(StagedCandidate candidate, Progress progress) {
        CandidateFolder partial = partial();
        partial.making(() -> partial.fill(candidate, this, progress));
        partial.moveTo(this);
    }

    private void fill(StagedCandidate candidate, CandidateFolder target, Progress progress) {
        try {
            create();
            long total = candidate.files().stream().mapToLong(Descriptor::size).sum();
            try (Progress.Task task = progress.start("download " + candidate.id(), total, Progress.Unit.BYTES)) {
                for (Descriptor file : candidate.files()) {
                    try (InputStream in = candidate.repository().blob(file.digest(), file.size());
                            OutputStream out = Files.newOutputStream(file(safeName(file)))) {
                        in.transferTo(out);
                    }
                    task.advance(file.size());
                }
            }
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to download " + candidate.id() + " to " + target.path + " but failed because: "
                            + e.getMessage() + ". Nothing else was changed; run again.",
                    e);
        }
    }

    /**
     * Where a run makes the folder before it gets its name; no two runs meet there, in one process or two. What killed
     * processes left is removed.
     */
    public CandidateFolder partial() {
        String prefix = "." + path.getFileName() + PARTIAL;
        Path parent = path.toAbsolutePath().getParent();
        if (Files.isDirectory(parent)) {
            try (Stream<Path> siblings = Files.list(parent)) {
                siblings.filter(p -> p.getFileName().toString().startsWith(prefix)
                                && !runs(p.getFileName().toString().substring(prefix.length())))
                        .forEach(p -> new CandidateFolder(p).delete());
            } catch (IOException e) {
                throw ReleaseException.failed(
                        "Tried to read the folder " + parent + " but failed because: " + e.getMessage() + ".", e);
            }
        }
        return new CandidateFolder(newBeside());
    }

    /** A name of this process, which nobody else uses and anybody can tell from those of a process that is gone. */
    private Path newBeside() {
        return path.resolveSibling("." + path.getFileName() + PARTIAL + started(ProcessHandle.current()) + "-"
                + UUID.randomUUID().toString().substring(0, 8));
    }

    /** A process, also where the number is always the same, as in a container: its number and when it began. */
    private static String started(ProcessHandle process) {
        return process.pid() + "-"
                + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static boolean runs(String maker) {
        String pid = maker.replaceFirst("-.*", "");
        return pid.matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(pid))
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> maker.startsWith(started(process) + "-"))
                        .isPresent();
    }

    /** Does work in this folder; none of it stays when that fails. */
    public void making(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            try {
                delete();
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    public void moveTo(CandidateFolder target) {
        for (int attempt = 1; ; attempt++) {
            target.delete();
            try {
                Files.move(path, target.path, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (IOException e) {
                if (attempt == MOVES) { // somebody else may have moved theirs there in between
                    throw ReleaseException.failed(
                            "Tried to make the folder " + target.path + " but failed because: " + e.getMessage() + ".",
                            e);
                }
            }
        }
    }

    public void delete() {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(p);
            }
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to remove the folder " + path + " but failed because: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Writes a file: beside the folder first, then under its name, so that whoever looks sees all of it or nothing, and a
     * process that is killed leaves no half of a signature. What those left is removed by {@link #partial}.
     */
    public void write(String name, byte[] content) {
        Path beside = newBeside();
        try {
            Files.write(beside, content);
            Files.move(beside, file(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to write " + file(name) + " but failed because: " + e.getMessage() + ".", e);
        }
    }

    public byte[] read(String name) {
        try {
            return Files.readAllBytes(file(name));
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to read " + file(name) + " but failed because: " + e.getMessage() + ".", e);
        }
    }

    /** Names of the files in the folder, sorted. */
    public List<String> names() {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .map(f -> f.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to read the folder " + path + " but failed because: " + e.getMessage() + ".", e);
        }
    }

    /** Names of what is in the folder and no plain file, sorted: folders, links, devices. */
    public List<String> strays() {
        try (Stream<Path> all = Files.list(path)) {
            return all.filter(p -> !Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS))
                    .map(p -> p.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to read the folder " + path + " but failed because: " + e.getMessage() + ".", e);
        }
    }

    /** A layer's title comes from outside: it must not lead out of the folder. */
    public static String safeName(Descriptor file) {
        String name = file.title().orElse("");
        if (!CandidateNames.isLayer(name)) {
            throw ReleaseException.refused(
                    "A candidate's file has no safe name: expected letters, digits, dots, hyphens, found '"
                            + ForeignText.shown(name) + "'.");
        }
        return name;
    }
}
