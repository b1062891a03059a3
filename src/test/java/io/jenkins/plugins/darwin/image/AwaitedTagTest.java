package io.jenkins.plugins.darwin.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.registry.Repository;
import io.jenkins.plugins.darwin.testing.Messages;
import io.jenkins.plugins.darwin.testing.SampleImage;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushed nothing, the same or another: told apart by moving the name away, and nothing is lost by it. */
class AwaitedTagTest {
    @TempDir
    Path folder;

    private Repository repository;
    private Manifest image;

    @BeforeEach
    void anImageOfYesterday() throws Exception {
        repository = Registries.open("oci-layout:" + folder, RegistryOptions.defaults())
                .repository("app");
        image = SampleImage.push(repository, 1, 10);
        repository.tag(image, "latest");
    }

    private AwaitedTag awaited() {
        AwaitedTag tag = new AwaitedTag(repository, "latest", Progress.silent());
        tag.moveAway();
        return tag;
    }

    private Digest latest() {
        return repository.resolve("latest").orElseThrow().digest();
    }

    @Test
    void theSameAgainIsPushed() throws Exception {
        AwaitedTag tag = awaited();
        assertThat(latest()).isNotEqualTo(image.digest());
        repository.tag(image, "latest"); // what a reproducible build does
        assertThat(tag.pushed()).contains(image.digest());
        tag.restore();
        assertThat(latest()).isEqualTo(image.digest());
    }

    @Test
    void anotherIsPushedAndStays() throws Exception {
        AwaitedTag tag = awaited();
        Manifest other = SampleImage.push(repository, 2, 10);
        repository.tag(other, "latest");
        assertThat(tag.pushed()).contains(other.digest());
        tag.restore();
        assertThat(latest()).isEqualTo(other.digest());
    }

    @Test
    void nothingIsTold() throws Exception {
        AwaitedTag tag = awaited();
        assertThat(tag.pushed()).isEmpty();
        assertThat(tag.fault())
                .isEqualTo(repository.reference() + ":latest is still "
                        + image.digest().abbreviated());
        tag.restore();
        assertThat(latest()).isEqualTo(image.digest());
    }

    @Test
    void aNameThatWasNotThereIsLeftAlone() throws Exception {
        AwaitedTag tag = new AwaitedTag(repository, "new", Progress.silent());
        tag.moveAway();
        assertThat(repository.tags()).containsExactly("latest");
        assertThat(tag.pushed()).isEmpty();
        assertThat(tag.fault()).isEqualTo("there is no " + repository.reference() + ":new");
        tag.restore();
        assertThat(repository.tags()).containsExactly("latest");
        repository.tag(image, "new");
        assertThat(tag.pushed()).contains(image.digest());
    }

    @Test
    void whatAKilledBuildLeftIsNoImage() throws Exception {
        awaited(); // and no more: the process is gone
        AwaitedTag next = awaited();
        assertThat(next.pushed()).isEmpty();
        assertThat(next.fault()).contains(image.digest().abbreviated());
        next.restore();
        assertThat(latest()).isEqualTo(image.digest());
        awaited();
        AwaitedTag third = awaited();
        repository.tag(image, "latest");
        assertThat(third.pushed()).contains(image.digest());
    }

    @Test
    void anInterruptedBuildGivesTheNameBackToo() throws Exception {
        AwaitedTag tag = awaited();
        Thread.currentThread().interrupt();
        tag.restore();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(latest()).isEqualTo(image.digest());
    }

    @Test
    void whereNamesDoNotMoveOnlyAnotherDigestCounts() throws Exception {
        Messages messages = new Messages();
        Repository frozen = (Repository) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Repository.class}, (self, method, arguments) -> {
                    if (method.getName().equals("tag")) {
                        throw ReleaseException.failed("tag latest is configured as immutable");
                    }
                    return method.invoke(repository, arguments);
                });
        AwaitedTag tag = new AwaitedTag(frozen, "latest", messages);
        tag.moveAway();
        assertThat(tag.pushed()).isEmpty();
        assertThat(tag.fault()).contains("is still", "can't be told", "configured as immutable");
        tag.restore();
        assertThat(latest()).isEqualTo(image.digest());
        repository.tag(SampleImage.push(repository, 2, 10), "latest"); // an administrator
        assertThat(tag.pushed()).isPresent();
    }
}
