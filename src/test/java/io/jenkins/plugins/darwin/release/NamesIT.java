package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.candidate.Names;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.registry.Repository;
import io.jenkins.plugins.darwin.registry.RetryPolicy;
import io.jenkins.plugins.darwin.testing.Fault;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.RecordingProxy;
import io.jenkins.plugins.darwin.testing.SampleImage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names while somebody else, or a bad connection, is at work. */
class NamesIT {
    @TempDir
    Path temp;

    private RealRegistry server;
    private RecordingProxy proxy;
    private Repository repository;
    private Manifest ours;
    private Manifest theirs;

    @BeforeEach
    void open() throws Exception {
        server = RealRegistry.start(temp);
        proxy = RecordingProxy.before(server.uri());
        repository = Registries.open(proxy.host(), RegistryOptions.defaults().withRetry(RetryPolicy.NEVER))
                .repository("image");
        ours = SampleImage.push(repository, 1, 100);
        theirs = SampleImage.push(repository, 2, 100);
    }

    @AfterEach
    void close() throws Exception {
        proxy.close();
        server.close();
    }

    private void tags(Fault fault) {
        proxy.rule(request -> request.method().equals("PUT") ? fault : Fault.NONE);
    }

    private Digest at(String tag) {
        return repository.resolve(tag).orElseThrow().digest();
    }

    @Test
    void anAnswerThatIsLostIsNoFailureWhenTheNameIsThere() {
        tags(new Fault.CutAfter());
        Names.give(repository, ours.digest(), "1.3.0");
        assertThat(at("1.3.0")).isEqualTo(ours.digest());
    }

    @Test
    void aNameThatIsNotThereIsAFailure() {
        tags(new Fault.CutBefore());
        assertThatThrownBy(() -> Names.give(repository, ours.digest(), "1.3.0")).isInstanceOf(ReleaseException.class);
        assertThat(repository.resolve("1.3.0")).isEmpty();
    }

    @Test
    void aNameThatSomebodyElseTookIsLookedAtAgain() {
        repository.tag(theirs, "1.3.0");
        tags(Fault.reply(
                400, "application/json", "{\"errors\": [{\"code\": \"MANIFEST_BLOB_UNKNOWN\", \"message\": \"x\"}]}"));
        assertThatThrownBy(() -> Names.give(repository, ours.digest(), "1.3.0"))
                .isInstanceOf(UseCase.Outrun.class)
                .hasMessageContaining(theirs.digest().toString());
        assertThat(at("1.3.0")).isEqualTo(theirs.digest());
    }

    @Test
    void aNewNameIsNeverTakenFromSomebody() {
        repository.tag(theirs, "1.3.0-RC1");
        int before = proxy.mutations();
        assertThatThrownBy(() -> Names.giveNew(repository, ours, "1.3.0-RC1")).isInstanceOf(UseCase.Outrun.class);
        assertThat(proxy.mutations()).isEqualTo(before);
        Names.giveNew(repository, ours, "1.3.0-RC2");
        Names.giveNew(repository, ours, "1.3.0-RC2");
        assertThat(at("1.3.0-RC2")).isEqualTo(ours.digest());
    }

    @Test
    void onlyLatestIsMoved() {
        repository.tag(theirs, "latest");
        Names.move(repository, ours.digest(), "latest");
        assertThat(at("latest")).isEqualTo(ours.digest());
    }

    @Test
    void aManifestThatIsGoneIsSaid() {
        Digest gone = Digest.sha256(new byte[] {1});
        assertThatThrownBy(() -> Names.give(repository, gone, "1.3.0"))
                .isInstanceOfSatisfying(
                        ReleaseException.class, e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.REFUSED))
                .hasMessageContaining(gone + " is gone");
    }
}
