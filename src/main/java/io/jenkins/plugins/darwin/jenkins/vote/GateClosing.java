package io.jenkins.plugins.darwin.jenkins.vote;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.StreamBuildListener;
import hudson.model.TaskListener;
import io.jenkins.plugins.darwin.candidate.VoteStore;
import io.jenkins.plugins.darwin.jenkins.credentials.BuildCredentials;
import io.jenkins.plugins.darwin.jenkins.credentials.CredentialsKind;
import io.jenkins.plugins.darwin.jenkins.credentials.SigningKeys;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.openpgp.SigningTrailer;
import io.jenkins.plugins.darwin.vote.Outcome;
import io.jenkins.plugins.darwin.vote.VoteMail;
import io.jenkins.plugins.darwin.vote.VoteRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What follows from a closed vote: its record signed, attached to the candidate and archived with the build, and the result
 * told. Each part can be done again; the signature is made once and kept, so that a crash leaves one record, not two.
 */
final class GateClosing {
    static final String SIGNATURE = VoteRecord.FILE + ".asc";

    private final VoteGate gate;
    private final Run<?, ?> run;
    private final TaskListener listener;

    GateClosing(VoteGate gate, Run<?, ?> run, TaskListener listener) {
        this.gate = gate;
        this.run = run;
        this.listener = listener;
    }

    void publish() throws IOException, InterruptedException {
        if (gate.isFinished()) {
            return;
        }
        VoteRecord record = gate.record();
        write(record.toJson());
        DetachedSigner signer = new KeptSignature(
                SigningKeys.open(
                        new BuildCredentials(run).find(gate.header().signingKey(), CredentialsKind.SIGNING),
                        Clock.systemUTC(),
                        listener.getLogger()::println),
                file(SIGNATURE));
        DetachedSigner.signBytes(
                signer,
                SignedFor.vote(
                        record.project(),
                        record.vote().candidate(),
                        record.vote().digest()),
                record.toJson());
        Optional<Staging.Place> place = Staging.place(gate.header(), run);
        place.ifPresent(p -> attach(p, record, signer));
        if (place.isEmpty()) {
            listener.getLogger()
                    .println("WARNING: the vote's record is not attached: staging no longer holds "
                            + gate.header().candidate() + " " + gate.header().digest() + ".");
        }
        archive();
        tell(record);
        gate.finished();
    }

    /** Where somebody else closed a vote on this digest too, with our key, theirs stays: two records would contradict each other. */
    private void attach(Staging.Place place, VoteRecord record, DetachedSigner signer) {
        SignatureVerifier own =
                SignatureVerifier.of(signer.publicKey().getBytes(StandardCharsets.US_ASCII), Clock.systemUTC());
        VoteStore votes = new VoteStore(place.store(), place.candidate(), Optional.of(own), Optional.empty());
        VoteRecord counts = votes.close(record, signer);
        votes.warnings().forEach(w -> listener.getLogger().println("WARNING: " + w));
        if (!counts.equals(record)) {
            listener.getLogger()
                    .println("WARNING: the vote's record is not attached: another vote on "
                            + gate.header().digest() + " was closed before and "
                            + counts.outcome().map(Outcome::phrase).orElse("is open") + ".");
        }
    }

    /** A signature that was kept is for the bytes that were kept: another version of the plugin may write the same record otherwise. */
    private void write(byte[] document) throws IOException {
        if (Files.exists(file(VoteRecord.FILE)) && !Arrays.equals(document, GateFiles.read(file(VoteRecord.FILE)))) {
            Files.deleteIfExists(file(SIGNATURE));
        }
        GateFiles.write(file(VoteRecord.FILE), document);
    }

    private Path file(String name) {
        return gate.folder().resolve(name);
    }

    private void archive() throws IOException, InterruptedException {
        String to = "vote/" + gate.getId() + "/";
        run.pickArtifactManager()
                .archive(
                        new FilePath(gate.folder().toFile()),
                        new Launcher.LocalLauncher(listener),
                        new StreamBuildListener(listener.getLogger(), StandardCharsets.UTF_8),
                        Map.of(to + VoteRecord.FILE, VoteRecord.FILE, to + SIGNATURE, SIGNATURE));
    }

    private void tell(VoteRecord record) {
        VoteMail mail = VoteMail.result(record.project(), record.vote());
        listener.getLogger().println(mail.subject());
        listener.getLogger().println();
        listener.getLogger().println(mail.body());
        new GateNotices(gate, run, listener).result(mail);
    }

    /** Signs a document once; asked again, also after a restart, gives the same signature. */
    private record KeptSignature(DetachedSigner signer, Path file) implements DetachedSigner {
        @Override
        public SigningTrailer trailer(SignedFor what) {
            return signer.trailer(what);
        }

        @Override
        public String sign(SigningTrailer trailer, byte[] digest) {
            if (!Files.exists(file)) {
                GateFiles.write(file, signer.sign(trailer, digest).getBytes(StandardCharsets.US_ASCII));
            }
            return new String(GateFiles.read(file), StandardCharsets.US_ASCII);
        }

        @Override
        public String fingerprint() {
            return signer.fingerprint();
        }

        @Override
        public String publicKey() {
            return signer.publicKey();
        }
    }
}
