package io.jenkins.plugins.darwin.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.registry.Companions.Companion;
import io.jenkins.plugins.darwin.registry.Companions.Kind;
import io.jenkins.plugins.darwin.registry.Companions.State;
import io.jenkins.plugins.darwin.testing.SampleImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What belongs to an image is found and copied, whatever its form; in folders, as the server's test does it over HTTP. */
class CompanionsTest {
    private static final String SPDX = "application/spdx+json";
    private final ImageCopier copier = new ImageCopier(Progress.silent());
    private final AtomicInteger changes = new AtomicInteger();

    @TempDir
    Path directory;

    private Repository from;
    private Repository to;
    private Manifest image;

    @BeforeEach
    void push() throws Exception {
        from = Registries.open("oci-layout:" + directory.resolve("a"), RegistryOptions.defaults())
                .repository("app");
        to = Registries.open(
                        "oci-layout:" + directory.resolve("b"),
                        RegistryOptions.defaults().withListener((method, path) -> changes.incrementAndGet()))
                .repository("app");
        image = SampleImage.push(from, 1, 1000);
    }

    private static String hex(Manifest manifest) {
        return "sha256-" + manifest.digest().hex();
    }

    private static Manifest index(Repository repository, List<Descriptor> children) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("schemaVersion", 2).put("mediaType", MediaTypes.IMAGE_INDEX);
        var array = json.putArray("manifests");
        children.forEach(each -> array.add(Json.write(each)));
        Manifest index = Manifest.of(Json.bytes(json));
        repository.pushManifest(index);
        return index;
    }

    private List<Companion> copied(Digest digest) {
        copier.copy(from, digest, to);
        Companions.Found found = Companions.copyAll(from, digest, to, copier);
        assertThat(found.all()).allMatch(each -> Companions.state(each, to) == State.DONE);
        return found.all();
    }

    @Test
    void findsNothingWhereNothingIs() {
        assertThat(Companions.of(from, image.digest()).all()).isEmpty();
        assertThat(Companions.of(from, Digest.sha256(new byte[] {1})).all()).isEmpty();
    }

    @Test
    void copiesTagsOfCosignAndReferrersOfAnyType() throws Exception {
        for (String ending : List.of("sig", "att", "sbom")) {
            from.tag(SampleImage.push(from, ending.hashCode(), 10), hex(image) + "." + ending);
        }
        Manifest sbom = SampleImage.attach(from, image.descriptor(), SPDX, "sbom");
        Manifest other = SampleImage.attach(from, image.descriptor(), "application/vnd.acme.scan", "scan");

        List<Companion> all = copied(image.digest());
        assertThat(all)
                .extracting(Companion::kind)
                .containsExactlyInAnyOrder(Kind.SIGNATURE, Kind.ATTESTATION, Kind.SBOM, Kind.REFERRER, Kind.REFERRER);
        assertThat(to.tags()).contains(hex(image) + ".sig", hex(image) + ".att", hex(image) + ".sbom");
        assertThat(to.referrers(image.digest()))
                .extracting(Descriptor::digest)
                .containsExactlyInAnyOrder(sbom.digest(), other.digest());
        Descriptor layer = sbom.view().layers().get(0);
        assertThat(to.blob(layer.digest(), layer.size()).readAllBytes())
                .asString()
                .isEqualTo("sbom");

        changes.set(0);
        copied(image.digest());
        assertThat(changes).as("a second copy changes nothing").hasValue(0);
    }

    @Test
    void whatBelongsToACompanionTravelsToo() throws Exception {
        Manifest sbom = SampleImage.attach(from, image.descriptor(), SPDX, "sbom");
        from.tag(SampleImage.push(from, 7, 10), hex(sbom) + ".sig");
        SampleImage.attach(from, sbom.descriptor(), "application/vnd.acme.signature", "over the sbom");
        assertThat(copied(image.digest())).extracting(Companion::subject).contains(sbom.digest(), image.digest());
        assertThat(to.tags()).contains(hex(sbom) + ".sig");
        assertThat(to.referrers(sbom.digest())).hasSize(1);
    }

    @Test
    void childrenOfAnIndexHaveTheirOwnAndAttestationsInsideAreListed() throws Exception {
        Manifest attestation = SampleImage.push(from, 3, 10);
        Descriptor marked = new Descriptor(
                attestation.mediaType(),
                attestation.digest(),
                attestation.raw().length,
                Optional.empty(),
                Map.of("vnd.docker.reference.type", "attestation-manifest"));
        Manifest index = index(from, List.of(image.descriptor(), marked));
        from.tag(SampleImage.push(from, 4, 10), hex(image) + ".sig");
        from.tag(SampleImage.push(from, 5, 10), hex(index) + ".sig");

        List<Companion> all = copied(index.digest());
        assertThat(all).filteredOn(Companion::inside).singleElement().satisfies(each -> {
            assertThat(each.digest()).isEqualTo(attestation.digest());
            assertThat(each.kind()).isEqualTo(Kind.ATTESTATION);
        });
        assertThat(to.tags()).contains(hex(image) + ".sig", hex(index) + ".sig");
        assertThat(to.resolve(attestation.digest().toString())).isPresent();
    }

    @Test
    void aSignatureThatWasMadeThereStays() throws Exception {
        from.tag(SampleImage.push(from, 8, 10), hex(image) + ".sig");
        Manifest theirs = SampleImage.push(to, 9, 10);
        to.tag(theirs, hex(image) + ".sig");
        copier.copy(from, image.digest(), to);
        Companion signature = Companions.of(from, image.digest()).all().get(0);
        assertThat(Companions.copy(signature, from, to, copier)).isEqualTo(State.DIFFERENT);
        assertThat(to.resolve(hex(image) + ".sig").orElseThrow().digest()).isEqualTo(theirs.digest());
    }

    @Test
    void whatIsListedAndIsNotThereIsLeftOutWithAWarning() throws Exception {
        Manifest gone = SampleImage.attach(from, image.descriptor(), SPDX, "gone");
        Manifest kept = SampleImage.attach(from, image.descriptor(), SPDX, "kept");
        Files.delete(directory.resolve("a/app/blobs/sha256/" + gone.digest().hex()));
        Companions.Found found = Companions.of(from, image.digest());
        assertThat(found.all()).extracting(Companion::digest).containsExactly(kept.digest());
        assertThat(found.warnings())
                .singleElement()
                .asString()
                .contains(gone.digest().toString(), "is not there");
    }

    @Test
    void aCircleOfReferrersEnds() throws Exception {
        Manifest first = SampleImage.attach(from, image.descriptor(), SPDX, "1");
        Manifest second = SampleImage.attach(from, first.descriptor(), SPDX, "2");
        Manifest third = SampleImage.attach(from, second.descriptor(), SPDX, "3");
        SampleImage.attach(from, third.descriptor(), SPDX, "4");
        assertThat(Companions.of(from, image.digest()).all())
                .as("a chain is followed three levels")
                .extracting(Companion::digest)
                .containsExactly(first.digest(), second.digest(), third.digest());
    }
}
