package io.jenkins.plugins.darwin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every value is checked: what is refused, with which words, and what is not. */
class ConfigValuesTest {
    private static void read(String yaml) {
        ConfigReader.read("f", yaml.getBytes(StandardCharsets.UTF_8), "darwin");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "project: Darwin|f:1:10: project: expected lower-case letters and digits, joined by single dots, underscores or hyphens, found 'Darwin'.",
                "project: a..b|f:1:10: project: expected lower-case",
                "project: ../x|f:1:10: project: expected lower-case",
                "trunk: a..b|f:1:8: trunk: expected the name of a Git branch, for example main, found 'a..b'.",
                "trunk: -f|trunk: expected the name of a Git branch",
                "trunk: a b|trunk: expected the name of a Git branch",
                "trunk: a.lock|trunk: expected the name of a Git branch",
                "trunk: \"a;\\nb\"|trunk: expected the name of a Git branch",
                "trunk: \"main\\n\"|trunk: expected the name of a Git branch",
                "git: {author: nobody}|f:1:15: git.author: Not a person: expected Name <mail@example.org>, found 'nobody'.",
                "charts: [/etc]|f:1:10: charts: Not a path inside the repository: '/etc' is absolute",
                "charts: [../x]|charts: Not a path inside the repository: '../x' leaves it",
                "charts: [a/../../x]|leaves it",
                "charts: [.git/hooks]|is in Git's own folder",
                "charts: [a, a]|charts: expected each item once, found one twice.",
                "charts: [{path: a, allow: [{image: redis}]}]|charts[0].allow[0]: expected the key 'reason'.",
                "charts: [{path: a, allow: [{image: 'a b', reason: x}]}]|charts[0].allow[0].image: expected an image's name",
                "charts: [{path: a, allow: [{image: a, reason: ' '}]}]|charts[0].allow[0].reason: expected one line of text",
                "charts: [{path: a, values: [../x]}]|'../x' leaves it",
                "charts: [{values: [x]}]|charts[0]: expected the key 'path'.",
                "charts: [{path: a}, {path: a, values: [x]}]|the chart a is named twice",
                "semver: maybe|semver: expected one of refuse, warn, found 'maybe'",
                "charts: helm|f:1:9: charts: expected a list, found 'helm'.",
                "images: [{files: a}]|f:1:10: images[0]: expected the key 'name'.",
                "images: [{name: a}]|f:1:10: images[0]: expected exactly one of files, dockerfile and command.",
                "images: [{name: a, files: x, dockerfile: y}]|expected exactly one of files, dockerfile and command.",
                "images: [{name: a, command: x}]|expected the key 'produces' beside 'command'.",
                "images: [{name: a, files: x, context: y}]|expected the key 'dockerfile' beside 'context'.",
                "images: [{name: a, files: ../x}]|images[].files: Not a path inside the repository: '../x' leaves it",
                "images: [{name: \"a\\n\", files: x}]|images[0].name: expected a repository's path",
                "images: [{name: a, command: ' ', produces: a}]|images[0].command: expected a shell command",
                "images: [{name: A, files: x}]|images[0].name: expected a repository's path as OCI has it",
                "images: [{name: a//b, files: x}]|images[0].name: expected a repository's path",
                "images: [{name: a:1, files: x}]|images[0].name: expected a repository's path",
                "images: [{name: darwin-release, files: x}]|'darwin-release' is the repository of the candidates themselves",
                "images: [{name: charts/a, files: x}]|'charts/a' is among the repositories of charts",
                "images: [{name: rc1/a, files: x}]|'rc1/a' is among the repositories of charts",
                "images: [{name: a, files: x}, {name: a, files: y}]|f:1:38: images[].name: two images are called 'a', the other on line 1",
                "images: [{name: a, files: x, target: ../etc}]|images[0].target: expected an absolute folder",
                "images: [{name: a, files: x, target: /a/../b}]|images[0].target: expected an absolute folder",
                "images: [{name: a, files: x, target: stage}]|images[].target: expected an absolute folder in the image, as the image is of files; found 'stage'",
                "images: [{name: a, dockerfile: x, target: /opt}]|images[].target: expected the name of a stage of the Dockerfile, found the folder '/opt'",
                "images: [{name: a, command: x, produces: a, target: b}]|images[].target: a command builds what it builds",
                "images: [{name: a, files: x, args: {A: b}}]|expected the key 'dockerfile' beside 'args'.",
                "images: [{name: a, command: x, produces: a, platforms: [linux/arm64]}]|expected the key 'dockerfile' beside 'platforms'.",
                "images: [{name: a, dockerfile: x, foreignLabels: true}]|expected the key 'command' beside 'foreignLabels'.",
                "images: [{name: a, files: x, env: [A]}]|images[].env: files are not built",
                "images: [{name: a, dockerfile: x, platforms: [arm64]}]|images[0].platforms[0]: expected os/architecture or os/architecture/variant, for example linux/arm64, found 'arm64'",
                "images: [{name: a, dockerfile: x, platforms: [linux/arm64, linux/arm64]}]|expected each item once, found one twice",
                "images: [{name: a, dockerfile: x, args: {GO: 1.22}}]|images[0].args.GO: expected text, found the number 1.22; put it in quotes",
                "images: [{name: a, dockerfile: x, env: ['A=b']}]|images[0].env[0]: expected a variable's name",
                "images: [{name: a, dockerfile: x, secrets: [{id: npm}]}]|images[0].secrets[0]: expected the key 'env'",
                "images: [{name: a, dockerfile: x, secrets: [{id: 'a,src=/etc/shadow', env: A}]}]|images[0].secrets[0].id: expected letters",
                "images: [{name: a, dockerfile: x, cache: 'h/a:tag'}]|images[0].cache: expected a repository",
                "images: [{name: a, command: x, produces: 'h/a:${tag}'}]|images[0].produces: expected an image reference",
                "images: [{name: a, command: x, produces: 'a b'}]|images[0].produces: expected an image reference",
                "source: [tar]|source[0]: expected one of tar.gz, zip, found 'tar'",
                "registry: {staging: 'http://x'}|registry.staging: expected host[:port][/path] with a lower-case path, or oci-layout:FOLDER, found 'http://x'.",
                "registry: {staging: 'x:5000/Upper'}|registry.staging: expected host",
                "registry: {staging: 'user:secret@x/y'}|registry.staging: expected host",
                "registry: {release: 'oci-layout:../x'}|registry.release: a folder with '..' in its path",
                "registry: {insecure: ['a/b']}|registry.insecure[0]: expected host or host:port, found 'a/b'.",
                "vote: {quorum: 0}|vote.quorum: expected at least 1, found the number 0.",
                "vote: {quorum: 1.5}|vote.quorum: expected a whole number, found the number 1.5.",
                "vote: {quorum: '3'}|vote.quorum: expected a whole number, found '3'.",
                "vote: {hours: 0}|vote.hours: expected at least 1",
                "vote: {hours: 99999999999999999999999999999999999}|vote.hours: expected",
                "vote: {quorum: 0x10}|vote.quorum: expected a whole number",
                "vote: {voters: [a]}|f:1:16: vote.voters: a quorum of 3 can never be met by 1 voters",
                "vote: {voters: ['a b'], quorum: 1}|vote.voters[0]: expected a user's ID",
                "vote: {voters: [a, a], quorum: 1}|vote.voters: expected each item once",
                "vote: {voters: [a], advisers: [a], quorum: 1}|vote.advisers: 'a' is a voter too",
                "vote: {hours: 2, minHours: 3}|vote.minHours: minHours is 3, longer than the whole vote of 2 hours.",
                "vote: {closeEarly: yes}|vote.closeEarly: expected true or false, found 'yes'.",
                "vote: {checklist: [\"a\\nb\"]}|vote.checklist[0]: expected text on one line",
                "versionFiles: [{yaml: version}]|versionFiles[0]: expected the key 'files'.",
                "versionFiles: [{files: a}]|versionFiles[0]: expected at least one of yaml, json, toml, xml and regex.",
                "versionFiles: [{files: ../a, yaml: v}]|versionFiles[].files: Not a pattern for files: '../a'",
                "versionFiles: [{files: 'a[', yaml: v}]|Not a pattern for files: 'a['",
                "versionFiles: [{files: a, yaml: 'a..b'}]|versionFiles[].yaml: Not a place: 'a..b'",
                "versionFiles: [{files: a, yaml: [1]}]|versionFiles[0].yaml[0]: expected text or a mapping, found the number 1.",
                "versionFiles: [{files: a, yaml: {path: a, vlaue: b}}]|unknown key 'vlaue'; expected one of path, value, optional; nearest is 'value'.",
                "versionFiles: [{files: a, yaml: []}]|versionFiles[0].yaml: expected something, found nothing",
                "versionFiles: [{files: a, regex: 'v'}]|The regular expression 'v' has 0 groups; expected exactly one",
                "versionFiles: [{files: a, regex: '(v)(w)'}]|has 2 groups",
                "versionFiles: [{files: a, regex: '(v'}]|Not a regular expression: '(v'",
                "versionFiles: [{files: a, yaml: {path: v, value: '${registry.relase}'}}]|nearest is ${registry.release}.",
                "versionFiles: [{files: a, yaml: {path: v, value: '${env.HOME}'}}]|No placeholder is called '${env.HOME}'",
                "'a b': &x {}|f:1:1: unknown key 'a b'",
                "? [a]\\n: 1|unknown key",
            })
    void refusesWith(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml.replace("]\\n:", "]\n:")))
                .isInstanceOfSatisfying(ReleaseException.class, e -> {
                    assertThat(e.kind()).isEqualTo(ReleaseException.Kind.USAGE);
                    assertThat(e.getMessage()).startsWith("f:1:").contains(message);
                    assertThat(e.getMessage().lines()).hasSize(1);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "project: darwin_ml.2-x",
                "trunk: release/2.x",
                "trunk: entwicklung-ä",
                "trunk: '1.0'",
                "registry: {staging: localhost, release: 'r.example.org/a/b_c'}",
                "registry: {staging: '[::1]:5000/x'}",
                "registry: {staging: 'oci-layout:/srv/registry/a..b', release: 'oci-layout:target/registry', insecure: ['10.0.0.1:5000', 'r']}",
                "vote: {voters: ['DOMAIN\\alice', b@example.org, c.d], quorum: 2, closeEarly: true}",
                "vote: {quorum: 5}",
                "images: [{name: a, command: x, produces: app}]",
                "images: [{name: a, files: x, target: /opt/a.b/..c/}]",
                "versionFiles: []",
                "images: []",
                "charts: []",
                "source: []",
            })
    void takes(String yaml) {
        assertThatCode(() -> read(yaml)).doesNotThrowAnyException();
    }
}
