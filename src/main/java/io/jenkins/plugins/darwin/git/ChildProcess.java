package io.jenkins.plugins.darwin.git;

import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.FS_POSIX;

/** Programs that are started for a transport get no secret of ours in their environment: hooks are foreign code. */
final class ChildProcess {
    private static final Pattern SECRET =
            Pattern.compile("(?i)DARWIN_.*|.*(TOKEN|PASSWORD|PASSPHRASE|SECRET|CREDENTIAL).*");

    private ChildProcess() {}

    static void scrub(Map<String, String> environment) {
        environment.keySet().removeIf(name -> SECRET.matcher(name).matches());
    }

    /** The file system as JGit sees it, with a shell that knows no secrets. */
    static FS fileSystem() {
        return FS.DETECTED instanceof FS_POSIX ? new CleanPosix() : FS.DETECTED;
    }

    private static final class CleanPosix extends FS_POSIX {
        @Override
        public ProcessBuilder runInShell(String command, String[] arguments) {
            ProcessBuilder builder = super.runInShell(command, arguments);
            scrub(builder.environment());
            return builder;
        }
    }
}
