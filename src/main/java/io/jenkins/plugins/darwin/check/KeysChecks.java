package io.jenkins.plugins.darwin.check;

import io.jenkins.plugins.darwin.candidate.CandidateFiles;
import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.KeysFile;
import java.util.List;

/** The file KEYS of a plain folder: nothing signs it, and people import it. */
public final class KeysChecks {
    private KeysChecks() {}

    /** Whether it holds only keys that are trusted. */
    public static Check onlyTrusted(CandidateFiles files, byte[] trusted) {
        try {
            List<String> known = KeysFile.parse(trusted).stream()
                    .map(KeysFile.Key::fingerprint)
                    .toList();
            List<String> strangers = KeysFile.parse(files.read(CandidateFolder.KEYS)).stream()
                    .map(KeysFile.Key::fingerprint)
                    .filter(key -> !known.contains(key))
                    .toList();
            return strangers.isEmpty()
                    ? Check.passed("keys", CandidateFolder.KEYS, "only keys that are trusted")
                    : Check.failed(
                            "keys",
                            CandidateFolder.KEYS,
                            "expected only keys that you trust, found also " + String.join(", ", strangers));
        } catch (ReleaseException e) {
            return Check.failed("keys", CandidateFolder.KEYS, e.getMessage());
        }
    }
}
