package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.TestKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A candidate's files, and a whole release in one file: what arrives is what was signed, or nothing arrives. */
class FetchAndBundleTest {
    @TempDir
    Path temp;

    private ReleaseFixture release;

    @BeforeEach
    void candidate() {
        release = ReleaseFixture.layouts(temp);
        release.cut();
        release.build();
        release.sign();
    }

    private SignatureVerifier trusting(TestKey key) {
        return SignatureVerifier.of(key.publicKey(), release.clock());
    }

    private Outcome<Fetch.Result> fetch(String name, Path to, TestKey key) {
        return release.run(
                w -> new Fetch(Located.named(w, name), trusting(key), Optional.empty(), to, false, Progress.silent()));
    }

    private RegistryOptions options() {
        return RegistryOptions.defaults().withLayoutBase(temp);
    }

    private Outcome<BundleFile.Written> bundle(String name, Path file) {
        return release.run(w -> BundleFile.write(
                Located.named(w, name), trusting(ReleaseFixture.key()), file, options(), Progress.silent()));
    }

    private Outcome<BundleFile.Imported> imported(Path file, String to, TestKey key) {
        return BundleFile.read(
                file,
                temp.resolve("unpacked"),
                Registries.open("oci-layout:" + to, options()),
                located -> trusting(key),
                options(),
                Progress.silent(),
                (located, importing) -> importing.run(false, Progress.silent()));
    }

