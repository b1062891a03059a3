package io.jenkins.plugins.darwin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.darwin.testing.Cli;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence, fetch, bundle, import and withdraw as commands: exit codes, the JSON document, one sentence for bad input. */
class EvidenceCommandsTest {
    @TempDir
    Path temp;

    private ReleaseFixture release;
    private Map<String, String> environment;
    private Path keys;

    @BeforeEach
    void candidate() throws IOException {
        release = ReleaseFixture.layouts(temp);
        release.cut();
        release.build();
        release.sign();
        keys = Files.write(temp.resolve("KEYS.txt"), ReleaseFixture.key().publicKey());
        environment = Map.of(
                "DARWIN_CACHE",
                temp.resolve("cache").toString(),
                "DARWIN_SIGNING_KEY",
                Files.writeString(temp.resolve("key.asc"), ReleaseFixture.key().secret())
                        .toString(),
                "DARWIN_SIGNING_PASSPHRASE",
                TestKey.PASSPHRASE);
    }

    private Cli darwin(String... args) {
        List<String> all = new ArrayList<>(List.of(
                "--repo",
                release.origin().toString(),
                "--config",
                release.configFile().toString()));
        all.addAll(List.of(args));
        return Cli.run(temp, environment, all.toArray(String[]::new));
    }

    private JsonNode json(int code, String... args) {
        List<String> all = new ArrayList<>(List.of("--json"));
        all.addAll(List.of(args));
        Cli run = darwin(all.toArray(String[]::new));
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
        return run.json();
    }

    private void complains(int code, String sentence, String... args) {
        Cli run = darwin(args);
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
        assertThat(run.complaint()).contains(sentence);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(temp.resolve(name), content).toString();
    }

    @Test
    void evidenceIsStatedShownAndProven() throws IOException {
        String health = file("health.json", "{\"result\":\"passed\",\"summary\":\"42 pods\"}");
        JsonNode dry = json(0, "--dry-run", "attest", "1.3.0-RC1", "--type", "health", "--file", health);
        assertThat(dry.path("outcome").asText()).isEqualTo("planned");
        JsonNode done = json(0, "attest", "1.3.0-RC1", "--type", "health", "--file", health);
        assertThat(done.path("version").asText()).isEqualTo("1.3.0");
        assertThat(done.path("candidate").asText()).isEqualTo("1.3.0-RC1");
        assertThat(done.path("type").asText()).isEqualTo("health");
        assertThat(done.path("state").asText()).isEqualTo("passed");
        assertThat(done.path("statement").asText()).startsWith("sha256:");
        assertThat(json(0, "attest", "1.3.0-RC1", "--type", "health", "--file", health)
                        .path("outcome")
                        .asText())
                .isEqualTo("unchanged");
        JsonNode status = json(0, "status", "1.3.0");
        assertThat(status.path("candidates")
                        .get(0)
                        .path("evidence")
                        .get(0)
                        .path("summary")
                        .asText())
                .isEqualTo("42 pods");
        assertThat(darwin("status", "1.3.0").out()).contains("evidence: health passed, 42 pods, by Asha");
        assertThat(darwin("verify", "1.3.0-RC1").out()).contains("states on").contains("passed, 42 pods");
        // by its place, in a registry that the command line names
        assertThat(json(
                                0,
                                "attest",
                                "oci-layout:registry/staging/darwin-release:1.3.0-RC1",
                                "--type",
                                "json",
                                "--file",
                                file("free.json", "{}"))
                        .path("state")
                        .asText())
                .isEqualTo("stated");
    }

    @Test
    void badInputIsOneSentence() throws IOException {
        String free = file("free.json", "{}");
        complains(2, "Not a type of evidence", "attest", "1.3.0-RC1", "--type", "junt", "--file", free);
        complains(2, "can't be read", "attest", "1.3.0-RC1", "--type", "json", "--file", "nowhere.json");
        complains(2, "passed or failed", "attest", "1.3.0-RC1", "--type", "load", "--file", free);
        complains(2, "Not a candidate or release", "attest", "x", "--type", "json", "--file", free);
        complains(2, "Not a commit", "attest", "1.3.0-RC1", "--type", "json", "--file", free, "--commit", "main");
        complains(2, "Not a digest", "attest", "1.3.0-RC1", "--type", "json", "--file", free, "--digest", "x");
        complains(3, "does not exist", "attest", "1.3.0-RC9", "--type", "json", "--file", free);
        complains(
                3,
                "is no evidence on 1.3.0-RC1",
                "attest",
                "1.3.0-RC1",
                "--type",
                "json",
                "--file",
                free,
                "--digest",
                "sha256:" + "a".repeat(64));
        complains(3, "1.3.0 does not exist", "fetch", "1.3.0");
        complains(2, "Missing required option", "withdraw", "1.3.0");
        complains(3, "1.3.0 does not exist", "withdraw", "1.3.0", "--reason", "It deletes clusters.");
        complains(2, "No bundle to import", "import", "nowhere", "--to", "oci-layout:x");
        complains(3, "is not a bundle", "import", free, "--to", "oci-layout:x", "--keys", keys.toString());
    }

    @Test
    void filesAreFetchedByNameAndByPlace() {
        JsonNode fetched = json(0, "fetch", "1.3.0-RC1");
        assertThat(fetched.path("directory").asText()).endsWith("1.3.0-RC1");
        assertThat(temp.resolve("1.3.0-RC1/checksums.sha512.asc")).exists();
        JsonNode there = json(
                0,
                "fetch",
                "oci-layout:registry/staging/darwin-release:1.3.0-RC1",
                "--to",
                "other",
                "--keys",
                keys.toString());
        assertThat(there.path("files").size()).isEqualTo(fetched.path("files").size());
        assertThat(temp.resolve("other/candidate.json"))
                .hasSameBinaryContentAs(temp.resolve("1.3.0-RC1/candidate.json"));
        assertThat(json(0, "fetch", "1.3.0-RC1").path("outcome").asText()).isEqualTo("unchanged");
    }

