package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.registry.RegistryAuth;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.Fault;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.RecordingProxy;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.Tools;
import io.jenkins.plugins.darwin.testing.WireRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registries that are not there, say no, or lie, and disks that are full. */
class BadRegistryIT {
    @TempDir
    Path temp;

    private ReleaseFixture release;

    private void on(String host, String password) {
        release = ReleaseFixture.create(
                temp,
                host + "/staging",
                host + "/darwin",
                RegistryOptions.defaults()
                        .withAuth(new RegistryAuth(RealRegistry.USER, password))
                        .withAuthHosts(java.util.Set.of(host))); // the configuration is not trunk's own
    }

    private void fails(ReleaseException.Kind kind, ThrowingCallable step, String... words) {
        SortedMap<String, String> before = release.state(temp.resolve("server/data"), temp.resolve("registry"));
        assertThatThrownBy(step)
                .isInstanceOfSatisfying(
                        ReleaseException.class,
                        e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
                .message()
                .contains(words)
                .doesNotContain("\n", "s3cret", "Exception")
                .hasSizeLessThan(700)
                .matches(".*[.!?]");
        assertThat(release.state(temp.resolve("server/data"), temp.resolve("registry")))
                .isEqualTo(before);
        assertThat(release.dist("1.3.0-RC1").resolve("candidate.json.asc")).doesNotExist();
    }

    @Test
    void nobodyThere() throws IOException {
        on("127.0.0.1:" + RealRegistry.freePort(), "x");
        release.cut(); // needs no registry
        fails(
                ReleaseException.Kind.FAILED,
                release::build,
                "nothing answers at 127.0.0.1:",
                "is the registry running?");
    }

    @Test
    void wrongPassword() throws Exception {
        try (RealRegistry server = RealRegistry.start(temp.resolve("server"), RealRegistry.Option.HTPASSWD)) {
            on(server.host(), "wrong");
            release.cut();
            fails(ReleaseException.Kind.FAILED, release::build, "does not accept", RealRegistry.USER);
        }
    }

    @Test
    void readOnly() throws Exception {
        try (RealRegistry server = RealRegistry.start(temp.resolve("server"), RealRegistry.Option.READ_ONLY)) {
            on(server.host(), "x");
            release.cut();
            fails(ReleaseException.Kind.FAILED, release::build, "read-only");
        }
    }

    @Test
    void readOnlyFromTheVoteOn() throws Exception {
        try (RealRegistry server = RealRegistry.start(temp.resolve("server"));
                RecordingProxy proxy = RecordingProxy.before(server.uri())) {
            on(proxy.host(), "x");
            release.cut();
            release.build();
            release.sign();
            release.pass();
            Tools.run(temp, "find", "dist", "-name", "*.asc", "-delete");
            proxy.rule(r -> r.mutating()
                    ? Fault.reply(405, "application/json", "{\"errors\":[{\"code\":\"UNSUPPORTED\"}]}")
                    : Fault.NONE);
            fails(ReleaseException.Kind.FAILED, release::promote, "read-only");
            proxy.heal();
            assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.DONE);
        }
    }

    @Test
    void garbage() throws Exception {
        try (RealRegistry server = RealRegistry.start(temp.resolve("server"));
                RecordingProxy proxy = RecordingProxy.before(server.uri())) {
            on(proxy.host(), "x");
            release.cut();
            proxy.rule(r -> Fault.reply(200, "text/html", "<html>Welcome to the hotel's network</html>"));
            fails(ReleaseException.Kind.FAILED, release::build, proxy.host());
        }
    }

    /** Reads of blobs that meet a fault: a lie is refused, a broken connection fails; nothing is made of what came. */
    @Test
    void truncatedAndExchangedBlobs() throws Exception {
        try (RealRegistry server = RealRegistry.start(temp.resolve("server"));
                RecordingProxy proxy = RecordingProxy.before(server.uri())) {
            on(proxy.host(), "x");
            release.cut();
            release.build();
            release.sign();
            release.pass();
            Tools.run(temp, "find", "dist", "-name", "*.asc", "-delete");
            Predicate<WireRequest> blob =
                    r -> r.method().equals("GET") && r.path().contains("/ml-serve-app/blobs/");
            proxy.rule(r -> blob.test(r) ? new Fault.CutAnswer(20) : Fault.NONE);
            fails(ReleaseException.Kind.REFUSED, release::promote, "ml-serve-app", "Nothing was promoted");
            proxy.rule(r -> blob.test(r) ? Fault.reply(200, "application/octet-stream", "something else") : Fault.NONE);
            fails(ReleaseException.Kind.REFUSED, release::promote, "ml-serve-app", "Nothing was promoted");
            proxy.rule(r -> r.method().equals("GET") && r.path().contains("/ml-serve-app/manifests/")
                    ? Fault.reply(200, "application/vnd.oci.image.manifest.v1+json", "{\"schemaVersion\":2}")
                    : Fault.NONE);
            fails(ReleaseException.Kind.REFUSED, release::promote, "ml-serve-app", "the bytes have digest sha256:");
        }
    }

    @Test
    void fullDiskUnderTheCandidatesFolder() throws IOException {
        release = ReleaseFixture.layouts(temp);
        release.cut();
        Path small = Files.createDirectories(temp.resolve("dist"));
        withSmallDisk(small, () -> fails(ReleaseException.Kind.FAILED, release::build, "No space left on device"));
        assertThat(release.build().kind()).isEqualTo(Outcome.Kind.DONE);
    }

    @Test
    void fullDiskUnderTheRegistry() throws IOException {
        release = ReleaseFixture.layouts(temp);
        release.cut();
        Path small = Files.createDirectories(temp.resolve("registry/staging"));
        withSmallDisk(small, () -> fails(ReleaseException.Kind.FAILED, release::build, "No space left on device"));
        assertThat(release.build().kind()).isEqualTo(Outcome.Kind.DONE);
    }

    /** A disk of 8 kB, which only root may mount. */
    private static void withSmallDisk(Path place, Runnable work) {
        try {
            Tools.run(place, "mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", place.toString());
        } catch (AssertionError e) {
            assumeThat(false)
                    .as("no small disk can be mounted here: " + e.getMessage())
                    .isTrue();
        }
        try {
            work.run();
        } finally {
            Tools.run(Path.of("/"), "umount", place.toString());
        }
    }
}
