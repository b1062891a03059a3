package io.jenkins.plugins.darwin.attest;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The sorts of evidence, in the order of help and pages. */
public final class EvidenceKinds {
    /** Where the types of our own predicates live. */
    static final String OWN = "https://plugins.jenkins.io/darwin-release/evidence/";

    private static final Pattern URI = Pattern.compile("https?://[A-Za-z0-9][\\x21-\\x7e]{0,240}");

    public static final List<EvidenceKind> ALL = List.of(
            new ProvenanceKind(),
            new BillOfMaterialsKind(),
            new JunitKind(),
            new SarifKind(),
            new ResultKind("load", "the result of a load test"),
            new ResultKind("health", "the result of a health check"),
            new ResultKind("rebuild", "the result of building it again"),
            new ResultKind("upgrade", "the result of an upgrade test"),
            new ResultKind("licence", "the result of a licence scan"),
            new FreeKind("json", OWN + "json/v1"),
            new RecordKind("vote", "outcome"),
            new RecordKind("promotion", "tag"),
            new RecordKind("withdrawal", "reason"));

    private EvidenceKinds() {}

    /** By word; anything that is no word is the type of a predicate, of free JSON. */
    public static Optional<EvidenceKind> find(String wordOrType) {
        Optional<EvidenceKind> known = ALL.stream()
                .filter(k -> k.word().equals(wordOrType) || k.predicateType().equals(wordOrType))
                .findFirst();
        return known.isPresent() || !URI.matcher(wordOrType).matches()
                ? known
                : Optional.of(new FreeKind(wordOrType, wordOrType));
    }

    /** @throws ReleaseException usage, when there is none */
    public static EvidenceKind require(String wordOrType) {
        return find(wordOrType)
                .orElseThrow(() -> ReleaseException.usage("Not a type of evidence: expected one of " + words()
                        + ", or the https address of a predicate type, found '" + Version.printable(wordOrType)
                        + "'."));
    }

    /** Those that a file can be given for, in words. */
    public static String words() {
        return ALL.stream().filter(k -> !k.ours()).map(EvidenceKind::word).collect(Collectors.joining(", "));
    }
}
