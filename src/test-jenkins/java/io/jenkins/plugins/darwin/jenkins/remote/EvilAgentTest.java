package io.jenkins.plugins.darwin.jenkins.remote;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.Purpose;
import io.jenkins.plugins.darwin.openpgp.SecretKeySigner;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.openpgp.SigningTrailer;
import io.jenkins.plugins.darwin.testing.TestKey;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