    @Test
    void aBundleGoesThroughAFile() {
        JsonNode dry = json(0, "--dry-run", "bundle", "1.3.0-RC1", "-o", "rc1.bundle");
        assertThat(dry.path("outcome").asText()).isEqualTo("planned");
        assertThat(temp.resolve("rc1.bundle")).doesNotExist();
        JsonNode written = json(0, "bundle", "1.3.0-RC1", "-o", "rc1.bundle");
        JsonNode imported = json(0, "import", "rc1.bundle", "--to", "oci-layout:there", "--keys", keys.toString());
        assertThat(imported.path("digest")).isEqualTo(written.path("digest"));
        assertThat(imported.path("references"))
                .extracting(JsonNode::asText)
                .anyMatch(r -> r.endsWith("there/darwin-compute:1.3.0-RC1"));
        Cli verified = darwin("verify", "oci-layout:there/darwin-release:1.3.0-RC1", "--keys", keys.toString());
        assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
        complains(3, "a file that is there already", "bundle", "1.3.0-RC1", "-o", "rc1.bundle");
    }

    @Test
    void twoCandidatesAreCompared() throws IOException {
        String bom =
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[{\"name\":\"zlib\",\"version\":\"%s\"}]}";
        json(0, "attest", "1.3.0-RC1", "--type", "sbom", "--file", file("bom1.json", bom.formatted("1.2")));
        JsonNode same = json(0, "diff", "1.3.0-RC1", "1.3.0-RC1");
        assertThat(same.path("contents"))
                .isNotEmpty()
                .allMatch(i -> i.path("state").asText().equals("same"));
        assertThat(same.path("commits")).isEmpty();
        assertThat(same.path("packages")).isEmpty();

        release.commit("release/1.3.0", "fix: more in it\n", Map.of("serve/dist/more.txt", "more".getBytes()));
        release.build();
        release.sign();
        assertThat(json(0, "diff", "1.3.0-RC1", "1.3.0-RC2").has("packages")).isFalse();
        json(0, "attest", "1.3.0-RC2", "--type", "sbom", "--file", file("bom2.json", bom.formatted("1.3")));
        JsonNode diff = json(0, "diff", "1.3.0-RC1", "oci-layout:registry/staging/darwin-release:1.3.0-RC2");
        assertThat(diff.path("commits"))
                .singleElement()
                .matches(c -> c.path("subject").asText().equals("fix: more in it"));
        assertThat(diff.path("contents"))
                .filteredOn(i -> i.path("state").asText().equals("changed"))
                .extracting(i -> i.path("name").asText())
                .contains("image ml-serve-app", "darwin-X.Y.Z-src.tar.gz");
        assertThat(diff.path("images"))
                .filteredOn(i -> i.path("image").asText().equals("ml-serve-app"))
                .singleElement()
                .matches(i -> i.path("image").asText().equals("ml-serve-app")
                        && i.path("added").size() == 1
                        && i.path("addedBytes").asLong() > 0);
        assertThat(diff.path("packages"))
                .singleElement()
                .matches(p -> p.path("name").asText().equals("zlib")
                        && p.path("from").asText().equals("1.2")
                        && p.path("to").asText().equals("1.3"));
        assertThat(darwin("diff", "1.3.0-RC1", "1.3.0-RC2").out())
                .contains("fix: more in it")
                .contains("zlib 1.2 -> 1.3")
                .contains("layers of ml-serve-app:");
        assertThat(json(0, "diff", "1.3.0-RC2", "1.3.0-RC1").path("gone").asInt())
                .isEqualTo(1);
        complains(3, "1.3.0-RC7 does not exist", "diff", "1.3.0-RC1", "1.3.0-RC7");
    }

    @Test
    void aReleaseIsTakenBack() {
        release.pass();
        release.promote();
        assertThat(darwin("verify", "1.3.0").code()).isZero();
        JsonNode done = json(0, "withdraw", "1.3.0", "--reason", "It deletes the wrong cluster.");
        assertThat(done.path("announcement").asText()).contains("[WITHDRAWN] darwin 1.3.0");
        Cli verify = darwin("verify", "1.3.0");
        assertThat(verify.code()).isEqualTo(3);
        assertThat(verify.out()).contains("and WITHDRAWN: 1.3.0 was withdrawn at");
        assertThat(darwin("status", "1.3.0").out()).contains("WITHDRAWN: 1.3.0").contains("Next: tell whoever has it");
        complains(3, "Fetch it all the same with --withdrawn.", "fetch", "1.3.0");
        assertThat(json(0, "fetch", "1.3.0", "--withdrawn").path("withdrawn").asText())
                .isEqualTo("It deletes the wrong cluster.");
    }

    @Test
    void theKeyIsExportedForToolsWithoutOpenPgp() throws IOException {
        assertThat(json(0, "key", "export", "--pem", "release.pem")
                        .path("outcome")
                        .asText())
                .isEqualTo("done");
        assertThat(temp.resolve("release.pem"))
                .content()
                .startsWith("-----BEGIN PUBLIC KEY-----\n")
                .endsWith("\n-----END PUBLIC KEY-----\n");
        assertThat(json(0, "key", "export", "--pem", "release.pem")
                        .path("outcome")
                        .asText())
                .isEqualTo("unchanged");
        file("other.pem", "something else");
        complains(3, "is not written over", "key", "export", "--pem", "other.pem");
    }
}
