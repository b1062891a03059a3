package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.kind.ContentKind;
import io.jenkins.plugins.darwin.kind.Kinds;
import io.jenkins.plugins.darwin.kind.Made;
import io.jenkins.plugins.darwin.kind.Making;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.PublicState;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.Snapshot;
import io.jenkins.plugins.darwin.testing.StagedBuild;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever may push to staging changes what lies there between build and signature: nothing of it is ever signed. */
class SignWhatWasBuiltTest {
    private static final CandidateId RC1 = CandidateId.parse("1.3.0-RC1");
    private static final String ARCHIVE = "darwin-1.3.0-src.tar.gz";

    @TempDir
    static Path temp;

    private static ReleaseFixture release;
    private static Snapshot built;
    private static StagedBuild staged;

    @BeforeAll
    static void build() throws IOException {
        release = ReleaseFixture.layouts(temp);
        release.cut();
        release.build();
        built = Snapshot.take(temp, "origin.git", "cache", "dist", "registry", "developer", "asha", "evil");
        staged = new StagedBuild(staging(), RC1);
    }

    @BeforeEach
    void again() throws IOException {
        built.restore();
    }

    private static Registry staging() {
        return Registries.open(
                "oci-layout:registry/staging", RegistryOptions.defaults().withLayoutBase(temp));
    }

    private static void refuses(ReleaseFixture signer, String... why) {
        SortedMap<String, String> registry = PublicState.files(List.of(temp.resolve("registry")));
        SortedMap<String, String> dist = PublicState.files(List.of(signer.dist("1.3.0-RC1")));
        assertThatThrownBy(signer::sign)
                .isInstanceOf(ReleaseException.class)
                .message()
                .contains(why)
                .doesNotContain("\n");
        assertThat(PublicState.files(List.of(temp.resolve("registry")))).isEqualTo(registry);
        assertThat(PublicState.files(List.of(signer.dist("1.3.0-RC1")))).isEqualTo(dist);
    }

    private static void refuses(String... why) {
        refuses(release, why);
    }

    @Test
    void whatWasBuiltIsSignedAndNothingElse() {
        List<String> names = staged.candidate().files().stream()
                .map(Candidate.Artifact::name)
                .toList();
        release.sign();
        List<String> signed =
                new ArrayList<>(names.stream().map(n -> n + ".asc").toList());
        signed.add("candidate.json.asc");
        signed.add("checksums.sha512.asc");
        assertThat(StagedBuild.signatures(new CandidateFolder(release.dist("1.3.0-RC1"))))
                .containsExactlyInAnyOrderElementsOf(signed);
    }

    @Test
    void anotherArchive() {
        String before = staged.candidate().file(ARCHIVE).orElseThrow().sha256().toString();
        staged.swapFile(ARCHIVE, "not what the commit gives");
        String after = staged.candidate().file(ARCHIVE).orElseThrow().sha256().toString();
        refuses(ARCHIVE, before, after, "then build again here, and sign.");
    }

    @Test
    void otherNotes() {
        staged.swapFile("RELEASE_NOTES.md", "# nothing to see here\n");
        refuses("RELEASE_NOTES.md");
    }

    @Test
    void anotherChartFile() {
        staged.swapFile("darwin-1.3.0.tgz", "evil");
        refuses("darwin-1.3.0.tgz");
    }

    @Test
    void anotherChartToInstall() throws IOException {
        refuses("chart darwin", staged.swapChart("darwin").toString());
    }

    @Test
    void anotherImageOfFiles() throws IOException {
        String before = staged.candidate()
                .image("darwin-compute")
                .orElseThrow()
                .digest()
                .toString();
        refuses("darwin-compute", before, staged.swapImage("darwin-compute").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"install.sh", "darwin-1.3.0-src.tar.xz", "candidate.json.sig", "KEYS"})
    void oneLayerMore(String name) {
        staged.addLayer(name, "evil");
        refuses(name, "expected nothing");
    }

    @Test
    void aLayerWithATrickInItsName() {
        staged.addLayer("a\u202egpj.sh", "evil");
        refuses("a layer without a safe name");
    }

    @Test
    void aSecondLayerOfTheSameName() {
        staged.addLayer(ARCHIVE, "evil");
        refuses(ARCHIVE);
    }

