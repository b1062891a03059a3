package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.KeyGenerator;
import io.jenkins.plugins.darwin.openpgp.KeysFile;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.release.ShowKeys;
import io.jenkins.plugins.darwin.release.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "key", description = "P0.3: the release manager's signing key.")
final class KeyCommand implements Runnable {
    private final Darwin darwin;

    KeyCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public void run() {
        throw ReleaseException.usage(
                "No action given: expected darwin key generate, darwin key export or darwin key show.");
    }

    @Command(
            name = "generate",
            description =
                    "Makes an RSA-4096 key with the comment CODE SIGNING KEY; the passphrase comes from DARWIN_SIGNING_PASSPHRASE.")
    Integer generate(
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "The owner's name.")
                    String name,
            @Option(names = "--email", required = true, paramLabel = "MAIL", description = "The owner's mail address.")
                    String email,
            @Option(
                            names = "--type",
                            paramLabel = "TYPE",
                            defaultValue = "RSA_4096",
                            description = "RSA_4096 or ED25519. Default: ${DEFAULT-VALUE}.")
                    KeyGenerator.KeyType type,
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "FILE",
                            description = "Where the secret key is written; it must not exist.")
                    Path file) {
        Person person = Person.parse(name + " <" + email + ">");
        String passphrase = darwin.secrets()
                .passphrase()
                .orElseThrow(() -> ReleaseException.usage(
                        "No passphrase: expected DARWIN_SIGNING_PASSPHRASE, or _FILE, in the environment."));
        Path target = darwin.surroundings().resolve(file);
        if (Files.exists(target)) {
            throw ReleaseException.refused(target + " exists already: a key is never written over.");
        }
        if (darwin.dryRun()) {
            print("key generate", "planned", Change.absent("key", target.toString(), type.name()), Map.of(), List.of());
            return 0;
        }
        darwin.progress().message("Making the key; this takes some seconds.");
        KeyGenerator.GeneratedKey key = new KeyGenerator(
                        new SecureRandom(), darwin.surroundings().clock())
                .generate(type, person, passphrase.toCharArray());
        try {
            // The folder's rights are the user's business, the file's are ours: nobody else may read a secret key.
            Files.createFile(
                    target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(target, key.secretKey(), StandardCharsets.US_ASCII, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to write " + target + " but failed because: " + e.getMessage() + ".", e);
        }
        print(
                "key generate",
                "done",
                Change.absent("key", target.toString(), key.fingerprint()).asMade(),
                Map.of("fingerprint", key.fingerprint()),
                List.of(
                        "Fingerprint " + key.fingerprint(),
                        "Next: DARWIN_SIGNING_KEY=" + target + " darwin key export KEYS"));
        return 0;
    }

    @Command(
            name = "export",
            description =
                    "Appends the public key of DARWIN_SIGNING_KEY to a KEYS file; with --pem, writes it as cosign and openssl take it.")
    Integer export(
            @Parameters(
                            index = "0",
                            paramLabel = "FILE",
                            description = "The KEYS file, made when it is missing; with --pem, the file to write.")
                    Path file,
            @Option(
                            names = "--pem",
                            description =
                                    "Write the public half of what signs as PEM: for cosign verify --key, openssl, admission controllers.")
                    boolean pem) {
        Path target = darwin.surroundings().resolve(file);
        DetachedSigner signer = darwin.secrets().signer();
        try {
            byte[] before = Files.exists(target) ? Files.readAllBytes(target) : new byte[0];
            Optional<byte[]> after = pem ? pem(before, signer, target) : KeysFile.append(before, signer.publicKey());
            Change change = after.isEmpty()
                    ? Change.done("key", target.toString(), signer.fingerprint())
                    : Change.absent("key", target.toString(), signer.fingerprint());
            if (after.isPresent() && !darwin.dryRun()) {
                Files.write(target, after.get());
                change = change.asMade();
            }
            print(
                    "key export",
                    after.isEmpty() ? "unchanged" : darwin.dryRun() ? "planned" : "done",
                    change,
                    Map.of("fingerprint", signer.fingerprint()),
                    List.of());
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to " + (pem ? "write the key to " : "add the key to ") + target + " but failed because: "
                            + e.getMessage() + ".",
                    e);
        }
        return 0;
    }

    /** @return empty when the file holds it already */
    private static Optional<byte[]> pem(byte[] before, DetachedSigner signer, Path target) {
        byte[] material = signer.material()
                .orElseThrow(() -> ReleaseException.refused("The key " + signer.fingerprint()
                        + " has no form that cosign or openssl know as a public key: expected RSA, Ed25519 or ECDSA."));
        byte[] after = ("-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(material)
                        + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
        if (Arrays.equals(before, after)) {
            return Optional.empty();
        }
        if (before.length > 0) {
            throw ReleaseException.refused(
                    target + " holds something else: expected no such file, or this key; it is not written over.");
        }
        return Optional.of(after);
    }

    @Command(
            name = "show",
            description = "The keys in KEYS of trunk: whose, until when, since which commit, and what follows them.")
    Integer show() {
        try (Workspace workspace = darwin.workspace()) {
            ShowKeys.Result result = new ShowKeys(workspace).look();
            List<String> lines = new ArrayList<>();
            for (ShowKeys.Key key : result.keys()) {
                lines.add(key.fingerprint() + "  " + key.algorithm() + "  " + key.state());
                key.userIds().forEach(id -> lines.add("  " + id));
                lines.add("  made " + day(key.created()) + ", "
                        + key.expires().map(e -> "signs until " + day(e)).orElse("never expires"));
                lines.add("  in KEYS since " + key.since().abbreviated()
                        + (key.newest().equals(key.since())
                                ? ""
                                : ", as it is now since " + key.newest().abbreviated()));
                key.successor().ifPresent(s -> lines.add("  followed by " + s));
            }
            new Output(darwin.surroundings(), darwin.json())
                    .success(
                            "key show",
                            null,
                            "unchanged",
                            List.of(),
                            result.warnings(),
                            new Shown(result.keys()),
                            lines);
        }
        return 0;
    }

    /** What the JSON document holds beside the warnings. */
    private record Shown(List<ShowKeys.Key> keys) {}

    private static String day(Instant time) {
        return time.toString().substring(0, 10);
    }

    private void print(String command, String outcome, Change change, Map<String, String> result, List<String> lines) {
        new Output(darwin.surroundings(), darwin.json())
                .success(command, null, outcome, List.of(change), List.of(), result, lines);
    }
}