    private List<Path> all(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void theFolderIsTheCandidateAndIsMadeOnce() {
        Path to = temp.resolve("fetched");
        Outcome<Fetch.Result> outcome = fetch("1.3.0-RC1", to, ReleaseFixture.key());
        assertThat(outcome.result().files())
                .contains(
                        "candidate.json",
                        "checksums.sha512",
                        "checksums.sha512.asc",
                        "darwin-1.3.0-src.tar.gz",
                        "KEYS");
        Verify.Result verified = new Verify(
                        new Verify.Options(
                                Optional.of(ReleaseFixture.key().publicKey()), false, true, Optional.empty()),
                        release.clock(),
                        Progress.silent())
                .folder(to);
        assertThat(verified.passed()).isTrue();
        assertThat(fetch("1.3.0-RC1", to, ReleaseFixture.key()).kind()).isEqualTo(Outcome.Kind.UNCHANGED);
    }

    @Test
    void aFolderThatHoldsSomethingElseIsLeftAlone() throws IOException {
        Path to = temp.resolve("fetched");
        fetch("1.3.0-RC1", to, ReleaseFixture.key());
        Files.writeString(to.resolve("RELEASE_NOTES.md"), "mine");
        assertThatThrownBy(() -> fetch("1.3.0-RC1", to, ReleaseFixture.key()))
                .hasMessageContaining("found another RELEASE_NOTES.md");
        assertThat(to.resolve("RELEASE_NOTES.md")).hasContent("mine");
    }

    @Test
    void whatNoTrustedKeySignedIsNotFetchedNorBundled() {
        Path to = temp.resolve("fetched");
        assertThatThrownBy(() -> fetch("1.3.0-RC1", to, TestKey.make("Mallory")))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("is not a candidate that you trust");
        assertThat(to).doesNotExist();
    }

    /** A byte that the registry lost or changed shows while it arrives, and no folder is made. */
    @Test
    void aChangedFileMakesNoFolder() throws IOException {
        var file = release.with(w -> Located.named(w, "1.3.0-RC1").candidate().file("darwin-1.3.0-src.tar.gz"))
                .orElseThrow();
        Path blob = temp.resolve("registry/staging/darwin-release/blobs/sha256")
                .resolve(file.digest().hex());
        try (RandomAccessFile bytes = new RandomAccessFile(blob.toFile(), "rw")) {
            bytes.seek(100);
            bytes.write(bytes.read() ^ 1);
        }
        assertThatThrownBy(() -> fetch("1.3.0-RC1", temp.resolve("fetched"), ReleaseFixture.key()))
                .isInstanceOf(ReleaseException.class);
        try (Stream<Path> left = Files.list(temp)) {
            assertThat(left.map(p -> p.getFileName().toString())).noneMatch(n -> n.contains("fetched"));
        }
    }

    @Test
    void aReleaseTravelsInOneFileAndIsTheSameThere() throws IOException {
        byte[] health = "{\"result\":\"passed\"}".getBytes(StandardCharsets.UTF_8);
        release.run(w -> new Attest(
                w,
                Located.named(w, "1.3.0-RC1"),
                new Attest.Claim("health", "health.json", health, Optional.empty(), Optional.empty()),
                release.signer()));
        release.pass();
        release.promote();
        Path file = temp.resolve("darwin-1.3.0.bundle");
        Outcome<BundleFile.Written> written = bundle("1.3.0", file);
        assertThat(written.result().bytes()).isEqualTo(Files.size(file));
        assertThatThrownBy(() -> bundle("1.3.0", file)).hasMessageContaining("a file that is there already");

        Outcome<BundleFile.Imported> there = imported(file, "elsewhere", ReleaseFixture.key());
        assertThat(there.changes())
                .extracting(Change::kind)
                .contains("image", "chart", "candidate", "evidence", "vote record", "promotion record");
        assertThat(there.result().digest()).isEqualTo(written.result().digest());
        Registry elsewhere = Registries.open("oci-layout:elsewhere", options());
        for (String repository : List.of("darwin-release", "darwin-compute", "ml-serve-app", "charts/darwin")) {
            assertThat(elsewhere
                            .repository(repository)
                            .resolve("1.3.0")
                            .orElseThrow()
                            .digest())
                    .as(repository)
                    .isEqualTo(Registries.open("oci-layout:registry/release", options())
                            .repository(repository)
                            .resolve("1.3.0")
                            .orElseThrow()
                            .digest());
        }
        Verify.Result verified = new Verify(
                        new Verify.Options(
                                Optional.of(ReleaseFixture.key().publicKey()),
                                false,
                                false,
                                Optional.of(io.jenkins.plugins.darwin.check.Proof.VOTED)),
                        release.clock(),
                        Progress.silent())
                .candidate(elsewhere, "darwin-release", "1.3.0");
        assertThat(verified.checks())
                .filteredOn(c -> c.name().equals("evidence"))
                .hasSize(3);
        assertThat(Check.failures(verified.checks())).isEmpty();
        assertThat(imported(file, "elsewhere", ReleaseFixture.key()).kind()).isEqualTo(Outcome.Kind.UNCHANGED);
        assertThat(all(temp.resolve("unpacked"))).isEmpty();
        try (Stream<Path> left = Files.list(temp)) {
            assertThat(left.map(p -> p.getFileName().toString())).noneMatch(n -> n.startsWith(".darwin"));
        }
    }

    @Test
    void theSameReleaseIsTheSameFile() throws IOException {
        bundle("1.3.0-RC1", temp.resolve("a.bundle"));
        bundle("1.3.0-RC1", temp.resolve("b.bundle"));
        assertThat(Files.mismatch(temp.resolve("a.bundle"), temp.resolve("b.bundle")))
                .isEqualTo(-1);
    }

    @Test
    void aNameThatLeadsElsewhereThereStopsEverything() {
        Path file = temp.resolve("a.bundle");
        bundle("1.3.0-RC1", file);
        Registry elsewhere = Registries.open("oci-layout:elsewhere", options());
        imported(file, "other", ReleaseFixture.key());
        var other = Registries.open("oci-layout:other", options()).repository("ml-serve-app");
        var manifest = other.manifest("1.3.0-RC1").orElseThrow();
        new io.jenkins.plugins.darwin.registry.ImageCopier(Progress.silent())
                .copy(other, manifest.digest(), elsewhere.repository("darwin-compute"));
        elsewhere.repository("darwin-compute").tag(manifest, "1.3.0-RC1");
        assertThatThrownBy(() -> imported(file, "elsewhere", ReleaseFixture.key()))
                .hasMessageContaining("Nothing was changed")
                .hasMessageContaining("darwin-compute:1.3.0-RC1");
        assertThat(elsewhere.repository("darwin-release").tags()).isEmpty();
    }

    @Test
    void aBundleThatWasTamperedWithBringsNothing() throws IOException {
        Path file = temp.resolve("a.bundle");
        bundle("1.3.0-RC1", file);
        assertThatThrownBy(() -> imported(file, "elsewhere", TestKey.make("Mallory")))
                .hasMessageContaining("Nothing was imported")
                .hasMessageContaining("manifest signature");
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\"branch\"");
        assertThat(at).isPositive();
        bytes[at] ^= 1;
        Path changed = Files.write(temp.resolve("changed.bundle"), bytes);
        assertThatThrownBy(() -> imported(changed, "elsewhere", ReleaseFixture.key()))
                .isInstanceOf(ReleaseException.class);
        Path cut = Files.write(temp.resolve("cut.bundle"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> imported(cut, "elsewhere", ReleaseFixture.key()))
                .isInstanceOf(ReleaseException.class);
        assertThat(temp.resolve("elsewhere")).doesNotExist();
        assertThat(all(temp.resolve("unpacked"))).isEmpty();
    }

    /** A file of a stranger leads nowhere outside its folder. */
    @Test
    void aBundleMakesPlainFilesWithPlainNamesAlone() throws IOException {
        for (String name : List.of("../evil", "/evil", "a/../../evil", "a//b", ".hidden", "a\nb")) {
            Path file = Files.write(temp.resolve("evil.bundle"), tar(name));
            assertThatThrownBy(() -> imported(file, "elsewhere", ReleaseFixture.key()))
                    .as(name)
                    .hasMessageContaining("is not a bundle");
        }
        Files.write(temp.resolve("none.bundle"), new byte[0]);
        assertThatThrownBy(() -> imported(temp.resolve("none.bundle"), "elsewhere", ReleaseFixture.key()))
                .hasMessageContaining("is not a bundle");
        Files.write(temp.resolve("other.bundle"), tar("registry/x/index.json"));
        assertThatThrownBy(() -> imported(temp.resolve("other.bundle"), "elsewhere", ReleaseFixture.key()))
                .hasMessageContaining("expected bundle.json in it");
        assertThat(temp.resolve("evil")).doesNotExist();
        assertThat(temp.resolveSibling("evil")).doesNotExist();
    }

    private static byte[] tar(String name) throws IOException {
        var out = new java.io.ByteArrayOutputStream();
        try (var tar = io.jenkins.plugins.darwin.archive.TarGzWriter.uncompressed(out, java.time.Instant.EPOCH)) {
            tar.file(name, false, 1, new ByteArrayInputStream(new byte[] {1}));
        }
        return out.toByteArray();
    }
}
