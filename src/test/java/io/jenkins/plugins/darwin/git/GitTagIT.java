package io.jenkins.plugins.darwin.git;

import static io.jenkins.plugins.darwin.git.GitOrigin.MANAGER;
import static io.jenkins.plugins.darwin.git.GitOrigin.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed tags: gpg signs the bytes here, git verifies the whole. */
class GitTagIT {
    @TempDir
    Path home;

    private Path gnupg; // short, for the agent's socket has at most 108 characters

    @BeforeEach
    void makeKey() throws Exception {
        gnupg = Files.createTempDirectory(
                Path.of("/tmp"),
                "gt",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        gpg("--quick-generate-key", "Manager <manager@example.org>", "ed25519", "sign", "never");
    }

    @AfterEach
    void endAgent() {
        Tools.run(home, "gpgconf", "--homedir", gnupg.toString(), "--kill", "all");
        MirrorStore.deleteQuietly(gnupg);
    }

    private void gpg(String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(
                "gpg", "--homedir", gnupg.toString(), "--batch", "--pinentry-mode", "loopback", "--passphrase", ""));
        command.addAll(List.of(arguments));
        Tools.run(home, command.toArray(String[]::new));
    }

    private String sign(byte[] bytes) throws Exception {
        Path file = Files.write(home.resolve("tag"), bytes);
        Files.deleteIfExists(home.resolve("tag.asc"));
        gpg("--armor", "--detach-sign", file.toString());
        return Files.readString(home.resolve("tag.asc"));
    }

    @Test
    void gitVerifiesWhatWeWrote() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        try (GitMirror mirror = origin.open()) {
            byte[] unsigned = mirror.tagObject("v1.3.0", origin.head(), MANAGER, NOON, "Darwin v1.3.0\n\nWith a body");
            CommitId tag = mirror.writeTag(unsigned, sign(unsigned));
            assertThat(mirror.push(List.of(RefUpdate.createTag("v1.3.0", tag)))).isEqualTo(new PushOutcome.Done());
            SignedTag read = mirror.readTag("v1.3.0").orElseThrow();
            assertThat(read.tag()).isEqualTo(new TagRef(tag, origin.head(), true));
            assertThat(read.payload()).isEqualTo(unsigned);
            assertThat(read.signature())
                    .get()
                    .asString()
                    .startsWith("-----BEGIN PGP SIGNATURE-----\n")
                    .endsWith("-----END PGP SIGNATURE-----\n");
        }
        Map<String, String> keys = Map.of("GNUPGHOME", gnupg.toString());
        assertThat(origin.gitWith(keys, origin.bare, "tag", "-v", "v1.3.0"))
                .contains(
                        "Good signature",
                        "With a body",
                        "tagger Release Mänager <manager@example.org> 1772366400 +0000");
        origin.git(origin.bare, "fsck", "--strict", "--no-dangling");
        assertThat(origin.git(origin.bare, "describe", "main")).isEqualTo("v1.3.0");
    }

    @Test
    void readsATagThatGitSigned() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        origin.gitWith(
                Map.of("GNUPGHOME", gnupg.toString(), "GIT_COMMITTER_EMAIL", "manager@example.org"),
                origin.work,
                "-c",
                "user.signingkey=manager@example.org",
                "tag",
                "-s",
                "-m",
                "by git",
                "v2.0.0");
        origin.git("push", "-q", "origin", "v2.0.0");
        try (GitMirror mirror = origin.open()) {
            SignedTag read = mirror.readTag("v2.0.0").orElseThrow();
            Files.write(home.resolve("payload"), read.payload());
            Files.writeString(home.resolve("payload.asc"), read.signature().orElseThrow());
            gpg(
                    "--verify",
                    home.resolve("payload.asc").toString(),
                    home.resolve("payload").toString());
            assertThat(mirror.readTag("v1.2.0").orElseThrow().signature()).isEmpty();
            assertThat(mirror.readTag("light")).isEmpty();
            assertThat(mirror.readTag("v7.7.7")).isEmpty();
        }
    }

    @Test
    void refusesWhatWouldMakeABadTag() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        try (GitMirror mirror = origin.open()) {
            assertThatThrownBy(() -> mirror.tagObject("v1..0", origin.head(), MANAGER, NOON, "x"))
                    .isInstanceOf(ReleaseException.class);
            assertThatThrownBy(() -> mirror.tagObject(
                            "v1.3.0", origin.head(), MANAGER, NOON, "x\n-----BEGIN PGP SIGNATURE-----\n"))
                    .hasMessageContaining("would take for the tag's signature");
            byte[] unsigned = mirror.tagObject("v1.3.0", origin.head(), MANAGER, NOON, "x");
            assertThatThrownBy(() -> mirror.writeTag(unsigned, "none"))
                    .hasMessageContaining("Not a signature for a tag");
            assertThatThrownBy(() -> mirror.writeTag("object x\n".getBytes(StandardCharsets.UTF_8), sign(unsigned)))
                    .hasMessageContaining("Not the bytes of a tag");
        }
    }
}
