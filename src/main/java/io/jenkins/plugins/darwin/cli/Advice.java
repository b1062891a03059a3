package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What to do next, in the words of the command line. */
final class Advice {
    private Advice() {}

    /** A failure's sentence, with what to do about it. */
    static String of(ReleaseException failure) {
        return after(failure.getMessage(), failure.next());
    }

    /** A sentence and what to do about it; the sentence alone when there is nothing. */
    static String after(String sentence, List<Next> next) {
        if (next.isEmpty()) {
            return sentence;
        }
        String acts = words(next);
        return sentence + " " + acts.substring(0, 1).toUpperCase(Locale.ROOT) + acts.substring(1) + ".";
    }

    /** In the order of doing, without a full stop; empty for nothing. */
    static String words(List<Next> next) {
        return next.stream().map(Advice::words).collect(Collectors.joining(", then "));
    }

    private static String words(Next next) {
        String about = next.about().isEmpty() ? "" : " " + next.about();
        return switch (next.act()) {
            case WRITE_CONFIG -> "run 'darwin init', which finds what there is";
            case PLAN_LINE -> run("line", about + " --target DATE");
            case JUDGE_BRANCH -> run("policy", about);
            case DESPITE_FREEZE -> "in an emergency, say why with --despite-freeze REASON";
            case CUT -> run("cut", about);
            case BACKPORT -> run("backport", about + " COMMIT");
            case BUILD -> run("build-rc", about);
            case SIGN -> run("sign", about);
            case OPEN_VOTE -> run("vote", about + " open");
            case VOTE -> "run 'darwin vote" + about + " cast', then close";
            case EXTEND_VOTE -> run("vote", about + " extend --hours N --reason TEXT");
            case ATTEST -> run("attest", about + " --type TYPE --file FILE");
            case PROMOTE -> run("promote", about);
            case VERIFY -> run("verify", about);
            case HOTFIX -> "run 'darwin hotfix VERSION --name SLUG'";
            case EXPORT_KEY -> "run 'darwin key export KEYS' and commit it";
            case GIVE_KEYS -> "run 'darwin key export KEYS' and commit it, or give keys with --keys";
            case GIVE_SIGNING_KEY -> "set DARWIN_SIGNING_KEY to the file that holds the key";
            case GIVE_CONFIG -> "give the file with --config";
            case NAME_CANDIDATE -> "name the candidate with --candidate";
            case ACCEPT_POLICY -> "accept it with --accept-policy REASON";
            case ACCEPT_WITHDRAWN -> "fetch it all the same with --withdrawn";
            case CUT_WITHOUT_BUMP -> "cut once with --no-bump";
            case LOG_IN_TO_REGISTRY ->
                "log in with 'docker login" + about + "' or 'podman login', or set DARWIN_REGISTRY_USER and"
                        + " DARWIN_REGISTRY_PASSWORD for the hosts that trunk's configuration names";
            case NAME_REGISTRY_HOSTS -> "name both hosts in DARWIN_REGISTRY_HOSTS, when it is right";
            case LOG_IN_TO_GIT -> "set DARWIN_GIT_USER and DARWIN_GIT_TOKEN, which go before .netrc and Git's helpers";
            case TRUST_AUTHORITY ->
                "add its certificate authority with --cacert FILE, SSL_CERT_FILE, docker's certs.d/HOST/ca.crt or, for"
                        + " Git, http.sslCAInfo";
            case NAME_PROXY -> "set https_proxy=http://USER:PASSWORD@HOST:PORT, where only a proxy reaches it";
        };
    }

    private static String run(String command, String arguments) {
        return "run 'darwin " + command + arguments + "'";
    }
}
