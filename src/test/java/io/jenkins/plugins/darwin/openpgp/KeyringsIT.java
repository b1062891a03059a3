package io.jenkins.plugins.darwin.openpgp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * KEYS files as they grow, and what gpg says of one signature with the same file: imported into an empty home, the way a voter
 * does it. Where gpg has no opinion (it gives up at a damaged block; it does not tell a retired key from a stolen one) Sequoia
 * is asked, and the difference is written down beside the case.
 */
class KeyringsIT {
    private static final String OWNER = "Rita Release <rita@example.org>";
    private static final String SECOND = "Rita Manager <manager@example.org>";
    private static final byte[] CONTENT = "what was voted on".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path dir;

    private static Gpg gpg;
    private static int count;

    /** Keys by what was done to them; the older state first. */
    private record Made(String fingerprint, byte[] before, byte[] after, String signature) {}

    @BeforeAll
    static void start() throws IOException {
        gpg = new Gpg();
        Files.write(dir.resolve("content"), CONTENT);
    }

    @AfterAll
    static void stop() throws IOException {
        gpg.close();
    }

    private enum Judge {
        GPG,
        SQ,
        /** Neither: the reason stands with the case. */
        NONE
    }

    private record Case(String name, byte[] keys, String signature, boolean good, Judge judge, Optional<String> says) {
        Case says(String text) {
            return new Case(name, keys, signature, good, judge, Optional.of(text));
        }
    }

    private static Case good(String name, Made made, byte[]... parts) {
        return new Case(name, all(parts), made.signature(), true, Judge.GPG, Optional.empty());
    }

    private static Case bad(String name, Made made, byte[]... parts) {
        return new Case(name, all(parts), made.signature(), false, Judge.GPG, Optional.empty());
    }

    private static Case by(Judge judge, Case one) {
        return new Case(one.name(), one.keys(), one.signature(), one.good(), judge, one.says());
    }