    @Test
    void anotherCommitOrBranch() {
        String head = staged.candidate().commit().sha();
        staged.swapDocument(json -> json.replace(head, "0".repeat(40)));
        refuses("was built from 000000000000");
        staged.swapDocument(json -> json.replace("0".repeat(40), head).replace("release/1.3.0", "main"));
        refuses("branch candidate.json: expected release/1.3.0, found main");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "a/b.tgz",
                "app\\u202egpj.tgz",
                "app\\n.tgz",
                "-rf.tgz",
                "app\\u009b31m.tgz",
                "KEYS",
                "x.asc",
                "checksums.sha512"
            })
    void namesThatAreNone(String name) {
        staged.swapDocument(json -> json.replace(ARCHIVE, name));
        refuses("Not a name for a file of a candidate");
    }

    @Test
    void aBranchOrImageWithATrickInItsName() {
        staged.swapDocument(json -> json.replace("release/1.3.0", "release/1.3.0\\u202e"));
        refuses("Not a name for a branch");
        staged.swapDocument(json ->
                json.replace("release/1.3.0\\u202e", "release/1.3.0").replace("ml-serve-app", "../ml-serve-app"));
        refuses("Not a name for image");
    }

    @Test
    void textThatIsAlmostTheSameDocument() {
        staged.swapDocument(json -> json + "\n");
        refuses("candidate.json");
    }

    @Test
    void nothingThatIsSqueezedInUnderALaterNumberCounts() throws IOException {
        Registry staging = staging();
        staging.repository("darwin-release").tag(staged.manifest(), "build-1.3.0-RC99");
        assertThat(release.sign().result().rc()).isEqualTo(1);
    }

    @Test
    void aFolderThatSomebodyChangedIsNeitherSignedNorReplaced() throws IOException {
        Path archive = release.dist("1.3.0-RC1").resolve(ARCHIVE);
        byte[] bytes = Files.readAllBytes(archive);
        bytes[bytes.length - 1] ^= 1;
        Files.write(archive, bytes);
        refuses(ARCHIVE, "was changed since it was built");
        Files.writeString(archive, "shorter");
        refuses("folder", "another " + ARCHIVE);
        Files.delete(archive);
        refuses("folder", "no file " + ARCHIVE);
        Files.createSymbolicLink(archive, Path.of("/etc/hostname"));
        refuses("folder", "no file " + ARCHIVE);
        assertThatThrownBy(release::build).hasMessageContaining("no file " + ARCHIVE);
    }

    @Test
    void anotherMachineSignsWhatItCanMakeAgain() throws IOException {
        ReleaseFixture asha = release.colleague("asha");
        String digest = asha.sign().result().digest().toString();
        built.restore();
        assertThat(digest).isEqualTo(release.sign().result().digest().toString());
    }

    @Test
    void anotherMachineSignsNothingThatWasSwapped() {
        ReleaseFixture asha = release.colleague("asha");
        staged.swapFile(ARCHIVE, "evil");
        refuses(asha, ARCHIVE);
    }

    @Test
    void buildRcDoesNotTellWhatOthersPutThereAsBuilt() {
        var before = staged.candidate();
        staged.swapFile(ARCHIVE, "evil");
        Outcome<BuildCandidate.Result> again = release.build();
        assertThat(again.result().files()).isEqualTo(before.files());
        assertThat(again.warnings())
                .singleElement()
                .asString()
                .contains("another build, sha256:", "which this machine did not make", "1.3.0-RC1");
        assertThat(staged.candidate()).isEqualTo(before);
        release.sign();
    }

    @Test
    void buildRcBuildsOverWhatIsNoCandidateAtAll() {
        var before = staged.manifest();
        staged.swapDocument(json -> "[]");
        release.build();
        assertThat(staged.manifest()).isEqualTo(before);
    }

    @Test
    void whoeverVotesCanMakeItAgain() {
        release.sign();
        List<Check> checks = release.with(w -> Verify.rebuilt(w, "1.3.0-RC1"));
        assertThat(checks)
                .singleElement()
                .satisfies(c -> assertThat(c.state()).as(c.detail()).isEqualTo(Check.State.PASSED));
    }

    /** A key that was stolen signs anything; what the commit gives it can't change. */
    @Test
    void andSeesWhatNoCommitGave() {
        staged.swapFile(ARCHIVE, "evil");
        release.with(w -> {
            CandidateStore store = new CandidateStore(staging().repository("darwin-release"));
            var built = store.findBuilt(RC1).orElseThrow();
            CandidateSigning signing = new CandidateSigning(
                    w, built, built.candidate(), new CandidateFolder(temp.resolve("evil")), release.signer(), store);
            signing.sign(name -> {});
            signing.pushManifest();
            signing.tag();
            return null;
        });
        List<Check> checks = release.with(w -> Verify.rebuilt(w, "1.3.0-RC1"));
        assertThat(checks)
                .singleElement()
                .satisfies(c -> assertThat(c.state()).isEqualTo(Check.State.FAILED))
                .satisfies(c -> assertThat(c.subject()).isEqualTo("file " + ARCHIVE));
    }

    /** A kind that gives other bytes each time, as images of a Dockerfile or a script do. */
    private static final class Lottery implements ContentKind {
        @Override
        public String word() {
            return "lottery";
        }

        @Override
        public List<Item> items(ReleaseConfig config, Version version, GitTree tree) {
            return List.of(new Item("file", "ticket-" + version + ".txt", false, "by chance"));
        }

        @Override
        public void make(Making making, List<Item> items, Made made) {
            items.forEach(item -> made.file(
                    word(),
                    io.jenkins.plugins.darwin.archive.ArtifactFile.write(
                            making.directory().resolve(item.name()),
                            "text/plain",
                            out -> out.write(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8)))));
        }
    }

    private static final Kinds WITH_LOTTERY = withLottery();

    private static Kinds withLottery() {
        List<ContentKind> kinds = new ArrayList<>(ReleaseKinds.ALL.all());
        kinds.add(new Lottery());
        return new Kinds(kinds);
    }

    private static Outcome<BuildCandidate.Result> build(ReleaseFixture by) {
        return by.run(w -> new BuildCandidate(w.with(WITH_LOTTERY), ReleaseFixture.VERSION));
    }

    private static Outcome<SignCandidate.Result> sign(ReleaseFixture by) {
        return by.run(w -> new SignCandidate(w.with(WITH_LOTTERY), ReleaseFixture.VERSION, by.signer()));
    }

    private static CommitId moveOn() {
        return release.commit("release/1.3.0", "fix: one more\n", java.util.Map.of("docs/note.txt", new byte[] {'x'}));
    }

    @Test
    void aKindThatATestAddsIsBuiltRecordedSignedAndChecked() {
        moveOn();
        build(release);
        assertThat(build(release).kind()).isEqualTo(Outcome.Kind.UNCHANGED);
        sign(release);
        var candidate = new CandidateStore(staging().repository("darwin-release"))
                .findSigned(RC1)
                .orElseThrow();
        assertThat(candidate.candidate().file("ticket-1.3.0.txt").orElseThrow().kind())
                .contains("lottery");
        assertThat(candidate.file("ticket-1.3.0.txt.asc")).isPresent();
        assertThat(WITH_LOTTERY.contents(candidate.candidate(), RC1))
                .anyMatch(c -> c.kind().equals("lottery") && c.name().equals("ticket-1.3.0.txt"));
    }

    @Test
    void whatCantBeMadeAgainMustBeWhatThisMachineRemembers() {
        moveOn();
        build(release);
        String before = staged.candidate()
                .file("ticket-1.3.0.txt")
                .orElseThrow()
                .sha256()
                .toString();
        staged.swapFile("ticket-1.3.0.txt", "the winning one");
        String after = staged.candidate()
                .file("ticket-1.3.0.txt")
                .orElseThrow()
                .sha256()
                .toString();
        assertThatThrownBy(() -> sign(release)).hasMessageContainingAll("ticket-1.3.0.txt", before, after);
    }

    @Test
    void aMachineThatDidNotBuildItRefusesUntilItHas() {
        moveOn();
        build(release);
        ReleaseFixture asha = release.colleague("asha");
        assertThatThrownBy(() -> sign(asha))
                .hasMessageContainingAll(
                        "nobody here remembers the build of 1.3.0-RC1",
                        "file ticket-1.3.0.txt is made by chance",
                        "Sign it on the machine that built it; or build it here, then sign.")
                .satisfies(e -> assertThat(((ReleaseException) e).next())
                        .containsExactly(Next.of(Next.Act.BUILD, ReleaseFixture.VERSION)));
        build(asha); // a second build under the same number
        assertThatThrownBy(() -> sign(release)).hasMessageContaining("ticket-1.3.0.txt");
        assertThat(sign(asha).result().rc()).isEqualTo(1);
    }
}
