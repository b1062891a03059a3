package io.jenkins.plugins.darwin.model;

import java.util.Arrays;
import java.util.List;

/**
 * What people do next, as data: the engine says what, and each face says how in its own words. A command line names a
 * command, a pipeline names a step, and neither tells of the other's.
 *
 * @param about what it is about: a version, a host; empty where the act says all
 */
public record Next(Act act, String about) {
    /** A step of the release to take, or something that a run has to be given. */
    public enum Act {
        /** Write a configuration to begin with. */
        WRITE_CONFIG,
        /** Give a version a release manager and a target date. */
        PLAN_LINE,
        /** Look which commits of a version's branch may not be there. */
        JUDGE_BRANCH,
        /** Say why something is done in a freeze window. */
        DESPITE_FREEZE,
        /** Cut the branch of a version. */
        CUT,
        /** Pick fixes of trunk onto the branch of a version. */
        BACKPORT,
        /** Build the candidate of a version. */
        BUILD,
        /** Sign the candidate of a version. */
        SIGN,
        /** Open the vote on a version's candidate. */
        OPEN_VOTE,
        /** Cast what ballots are missing, and close. */
        VOTE,
        /** Give a vote that ended without enough votes more time. */
        EXTEND_VOTE,
        /** Put evidence on a candidate. */
        ATTEST,
        /** Promote a version. */
        PROMOTE,
        /** Look from outside at a released version. */
        VERIFY,
        /** Begin a hotfix. */
        HOTFIX,
        /** Put the release key's public part into {@code KEYS} on trunk. */
        EXPORT_KEY,
        /** Say which keys are trusted, by {@code KEYS} on trunk or in this run. */
        GIVE_KEYS,
        /** Give this run the release key. */
        GIVE_SIGNING_KEY,
        /** Give this run a configuration. */
        GIVE_CONFIG,
        /** Name the candidate that is meant. */
        NAME_CANDIDATE,
        /** Accept a weaker policy, with a reason. */
        ACCEPT_POLICY,
        /** Take a release although it was withdrawn. */
        ACCEPT_WITHDRAWN,
        /** Go on although no file carries the version. */
        CUT_WITHOUT_BUMP,
        /** Give this run the credentials of a registry, whose host it is about. */
        LOG_IN_TO_REGISTRY,
        /** Say that the registry's credentials belong to its token server, too. */
        NAME_REGISTRY_HOSTS,
        /** Give this run the credentials of the Git server. */
        LOG_IN_TO_GIT,
        /** Name the proxy, or its user and password. */
        NAME_PROXY,
        /** Trust the certificate authority of a host. */
        TRUST_AUTHORITY
    }

    public static Next of(Act act) {
        return new Next(act, "");
    }

    public static Next of(Act act, Version version) {
        return new Next(act, version.toString());
    }

    /** Several acts, one after another. */
    public static List<Next> of(Version version, Act... acts) {
        return Arrays.stream(acts).map(act -> of(act, version)).toList();
    }
}
