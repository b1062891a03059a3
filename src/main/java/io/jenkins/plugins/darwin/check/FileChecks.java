package io.jenkins.plugins.darwin.check;

import io.jenkins.plugins.darwin.candidate.CandidateFiles;
import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.SignatureCheck;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Checks a candidate's files: each is read once, for the digests that {@code candidate.json} names, for the line in
 * {@code checksums.sha512}, and for its signature.
 */
public final class FileChecks {
    private static final String ASC = ".asc";
    private static final String BEGIN = "-----BEGIN PGP SIGNATURE-----";
    private static final String END = "-----END PGP SIGNATURE-----";
    /** Bytes. */
    private static final int MOST_SIGNATURE = 1 << 16;

    private final CandidateFiles files;
    private final SignatureVerifier verifier;
    private final CandidateId id;
    private final List<Check> checks = new ArrayList<>();
    private final java.util.Set<String> read = new java.util.HashSet<>();

    /** @param id the candidate that every signature must name */
    public FileChecks(CandidateFiles files, SignatureVerifier verifier, CandidateId id) {
        this.files = files;
        this.verifier = verifier;
        this.id = id;
    }

    public List<Check> run(Candidate candidate) {
        Map<String, Digest> expected = new LinkedHashMap<>();
        candidate.files().forEach(f -> expected.put(f.name(), f.sha512()));
        Map<String, String> sums = sums(text(CandidateFolder.CHECKSUMS).orElse(""));
        candidate
                .files()
                .forEach(f -> file(
                        candidate.project(),
                        f.name(),
                        Optional.of(f.sha512()),
                        Optional.ofNullable(sums.get(f.name()))));
        file(candidate.project(), Candidate.FILE, Optional.empty(), Optional.ofNullable(sums.get(Candidate.FILE)));
        file(candidate.project(), CandidateFolder.CHECKSUMS, Optional.empty(), Optional.empty());
        strangers(expected.keySet());
        files.strays()
                .forEach(stray -> checks.add(Check.failed(
                        "file", stray, "expected plain files only, found this folder, link or device: move it away")));
        files.names().stream().filter(n -> !read.contains(n)).forEach(this::text); // KEYS: its bytes count too
        return checks;
    }

    /** A small file; when it can't be read, or is not what its digest says, that is a failed check. */
    private Optional<String> text(String name) {
        read.add(name);
        try {
            return Optional.of(new String(files.read(name), StandardCharsets.UTF_8));
        } catch (ReleaseException e) {
            checks.add(Check.failed("file", name, e.getMessage()));
            return Optional.empty();
        }
    }

    private static Map<String, String> sums(String text) {
        Map<String, String> sums = new HashMap<>();
        text.lines().forEach(line -> {
            int gap = line.indexOf("  ");
            if (gap > 0) {
                sums.put(line.substring(gap + 2), line.substring(0, gap));
            }
        });
        return sums;
    }

    private void file(String project, String name, Optional<Digest> listed, Optional<String> sum) {
        MessageDigest sha512 = Digest.messageDigest("sha512");
        SignatureCheck signature;
        read.add(name);
        read.add(name + ".asc");
        try (InputStream in = files.open(name).orElse(null)) {
            if (in == null) {
                checks.add(Check.failed("file", name, "expected in " + files.place() + ", found nothing"));
                return;
            }
            Optional<InputStream> asc = files.open(name + ".asc");
            if (asc.isEmpty()) {
                checks.add(Check.failed("signature", name, "expected " + name + ".asc, found nothing"));
                return;
            }
            try (InputStream signatureIn = asc.get();
                    DigestInputStream hashing = new DigestInputStream(in, sha512)) {
                signature = verifier.verify(
                        onlySignature(name + ASC, signatureIn), SignedFor.file(project, id, name), hashing);
                hashing.transferTo(
                        java.io.OutputStream.nullOutputStream()); // a bad signature may not be read to the end
            }
        } catch (IOException | ReleaseException e) {
            checks.add(Check.failed("file", name, String.valueOf(e.getMessage())));
            return;
        }
        Digest found = Digest.of("sha512", sha512);
        listed.filter(d -> !d.equals(found))
                .ifPresent(d -> checks.add(Check.failed(
                        "digest", name, "expected " + d + " as " + Candidate.FILE + " says, found " + found)));
        if (!name.equals(CandidateFolder.CHECKSUMS)) {
            checks.add(
                    sum.filter(found.hex()::equals).isPresent()
                            ? Check.passed("checksum", name, found.abbreviated())
                            : Check.failed(
                                    "checksum",
                                    name,
                                    "expected " + sum.orElse("a line in " + CandidateFolder.CHECKSUMS) + ", found "
                                            + found.hex()));
        }
        singleSum(name, found);
        checks.add(
                signature.acceptable()
                        ? Check.passed(
                                "signature", name, "by " + signature.userId().orElse(signature.fingerprint()))
                        : Check.failed("signature", name, signature.detail()));
    }

    /** The file's own {@code .sha512}, which {@code sha512sum -c} would believe. */
    private void singleSum(String name, Digest found) {
        String sum = name + ".sha512";
        if (files.names().contains(sum)) {
            text(sum)
                    .filter(line -> !line.equals(found.hex() + "  " + name + "\n"))
                    .ifPresent(line -> checks.add(Check.failed(
                            "checksum", sum, "expected the line of " + found.abbreviated() + ", found another")));
        }
    }

    /** A file that nobody listed could be taken for a part of the release. */
    private void strangers(java.util.Set<String> listed) {
        TreeSet<String> unknown = new TreeSet<>(files.names());
        unknown.removeIf(n -> n.equals(CandidateFolder.KEYS)
                || n.equals(CandidateFolder.CHECKSUMS)
                || n.equals(CandidateFolder.CHECKSUMS + ASC)
                || ours(listed, n, "")
                || ours(listed, n, ASC)
                || ours(listed, n, ".sha512"));
        unknown.forEach(n ->
                checks.add(Check.failed("file", n, "expected only what " + Candidate.FILE + " lists, found this too")));
    }

    private static boolean ours(java.util.Set<String> listed, String name, String ending) {
        String base = name.endsWith(ending) ? name.substring(0, name.length() - ending.length()) : "";
        return listed.contains(base) || base.equals(Candidate.FILE);
    }

    /**
     * The text of a signature's file, which is that one signature and nothing else: whoever adds a second block, or text
     * around it, has something in mind that other tools may believe.
     *
     * @throws IOException when it is something else, in a clause for people
     */
    private static String onlySignature(String name, InputStream in) throws IOException {
        String text = new String(in.readNBytes(MOST_SIGNATURE + 1), StandardCharsets.ISO_8859_1);
        String trimmed = text.strip();
        if (text.length() > MOST_SIGNATURE
                || !trimmed.startsWith(BEGIN)
                || !trimmed.endsWith(END)
                || trimmed.indexOf("-----BEGIN", 1) >= 0
                || trimmed.indexOf(END) != trimmed.length() - END.length()) {
            throw new IOException(
                    "expected one OpenPGP signature in " + name + " and nothing else, found more, or another thing");
        }
        return trimmed + "\n";
    }
}
