package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Somebody with nothing of ours: gpg, sha512sum, git, skopeo and Helm judge what was published. */
final class Stranger implements AutoCloseable {
    private final Path home;
    private final Path temp;

    /** Trusts the release manager's key. */
    Stranger(Path temp) throws IOException {
        this.temp = temp;
        this.home = Files.createTempDirectory("gpg"); // short: the agent's socket lies in it
        home.toFile().setReadable(false, false);
        home.toFile().setReadable(true, true);
        home.toFile().setExecutable(false, false);
        home.toFile().setExecutable(true, true);
        Path keys =
                Files.write(temp.resolve("stranger-keys"), ReleaseFixture.key().publicKey());
        gpg(temp, "gpg", "--batch", "--quiet", "--import", keys.toString());
    }

    private String gpg(Path directory, String... command) {
        String[] all = Stream.concat(Stream.of("env", "GNUPGHOME=" + home, "LC_ALL=C"), Stream.of(command))
                .toArray(String[]::new);
        return Tools.run(directory, all);
    }

    /** Every signature in a candidate's folder, and every checksum. @return how many signatures there were */
    int checkFolder(Path folder) throws IOException {
        assertThat(Tools.run(folder, "sha512sum", "--strict", "-c", "checksums.sha512")
                        .lines())
                .isNotEmpty()
                .allMatch(l -> l.endsWith(": OK"));
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        int signatures = 0;
        for (Path file : files) {
            if (file.toString().endsWith(".asc")) {
                assertThat(gpg(
                                folder,
                                "gpg",
                                "--batch",
                                "--verify",
                                file.toString(),
                                file.toString().replaceAll("\\.asc$", "")))
                        .contains("Good signature from \"Asha (CODE SIGNING KEY) <asha@example.org>\"")
                        .contains(ReleaseFixture.key().fingerprint().substring(24));
                signatures++;
            } else if (file.toString().endsWith(".sha512") && !file.endsWith("checksums.sha512")) {
                assertThat(Tools.run(folder, "sha512sum", "--strict", "-c", file.toString()))
                        .contains(": OK");
            }
        }
        return signatures;
    }

    void checkTag(Path repository, String tag, String commit) {
        assertThat(gpg(repository, "git", "tag", "-v", tag))
                .contains("object " + commit)
                .contains("Good signature from \"Asha");
    }

    /** skopeo's view of an image: its digest; its layers are fetched and hashed by a copy to a folder. */
    String image(String reference, String credentials) throws IOException {
        Path copy = Files.createTempDirectory(temp, "copy");
        Tools.run(
                temp,
                "skopeo",
                "copy",
                "--src-tls-verify=false",
                "--src-creds",
                credentials,
                "docker://" + reference,
                "dir:" + copy);
        return Tools.run(
                        temp,
                        "skopeo",
                        "inspect",
                        "--tls-verify=false",
                        "--creds",
                        credentials,
                        "--format",
                        "{{.Digest}}",
                        "docker://" + reference)
                .strip();
    }

    /** The artifact's manifest as skopeo sees it. */
    JsonNode manifest(String reference, String credentials) throws IOException {
        return new ObjectMapper()
                .readTree(Tools.run(
                        temp,
                        "skopeo",
                        "inspect",
                        "--raw",
                        "--tls-verify=false",
                        "--creds",
                        credentials,
                        "docker://" + reference));
    }

    /** Helm fetches the chart from a server that lets everybody read, and renders it. */
    String chart(String host, String path, String version) {
        assertThat(Helm.show("oci://" + host + path)
                        .chart()
                        .withVersion(version)
                        .plainHttp()
                        .call())
                .contains("version: " + version, "appVersion: " + version);
        return Helm.template("oci://" + host + path)
                .withVersion(version)
                .withName("r")
                .plainHttp()
                .call();
    }

    @Override
    public void close() throws IOException {
        Tools.run(temp, "env", "GNUPGHOME=" + home, "gpgconf", "--kill", "all");
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