    @TestFactory
    Stream<DynamicTest> gpgAndWeSayTheSame() throws Exception {
        List<Case> cases = cases();
        assertThat(cases.stream().filter(c -> c.judge() == Judge.GPG).count()).isGreaterThanOrEqualTo(25);
        return cases.stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> judge(c)));
    }

    private static void judge(Case one) throws IOException {
        Path keys = Files.write(dir.resolve("KEYS" + count++), one.keys());
        Path signature = Files.writeString(dir.resolve("content.asc"), one.signature());
        PublicKeys read = PublicKeys.of(one.keys());
        SignatureCheck check = SignatureVerifier.of(read, Clock.systemUTC()).verifyForeign(one.signature(), CONTENT);
        assertThat(check.acceptable()).as(check + " " + read.warnings()).isEqualTo(one.good());
        one.says().ifPresent(s -> assertThat(check + " " + read.warnings()).contains(s));
        if (one.judge() == Judge.GPG) {
            assertThat(gpg(keys, signature)).as("gpg").isEqualTo(one.good());
        } else if (one.judge() == Judge.SQ) {
            assertThat(sq(keys, signature)).as("sq").isEqualTo(one.good());
        }
    }

    /** Sequoia takes each block for a key of its own, so gpg puts them together first. */
    private static boolean sq(Path keys, Path signature) throws IOException {
        try (Gpg fresh = new Gpg()) {
            fresh.ok("--import", keys.toString());
            Path merged = Files.write(
                    dir.resolve("merged"), fresh.ok("--armor", "--export").out());
            return fresh.run(
                                    List.of(
                                            "sq",
                                            "verify",
                                            "--signer-cert",
                                            merged.toString(),
                                            "--detached",
                                            signature.toString(),
                                            dir.resolve("content").toString()),
                                    new byte[0],
                                    dir)
                            .exit()
                    == 0;
        }
    }

    /** gpg's status lines in a home that holds these keys alone; its exit code is 0 for a revoked key too. */
    private static boolean gpg(Path keys, Path signature) throws IOException {
        try (Gpg fresh = new Gpg()) {
            fresh.run(new byte[0], "--import", keys.toString());
            String status = fresh.run(
                            new byte[0],
                            "--status-fd",
                            "1",
                            "--verify",
                            signature.toString(),
                            dir.resolve("content").toString())
                    .text();
            // EXPKEYSIG: made while the key was good; a release outlives its key.
            return status.contains("[GNUPG:] GOODSIG ") || status.contains("[GNUPG:] EXPKEYSIG ");
        }
    }

    private static List<Case> cases() throws Exception {
        List<Case> cases = new ArrayList<>();
        extended(cases);
        revoked(cases);
        subkeys(cases);
        userIds(cases);
        forms(cases);
        damaged(cases);
        return cases;
    }

    private static void extended(List<Case> cases) {
        Made extended = made("ed25519", "sign", "1y", "20250101T000000", f -> {
            gpg.ok("--passphrase", "", "--quick-set-expire", f, "10y");
            return f;
        });
        cases.add(good("extended copy below", extended, extended.before(), extended.after()));
        cases.add(good("extended copy above", extended, extended.after(), extended.before()));
        cases.add(good("only the extended copy", extended, extended.after()));
        Case late = bad("only the old copy, signed after its end", extended, extended.before());
        cases.add(new Case(late.name(), late.keys(), late.signature(), false, Judge.SQ, Optional.of("had expired")));
        String brief = generate("ed25519", "sign", "0", "20250101T000000");
        byte[] endless = gpg.publicKey(brief);
        String now = sign(brief);
        gpg.ok("--faked-system-time", "20250201T000000", "--quick-set-expire", brief, "60d");
        Made shortened = new Made(brief, endless, gpg.publicKey(brief), now);
        Case ended = bad("shortened below", shortened, shortened.before(), shortened.after());
        cases.add(new Case(ended.name(), ended.keys(), ended.signature(), false, Judge.SQ, Optional.of("had expired")));
        String over = generate("ed25519", "sign", "1y", "20250101T000000");
        Made past = new Made(over, gpg.publicKey(over), gpg.publicKey(over), sign(over, "20250101T000000"));
        cases.add(good("expired since", past, past.before()).says("EXPIRED_KEY"));
    }

    private static void revoked(List<Case> cases) {
        Made stolen = made("ed25519", "sign", "0", null, f -> {
            gpg.ok(gpg.revocation(f), "--import");
            return f;
        });
        byte[] certificate = gpg.revocation(stolen.fingerprint());
        cases.add(bad("revoked copy below", stolen, stolen.before(), stolen.after())
                .says("REVOKED"));
        cases.add(bad("revoked copy above", stolen, stolen.after(), stolen.before())
                .says("REVOKED"));
        cases.add(bad("revocation certificate below", stolen, stolen.before(), certificate)
                .says("REVOKED"));
        cases.add(by(
                Judge.NONE, // gpg finds no key to apply it to when it stands first; it is one all the same
                bad("revocation certificate above", stolen, certificate, stolen.before())
                        .says("REVOKED")));
        cases.add(bad("revoked between two others", stolen, other(), stolen.before(), other(), stolen.after()));
        Made innocent = made("ed25519", "sign", "0", null, f -> f);
        cases.add(good("another key's revocation", innocent, innocent.before(), stolen.before(), certificate));
        cases.add(good("a revocation of a key that is not there", innocent, innocent.before(), certificate)
                .says("but not the key"));
        for (String reason : List.of("0", "1", "2", "3")) {
            boolean soft = reason.equals("2") || reason.equals("3");
            Made gone = made("ed25519", "sign", "0", "20250101T000000", f -> {
                byte[] made = revocation(f, reason);
                gpg.ok(made, "--import");
                return f;
            });
            Case one = soft
                    ? good("revoked for gpg's reason " + reason, gone, gone.before(), gone.after())
                            .says("RETIRED_KEY")
                    : bad("revoked for gpg's reason " + reason, gone, gone.before(), gone.after())
                            .says("REVOKED");
            // gpg says REVKEYSIG for all of them; Sequoia tells a retired key (RFC 9580, 5.2.3.31) from a stolen one.
            cases.add(by(soft ? Judge.SQ : Judge.GPG, one));
        }
    }

    private static void subkeys(List<Case> cases) {
        Made added = made("ed25519", "cert", "0", null, f -> {
            gpg.ok("--passphrase", "", "--quick-add-key", f, "ed25519", "sign");
            return f;
        });
        cases.add(good("a signing subkey in a later copy", added, added.before(), added.after()));
        cases.add(bad("the copy without the subkey", added, added.before()).says("UNKNOWN_KEY"));
        Made revoked = made("ed25519", "cert", "0", null, f -> {
            gpg.ok("--passphrase", "", "--quick-add-key", f, "ed25519", "sign");
            return f;
        });
        byte[] before = revoked.after();
        edit(revoked.fingerprint(), "key 1\nrevkey\ny\n0\n\ny\nsave\n");
        byte[] after = gpg.publicKey(revoked.fingerprint());
        cases.add(bad("subkey revoked in a later copy", revoked, before, after).says("REVOKED"));
        cases.add(
                bad("subkey revoked in an earlier copy", revoked, after, before).says("REVOKED"));
        cases.add(good("subkey before its revocation", revoked, before));
        gpg.ok("--passphrase", "", "--quick-add-key", revoked.fingerprint(), "ed25519", "sign");
        String next = sign(revoked.fingerprint());
        cases.add(new Case(
                "a new subkey beside a revoked one",
                all(before, gpg.publicKey(revoked.fingerprint())),
                next,
                true,
                Judge.GPG,
                Optional.empty()));
        Made old = made(
                "ed25519",
                "cert",
                "0",
                "20250101T000000",
                f -> {
                    gpg.ok(
                            "--faked-system-time",
                            "20250101T000000",
                            "--passphrase",
                            "",
                            "--quick-add-key",
                            f,
                            "ed25519",
                            "sign",
                            "30d");
                    return f;
                },
                false);
        byte[] ended = gpg.publicKey(old.fingerprint());
        gpg.ok("--passphrase", "", "--quick-set-expire", old.fingerprint(), "10y", subkey(old.fingerprint()));
        cases.add(new Case(
                "an ended subkey extended below",
                all(ended, gpg.publicKey(old.fingerprint())),
                sign(old.fingerprint()),
                true,
                Judge.GPG,
                Optional.empty()));
    }

    private static void userIds(List<Case> cases) {
        Made renamed = made("ed25519", "sign", "0", "20250101T000000", f -> {
            gpg.ok("--passphrase", "", "--quick-add-uid", f, SECOND);
            gpg.ok("--passphrase", "", "--quick-revoke-uid", f, OWNER);
            return f;
        });
        cases.add(good("first user ID revoked in a later copy", renamed, renamed.before(), renamed.after())
                .says("Optional[" + SECOND));
        cases.add(good("first user ID revoked in an earlier copy", renamed, renamed.after(), renamed.before())
                .says("Optional[" + SECOND));
    }

    private static void forms(List<Case> cases) throws IOException {
        Made key = made("ed25519", "sign", "0", null, f -> f);
        String armor = new String(key.before(), StandardCharsets.US_ASCII);
        cases.add(good("CRLF", key, armor.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII)));
        cases.add(good("spaces at line ends", key, armor.replace("\n", "  \n").getBytes(StandardCharsets.US_ASCII)));
        cases.add(bad(
                        "indented, which is text",
                        key,
                        armor.replaceAll("(?m)^", "   ").getBytes(StandardCharsets.US_ASCII),
                        other())
                .says("UNKNOWN_KEY"));
        cases.add(good(
                "armor headers",
                key,
                armor.replaceFirst("BLOCK-----\n", "BLOCK-----\nVersion: 1\nComment: grün: ja\nComment: \n")
                        .getBytes(StandardCharsets.UTF_8)));
        cases.add(good("no blank line", key, armor.replaceFirst("\n\n", "\n").getBytes(StandardCharsets.US_ASCII)));
        cases.add(good(
                "text around", key, text("pub rsa4096 ---\n"), key.before(), text("-----\nEnd. ---- é\n"), other()));
        cases.add(good("binary", key, gpg.ok("--export", key.fingerprint()).out()));
        cases.add(good("binary keyring of all", key, gpg.ok("--export").out()));
        cases.add(good(
                "several keys in one block", key, gpg.ok("--armor", "--export").out()));
        cases.add(good(
                "the same block ten times",
                key,
                all(java.util.Collections.nCopies(10, key.before()).toArray(byte[][]::new))));
        cases.add(by(
                Judge.NONE, // gpg reads no UTF-16
                good("UTF-16 with a mark", key, ("\uFEFF" + armor).getBytes(StandardCharsets.UTF_16LE))));
        cases.add(by(Judge.NONE, good("UTF-16 big end first", key, armor.getBytes(StandardCharsets.UTF_16))));
        cases.add(good("UTF-8 with a mark", key, ("\uFEFF\n" + armor).getBytes(StandardCharsets.UTF_8)));
        cases.add(bad("another key alone", key, other()).says("UNKNOWN_KEY"));
        for (String algorithm : List.of(
                "rsa2048",
                "rsa3072",
                "dsa2048",
                "nistp256",
                "nistp384",
                "nistp521",
                "brainpoolP256r1",
                "brainpoolP384r1",
                "brainpoolP512r1",
                "secp256k1")) {
            Made one = made(algorithm, "sign", "0", null, f -> f);
            cases.add(good(algorithm, one, one.before()));
        }
    }

    private static void damaged(List<Case> cases) throws IOException {
        Made key = made("ed25519", "sign", "0", null, f -> f);
        byte[] packets = gpg.ok("--export", key.fingerprint()).out();
        byte[] unknown = packets.clone();
        unknown[2 + 5] = 105; // the algorithm: for private use
        cases.add(good("a block of an unknown algorithm above", key, armored(unknown), key.before())
                .says("not known here"));
        byte[] five = packets.clone();
        five[2] = 5;
        cases.add(good("a block of version 5 above", key, armored(five), key.before())
                .says("version 5"));
        byte[] six = packets.clone();
        six[2] = 6;
        cases.add(good("a block of version 6 below", key, key.before(), armored(six))
                .says("version 6"));
        String armor = new String(other(), StandardCharsets.US_ASCII);
        // gpg gives up at the first damaged block and forgets what stands below it: no judge for these.
        cases.add(by(
                Judge.NONE,
                good("a wrong checksum above", key, text(armor.replaceFirst("\n=....\n", "\n=AAAA\n")), key.before())
                        .says("checksum does not fit")));
        cases.add(by(
                Judge.NONE,
                good("cut off above", key, text(armor.substring(0, armor.length() / 2) + "\n"), key.before())
                        .says("has no end")));
        cases.add(by(
                Judge.NONE,
                good("not base64 above", key, text(armor.replaceFirst("\n\n....", "\n\n!??!")), key.before())
                        .says("not base64")));
        cases.add(by(
                Judge.NONE, // gpg loses the key before the damaged block too
                good("a wrong checksum below", key, key.before(), text(armor.replaceFirst("\n=....\n", "\n=AAAA\n")))
                        .says("checksum does not fit")));
        cases.add(by(
                Judge.NONE, // gpg would take the secret key in
                good("a secret key in it", key, key.before(), gpg.secret(key.fingerprint(), ""))
                        .says("secret key: take it out")));
        byte[] stripped = Arrays.copyOf(packets, 2 + packets[1]);
        Case unsigned = bad("a key without a user ID", key, armored(stripped)).says("left out");
        cases.add(new Case(
                unsigned.name(),
                all(unsigned.keys(), other()),
                unsigned.signature(),
                false,
                Judge.GPG,
                unsigned.says()));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] all(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
            if (parts.length > 1) {
                out.write('\n');
            }
        }
        return out.toByteArray();
    }

    private static byte[] armored(byte[] packets) {
        return Keys.armor(packets).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] other() {
        String name = "Other " + count++ + " <other" + count + "@example.org>";
        return gpg.publicKey(gpg.generate(name, "ed25519", "sign", "0", ""));
    }

    private static Made made(String algorithm, String usage, String life, String when, UnaryOperator<String> change) {
        return made(algorithm, usage, life, when, change, true);
    }

    private static Made made(
            String algorithm, String usage, String life, String when, UnaryOperator<String> change, boolean signs) {
        String fingerprint = generate(algorithm, usage, life, when);
        byte[] before = gpg.publicKey(fingerprint);
        boolean early = signs && usage.equals("sign") && life.equals("0");
        String signature = early ? sign(fingerprint, when) : "";
        change.apply(fingerprint);
        return new Made(
                fingerprint, before, gpg.publicKey(fingerprint), early || !signs ? signature : sign(fingerprint));
    }

    private static String generate(String algorithm, String usage, String life, String when) {
        List<String> args = new ArrayList<>();
        if (when != null) {
            args.addAll(List.of("--faked-system-time", when));
        }
        args.addAll(
                List.of("--status-fd", "1", "--passphrase", "", "--quick-generate-key", OWNER, algorithm, usage, life));
        args.add(0, "--yes"); // the same user ID again
        return gpg.ok(args.toArray(String[]::new))
                .text()
                .lines()
                .filter(l -> l.startsWith("[GNUPG:] KEY_CREATED "))
                .findFirst()
                .orElseThrow()
                .split(" ")[3];
    }

    private static String subkey(String fingerprint) {
        return gpg.colons(fingerprint).stream()
                .filter(l -> l.startsWith("fpr:"))
                .skip(1)
                .findFirst()
                .orElseThrow()
                .split(":")[9];
    }

    private static String sign(String fingerprint) {
        return sign(fingerprint, null);
    }

    /** @param when null for now */
    private static String sign(String fingerprint, String when) {
        List<String> args = new ArrayList<>(when == null ? List.of() : List.of("--faked-system-time", when));
        args.addAll(List.of("--local-user", fingerprint, "--armor", "--detach-sign", "--output", "-"));
        return gpg.ok(CONTENT, args.toArray(String[]::new)).text();
    }

    private static byte[] revocation(String fingerprint, String reason) {
        return gpg.interactive("y\n" + reason + "\n\ny\n", "--gen-revoke", fingerprint)
                .out();
    }

    private static void edit(String fingerprint, String commands) {
        Gpg.Said said = gpg.interactive(commands, "--edit-key", fingerprint);
        assertThat(said.exit()).as(said.all()).isZero();
    }
}
