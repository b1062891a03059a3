package io.jenkins.plugins.darwin.jenkins.remote;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.darwin.candidate.BuildRecord;
import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.Purpose;
import io.jenkins.plugins.darwin.openpgp.SecretKeySigner;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.openpgp.SigningTrailer;
import io.jenkins.plugins.darwin.testing.TestKey;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import jenkins.MasterToSlaveFileCallable;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What an agent that was taken over gets out of the signer that it is lent. */
@WithJenkins
class EvilAgentTest {
    private static final SignedFor WHAT = new SignedFor(Purpose.FILE, "demo", "1.3.0-RC1", "demo-1.3.0.tgz");

    @Test
    void signsInTheOpenAndOnlyWhileItIsAtWork(JenkinsRule jenkins) throws Exception {
        List<String> console = new CopyOnWriteArrayList<>();
        DetachedSigner signer = SecretKeySigner.open(
                ReleaseSite.key().secret().getBytes(StandardCharsets.UTF_8),
                TestKey.PASSPHRASE.toCharArray(),
                Clock.systemUTC(),
                console::add);
        FilePath agent = jenkins.createOnlineSlave().getRootPath();
        assertThat(agent.act(new Steal(new RemoteSigner(signer)))).startsWith("-----BEGIN PGP SIGNATURE-----");
        assertThat(console)
                .as("it forges no line by the name that it gives")
                .singleElement()
                .asString()
                .startsWith("Signed ")
                .contains("sha512+trailer:")
                .doesNotContain("\n", "\u001b");
        assertThat(agent.act(new UseAgain()))
                .as("the call is over")
                .startsWith("refused")
                .contains("Invalid object ID");
        assertThat(console).hasSize(1);
        assertThat(agent.act(new AskForMore(new RemoteSigner(signer)))).isEqualTo("refused, refused, refused");
        assertThat(console).hasSize(1);
    }

    /** The signer that {@code darwinSign} lends: what the controller recorded of the build, and nothing beside it. */
    @Test
    void getsNothingButWhatTheStepIsFor(JenkinsRule jenkins) throws Exception {
        List<String> console = new CopyOnWriteArrayList<>();
        DetachedSigner key = SecretKeySigner.open(
                ReleaseSite.key().secret().getBytes(StandardCharsets.UTF_8),
                TestKey.PASSPHRASE.toCharArray(),
                Clock.systemUTC(),
                console::add);
        byte[] good = Greed.GOOD.getBytes(StandardCharsets.UTF_8);
        Candidate built = new Candidate(
                1,
                "demo",
                Version.parse("1.3.0"),
                new CommitId("a".repeat(40)),
                "release/1.3.0",
                Instant.EPOCH,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(new Candidate.Artifact(
                        WHAT.name(), "application/gzip", good.length, Digest.sha256(good), Digest.sha512(good))));
        CandidateSigner lent = new CandidateSigner(
                key, new BuildRecord("darwinBuildRc of build #1", CandidateId.parse("1.3.0-RC1"), built));
        FilePath agent = jenkins.createOnlineSlave().getRootPath();
        assertThat(agent.act(new Greed(new RemoteSigner(lent))))
                .containsExactly(
                        "a vote record: refused",
                        "a tag on another commit: refused",
                        "another candidate's manifest: refused",
                        "another file's hash: refused",
                        "a digest alone: refused",
                        "the file itself: signed",
                        "one signature too many: refused");
        assertThat(console).singleElement().asString().contains(WHAT.name());
    }

    /** Tries everything that would be worth having, and at the end what the step is for, twice. */
    private static final class Greed extends MasterToSlaveFileCallable<ArrayList<String>> {
        private static final long serialVersionUID = 1L;
        private static final String GOOD = "what was built";

        private final RemoteSigner signer;
        private final ArrayList<String> came = new ArrayList<>();

        Greed(RemoteSigner signer) {
            this.signer = signer;
        }

        @Override
        public ArrayList<String> invoke(File directory, VirtualChannel channel) throws IOException {
            Files.createDirectories(directory.toPath()); // a new agent has none yet
            Path good = Files.writeString(directory.toPath().resolve("good"), GOOD);
            Path evil = Files.writeString(directory.toPath().resolve("evil"), "what was not built");
            byte[] document = Files.readAllBytes(evil);
            CandidateId rc1 = CandidateId.parse("1.3.0-RC1");
            Digest digest = Digest.sha256(document);
            tried("a vote record", () -> signer.signDocument(SignedFor.vote("demo", rc1, digest), document));
            tried("a tag on another commit", () -> signer.signDocument(SignedFor.tag("demo", rc1, "v1.3.0"), document));
            tried(
                    "another candidate's manifest",
                    () -> signer.signDocument(SignedFor.candidate("demo", rc1.next(), digest), document));
            tried("another file's hash", () -> signer.sign(signer.trailer(WHAT), evil, new byte[64]));
            tried("a digest alone", () -> signer.sign(signer.trailer(WHAT), new byte[64]));
            tried("the file itself", () -> signer.sign(signer.trailer(WHAT), good, new byte[64]));
            tried("one signature too many", () -> signer.sign(signer.trailer(WHAT), good, new byte[64]));
            return came;
        }

        private void tried(String what, Supplier<String> request) {
            try {
                request.get();
                came.add(what + ": signed");
            } catch (RuntimeException e) {
                came.add(what + ": refused");
            }
        }
    }

    /** Has something signed that is none of its business, and keeps the signer. */
    private static final class Steal extends MasterToSlaveFileCallable<String> {
        private static final long serialVersionUID = 1L;
        private static RemoteSigner kept;

        private final RemoteSigner signer;

        Steal(RemoteSigner signer) {
            this.signer = signer;
        }

        @Override
        public String invoke(File directory, VirtualChannel channel) {
            kept = signer;
            return DetachedSigner.signBytes(signer, WHAT, new byte[] {1});
        }
    }

    /** The same agent, later. */
    private static final class UseAgain extends MasterToSlaveFileCallable<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String invoke(File directory, VirtualChannel channel) {
            try {
                return DetachedSigner.signBytes(Steal.kept, WHAT, new byte[] {2});
            } catch (RuntimeException e) {
                return "refused: " + e;
            }
        }
    }

    /** A signature from last week, one from next week, and one with a trailer of its own. */
    private static final class AskForMore extends MasterToSlaveFileCallable<String> {
        private static final long serialVersionUID = 1L;

        private final RemoteSigner signer;

        AskForMore(RemoteSigner signer) {
            this.signer = signer;
        }

        @Override
        public String invoke(File directory, VirtualChannel channel) {
            byte[] trailer = signer.trailer(WHAT).bytes();
            byte[] own = trailer.clone();
            own[1] = 0x13; // a certification, in the place of a document
            Instant now = Instant.now();
            return String.join(
                    ", ",
                    tried(new SigningTrailer(WHAT, now.minusSeconds(8 * 86_400), trailer)),
                    tried(new SigningTrailer(WHAT, now.plusSeconds(8 * 86_400), trailer)),
                    tried(new SigningTrailer(WHAT, signer.trailer(WHAT).created(), own)));
        }

        private String tried(SigningTrailer trailer) {
            try {
                return signer.sign(trailer, new byte[64]);
            } catch (RuntimeException e) {
                return "refused";
            }
        }
    }
}
