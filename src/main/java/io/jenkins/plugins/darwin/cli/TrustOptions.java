package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.candidate.CandidateFiles;
import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.PublicKeys;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.release.Located;
import io.jenkins.plugins.darwin.release.Verify;
import io.jenkins.plugins.darwin.release.Workspace;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whose signatures a reader believes. */
final class TrustOptions {
    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "Public keys that you trust. Default: KEYS of the repository's trunk.")
    private Path keys;

    @Option(
            names = "--own-keys",
            description =
                    "Take the keys that came with the candidate: they prove that it is whole, and not whose it is.")
    private boolean ownKeys;

    /** The file of keys that was named. */
    Optional<byte[]> given(Darwin darwin) {
        return Optional.ofNullable(keys)
                .map(file -> UserFile.read(
                        "The file of keys " + file, darwin.surroundings().resolve(file)));
    }

    /** Whether those that came with the candidate are believed. */
    boolean own() {
        return ownKeys;
    }

    /**
     * @param workspace the released repository, where there is one
     * @throws ReleaseException refused, when there is no key to trust
     */
    SignatureVerifier verifier(Darwin darwin, Optional<Workspace> workspace, Located located) {
        byte[] trusted = given(darwin)
                .or(() -> ownKeys
                        ? Optional.of(CandidateFiles.of(located.candidate()).read(CandidateFolder.KEYS))
                        : workspace.flatMap(Verify::trusted))
                .orElseThrow(
                        () -> ReleaseException.refused(
                                "No key to check signatures with: expected KEYS on trunk of a repository here (or --repo), or --keys FILE, found neither."));
        PublicKeys known = PublicKeys.of(trusted);
        known.warnings()
                .forEach(w -> darwin.progress().message("WARNING: in " + CandidateFolder.KEYS + ", " + w + "."));
        return SignatureVerifier.of(known, darwin.surroundings().clock());
    }
}
