package io.jenkins.plugins.darwin.jenkins.run;

import hudson.model.Run;
import io.jenkins.plugins.darwin.candidate.BuildRecord;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The controller's own records of what {@code darwinBuildRc} returned: a file a candidate in the build's folder, which neither an
 * agent nor a registry nor a branch can write. What is signed later is compared with them.
 */
public final class RecordedBuilds {
    private static final String PREFIX = "darwin-build-";
    private static final String SUFFIX = ".json";
    /** How far back a build looks for a record when it built nothing itself, as after a restart from a stage. */
    private static final int EARLIER = 100;

    private RecordedBuilds() {}

    /** Records what a step returned. Parsed first: an agent may send anything. */
    public static void write(Run<?, ?> run, Version version, int rc, String candidate) {
        CandidateId id = new CandidateId(version, rc);
        Candidate contents =
                Json.read(candidate.getBytes(StandardCharsets.UTF_8), Candidate.class, "what the agent built");
        BuildRecord record =
                new BuildRecord(StepKind.BUILD_RC.function() + " of build #" + run.getNumber(), id, contents);
        Path file = folder(run).resolve(PREFIX + id + SUFFIX);
        Path part = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(part, Json.write(record));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw ReleaseException.failed("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** The newest candidate of the version that a build recorded. */
    public static Optional<BuildRecord> of(Run<?, ?> run, Version version) {
        return all(run, version).stream().findFirst();
    }

    /**
     * The record to sign by: of the named build, else of this one, else of the last one of this job that has one.
     *
     * @param number of a build of the same job; 0 for none
     * @throws ReleaseException refused, when there is none
     */
    public static BuildRecord require(Run<?, ?> run, int number, Version version) {
        if (number != 0) {
            return Optional.ofNullable((Run<?, ?>) run.getParent().getBuildByNumber(number))
                    .flatMap(other -> of(other, version))
                    .orElseThrow(() -> ReleaseException.refused("Build #" + number + " of this job has no record of a"
                            + " candidate of " + version + ": expected the number of a build in which"
                            + " darwinBuildRc '" + version + "' ended well."));
        }
        for (int n = run.getNumber(); n > 0 && n > run.getNumber() - EARLIER; n--) {
            Run<?, ?> earlier = n == run.getNumber() ? run : run.getParent().getBuildByNumber(n);
            Optional<BuildRecord> record = earlier == null ? Optional.empty() : of(earlier, version);
            if (record.isPresent()) {
                return record.get();
            }
        }
        throw ReleaseException.refused("This controller has no record of a candidate of " + version
                + ": run darwinBuildRc '" + version + "' in this build, or name the build of this job that did, with"
                + " darwinSign version: '" + version + "', build: N.");
    }

    /** All candidates of the version that this build and those before it recorded, newest first. */
    public static List<BuildRecord> known(Run<?, ?> run, Version version) {
        List<BuildRecord> known = new ArrayList<>();
        for (int n = run.getNumber(); n > 0 && n > run.getNumber() - EARLIER; n--) {
            Run<?, ?> earlier = n == run.getNumber() ? run : run.getParent().getBuildByNumber(n);
            if (earlier != null) {
                known.addAll(all(earlier, version));
            }
        }
        return known;
    }

    private static List<BuildRecord> all(Run<?, ?> run, Version version) {
        List<BuildRecord> records = new ArrayList<>();
        if (!Files.isDirectory(folder(run))) {
            return records;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(run), PREFIX + version + "-RC*" + SUFFIX)) {
            for (Path file : files) {
                records.add(Json.read(Files.readAllBytes(file), BuildRecord.class, file.toString()));
            }
        } catch (IOException e) {
            throw ReleaseException.failed("Cannot read the records of " + run + ": " + e.getMessage(), e);
        }
        records.sort(Comparator.comparing(BuildRecord::candidate).reversed());
        return records;
    }

    private static Path folder(Run<?, ?> run) {
        return run.getRootDir().toPath();
    }
}
