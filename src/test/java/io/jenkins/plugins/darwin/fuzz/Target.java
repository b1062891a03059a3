package io.jenkins.plugins.darwin.fuzz;

import io.jenkins.plugins.darwin.candidate.PromotionRecord;
import io.jenkins.plugins.darwin.chart.FuzzedChart;
import io.jenkins.plugins.darwin.config.ConfigReader;
import io.jenkins.plugins.darwin.edit.JsonTree;
import io.jenkins.plugins.darwin.edit.SourceText;
import io.jenkins.plugins.darwin.edit.TomlTree;
import io.jenkins.plugins.darwin.edit.XmlTree;
import io.jenkins.plugins.darwin.edit.YamlTree;
import io.jenkins.plugins.darwin.git.LargeFilePointer;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.notes.FuzzedMessages;
import io.jenkins.plugins.darwin.openpgp.KeysFile;
import io.jenkins.plugins.darwin.openpgp.PublicKeys;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.openpgp.SignedMail;
import io.jenkins.plugins.darwin.registry.FuzzedAnswers;
import io.jenkins.plugins.darwin.testing.TestKey;
import io.jenkins.plugins.darwin.vote.BallotText;
import io.jenkins.plugins.darwin.vote.VoteRecord;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.function.Consumer;

/** Every reader of bytes that strangers make. Each ends with a value or with a sentence, whatever comes. */
enum Target {
    CONFIG(input -> ConfigReader.read("darwin-release.yaml", input, "darwin")),
    YAML(input -> YamlTree.parse(text(input))),
    JSON(input -> JsonTree.parse(text(input))),
    TOML(input -> TomlTree.parse(text(input))),
    XML(input -> XmlTree.parse(text(input))),
    CHART(FuzzedChart::chartYaml),
    VALUES(FuzzedChart::values),
    KEYS(input -> {
        KeysFile.parse(input);
        PublicKeys.of(input);
    }),
    SIGNATURE(input -> {
        String signature = new String(input, StandardCharsets.ISO_8859_1);
        SignatureVerifier.claim(signature);
        Verifier.IT.verifyForeign(signature, new byte[] {1, 2, 3});
    }),
    MANIFEST(FuzzedAnswers::manifest),
    VOTE(VoteRecord::parse),
    PROMOTION(input -> Json.read(input, PromotionRecord.class, PromotionRecord.FILE)),
    CANDIDATE(input -> Json.read(input, Candidate.class, Candidate.FILE)),
    MAIL(input -> BallotText.parse(SignedMail.parse(input).text())),
    LINK(FuzzedAnswers::link),
    CHALLENGE(FuzzedAnswers::challenge),
    COMMIT(FuzzedMessages::message),
    POINTER(LargeFilePointer::parse);

    private final Consumer<byte[]> reader;

    Target(Consumer<byte[]> reader) {
        this.reader = reader;
    }

    /** Made once, and only by who needs it. */
    private static final class Verifier {
        static final SignatureVerifier IT =
                SignatureVerifier.of(TestKey.make("Fuzz").publicKey(), Clock.systemUTC());
    }

    private static SourceText text(byte[] input) {
        return SourceText.decodeAny("file", input);
    }

    /** @throws RuntimeException anything but a sentence: a finding */
    void read(byte[] input) {
        try {
            reader.accept(input);
        } catch (ReleaseException e) {
            // the sentence
            if (e.getMessage().isBlank()) {
                throw new IllegalStateException("a sentence without words", e);
            }
        }
    }
}
