package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.check.Proof;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.TestKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verification says what it proved, and never more; on registries in folders. */
class VerifyTest {
    private static final Optional<byte[]> KEYS =
            Optional.of(ReleaseFixture.key().publicKey());

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

    private static Verify.Options expecting(Proof proof) {
        return new Verify.Options(KEYS, false, false, Optional.of(proof));
    }

    private static Verify.Options trusting() {
        return new Verify.Options(KEYS, false, false, Optional.empty());
    }

    private Verify.Result at(String registry, String tag, Verify.Options options) {
        Registry opened = Registries.open(
                "oci-layout:registry/" + registry, RegistryOptions.defaults().withLayoutBase(temp));
        return new Verify(options, release.clock(), Progress.silent()).candidate(opened, "darwin-release", tag);
    }

    private static List<String> failed(Verify.Result result) {
        return Check.failures(result.checks()).stream().map(Check::name).toList();
    }

    /** What somebody can do who may push to the release registry, and holds no key. */
    private void copyToRelease() throws IOException {
        try (Stream<Path> all = Files.walk(temp.resolve("registry/staging"))) {
            for (Path from : all.filter(Files::isRegularFile).toList()) {
                String path = temp.resolve("registry/staging").relativize(from).toString();
                Path to = temp.resolve("registry/release").resolve(path.replaceFirst("^rc1/", ""));
                Files.createDirectories(to.getParent());
                if (path.endsWith("index.json")) {
                    Files.writeString(to, Files.readString(from).replace("1.3.0-RC1", "1.3.0"));
                } else {
                    Files.copy(from, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    @Test
    void aCandidatesNameProvesASignedCandidate() {
        Verify.Result result = at("staging", "1.3.0-RC1", trusting());
        assertThat(result.checks()).allMatch(c -> c.state() == Check.State.PASSED);
        assertThat(result.passed()).isTrue();
        assertThat(result.proved()).isEqualTo(Proof.CANDIDATE);
        Verify.Result voted = at("staging", "1.3.0-RC1", expecting(Proof.VOTED));
        assertThat(voted.passed()).isFalse();
        assertThat(failed(voted)).containsExactly("vote record");
        String digest = result.digest().orElseThrow().toString();
        assertThat(at("staging", digest, trusting()).passed()).isTrue();
    }

    @Test
    void aReleasesNameWithoutVoteOrPromotionProvesNothing() throws IOException {
        copyToRelease();
        Verify.Result result = at("release", "1.3.0", trusting());
        assertThat(result.passed()).isFalse();
        assertThat(failed(result)).containsExactly("vote record", "promotion record");
        assertThat(result.proved()).isEqualTo(Proof.CANDIDATE);
        assertThat(at("release", "1.3.0", expecting(Proof.CANDIDATE)).passed()).isTrue();
    }

    @Test
    void aVoteThatPassedIsNoPromotion() throws IOException {
        release.pass();
        assertThat(at("staging", "1.3.0-RC1", expecting(Proof.VOTED)).passed()).isTrue();
        copyToRelease();
        Verify.Result result = at("release", "1.3.0", trusting());
        assertThat(failed(result)).containsExactly("promotion record");
        assertThat(result.proved()).isEqualTo(Proof.VOTED);
    }

    @Test
    void aVoteThatFailedIsAFailedCheck() {
        release.veto();
        Verify.Result result = at("staging", "1.3.0-RC1", trusting());
        assertThat(failed(result)).containsExactly("vote record");
        assertThat(result.passed()).isFalse();
    }

    @Test
    void aReleaseIsProvenUnderItsOwnNamesOnly() throws IOException {
        release.pass();
        release.promote();
        Verify.Result result = at("release", "1.3.0", trusting());
        assertThat(failed(result)).isEmpty();
        assertThat(result.proved()).isEqualTo(Proof.RELEASED);
        assertThat(result.passed()).isTrue();
        // The same bytes, records and all, in a place of somebody else's.
        try (Stream<Path> all = Files.walk(temp.resolve("registry/release"))) {
            for (Path from : all.filter(Files::isRegularFile).toList()) {
                Path to = temp.resolve("registry/elsewhere")
                        .resolve(temp.resolve("registry/release").relativize(from));
                Files.createDirectories(to.getParent());
                Files.copy(from, to);
            }
        }
        Verify.Result elsewhere = at("elsewhere", "1.3.0", trusting());
        assertThat(failed(elsewhere)).containsExactly("promotion record");
        assertThat(elsewhere.proved()).isEqualTo(Proof.VOTED);
        assertThat(at("elsewhere", "1.3.0", expecting(Proof.VOTED)).passed()).isTrue();
    }

    @Test
    void keysThatCameAlongCountOnlyWhenAskedFor() {
        Verify.Result result = at("staging", "1.3.0-RC1", Verify.Options.none());
        assertThat(failed(result)).containsExactly("key");
        assertThat(result.passed()).isFalse();
        assertThat(at("staging", "1.3.0-RC1", new Verify.Options(Optional.empty(), true, false, Optional.empty()))
                        .passed())
                .isTrue();
    }

    private Verify.Result folder(boolean skip) {
        return new Verify(new Verify.Options(KEYS, false, skip, Optional.empty()), release.clock(), Progress.silent())
                .folder(release.dist("1.3.0-RC1"));
    }

    @Test
    void aFolderIsCompleteOnlyForWhoSaysSo() {
        Verify.Result result = folder(false);
        assertThat(failed(result)).isEmpty();
        assertThat(result.skipped()).hasSize(2); // images
        assertThat(result.complete()).isFalse();
        assertThat(result.passed()).isFalse();
        assertThat(folder(true).passed()).isTrue();
        assertThat(new Verify(
                                new Verify.Options(KEYS, false, true, Optional.of(Proof.VOTED)),
                                release.clock(),
                                Progress.silent())
                        .folder(release.dist("1.3.0-RC1"))
                        .passed())
                .isFalse();
    }

    @Test
    void nothingMayLieInAFolderThatNobodySigned() throws IOException {
        Path folder = release.dist("1.3.0-RC1");
        Path sub = Files.createDirectory(folder.resolve("install"));
        assertThat(failed(folder(true))).containsExactly("file");
        Files.delete(sub);
        for (String name : List.of(
                "README.sh",
                "checksums.sha512.evil",
                "candidate.json.asc.asc",
                "darwin-1.3.0.tgz.sha512.asc",
                ".asc")) {
            Path extra = Files.writeString(folder.resolve(name), "x");
            assertThat(failed(folder(true))).as(name).containsExactly("file");
            Files.delete(extra);
        }
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), folder.resolve("candidate.json"));
        assertThat(failed(folder(true))).isNotEmpty();
        Files.delete(link);
        Files.delete(folder.resolve("RELEASE_NOTES.md"));
        assertThat(failed(folder(true))).containsExactly("file");
    }

    @Test
    void aSignaturesFileIsThatSignatureAndNothingElse() throws IOException {
        Path asc = release.dist("1.3.0-RC1").resolve("RELEASE_NOTES.md.asc");
        String good = Files.readString(asc);
        for (String bad : List.of(
                good + good,
                good + "-----BEGIN PGP PUBLIC KEY BLOCK-----\n",
                "Trust me.\n" + good,
                good + "and more\n",
                good + " ".repeat(1 << 17),
                "")) {
            Files.writeString(asc, bad);
            assertThat(failed(folder(true))).as(bad.length() + " characters").isNotEmpty();
        }
        Files.writeString(asc, good.replace("\n", "\r\n"));
        assertThat(failed(folder(true))).isEmpty();
    }

    @Test
    void theKeysOfAFolderAreOnlyThoseThatOneTrusts() throws IOException {
        Path keys = release.dist("1.3.0-RC1").resolve("KEYS");
        ByteArrayOutputStream more = new ByteArrayOutputStream();
        more.write(Files.readAllBytes(keys));
        more.write('\n');
        more.write(TestKey.make("Mallory").publicKey());
        Files.write(keys, more.toByteArray());
        assertThat(failed(folder(true))).containsExactly("keys");
    }
}
