package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A candidate's files, wherever they are. */
public interface CandidateFiles {
    /** For messages. */
    public String place();

    public List<String> names();

    /** What lies beside the files and is none: folders, links, devices. */
    default List<String> strays() {
        return List.of();
    }

    /** The content, streamed; empty when there is no such file. */
    public Optional<InputStream> open(String name) throws IOException;

    /** Those of a candidate in a registry; every stream proves its digest at its end. */
    public static CandidateFiles of(StagedCandidate candidate) {
        return new CandidateFiles() {
            @Override
            public String place() {
                return candidate.repository().reference();
            }

            @Override
            public List<String> names() {
                return candidate.files().stream().map(CandidateFolder::safeName).toList();
            }

            @Override
            public Optional<InputStream> open(String name) {
                Optional<Descriptor> file = candidate.file(name);
                return file.map(f -> candidate.repository().blob(f.digest(), f.size()));
            }
        };
    }

    /** Those of a plain folder. */
    public static CandidateFiles of(Path folder) {
        return new CandidateFiles() {
            @Override
            public String place() {
                return folder.toString();
            }

            @Override
            public List<String> names() {
                return new CandidateFolder(folder).names();
            }

            @Override
            public List<String> strays() {
                return new CandidateFolder(folder).strays();
            }

            @Override
            public Optional<InputStream> open(String name) throws IOException {
                Path file = folder.resolve(name);
                // A link could stand for any other file of the machine.
                if (!Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                    return Optional.empty();
                }
                return Optional.of(Files.newInputStream(file));
            }
        };
    }

    /** A document, whole. */
    default byte[] read(String name) {
        try (InputStream in = open(name)
                .orElseThrow(() -> ReleaseException.refused(place() + " is not a candidate: expected a file " + name
                        + ", found " + String.join(", ", names()) + "."))) {
            return in.readNBytes(16 * 1024 * 1024);
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to read " + name + " from " + place() + " but failed because: " + e.getMessage() + ".", e);
        }
    }
}
