package io.jenkins.plugins.darwin.jenkins.remote;

import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What to do next, in the words of a pipeline: steps, arguments of steps and credentials, never a command or a variable. */
final class StepAdvice {
    private StepAdvice() {}

    /** A failure's sentence, with what to do about it. */
    static String of(ReleaseException failure) {
        List<Next> next = failure.next();
        if (next.isEmpty()) {
            return failure.getMessage();
        }
        String acts = next.stream().map(StepAdvice::words).collect(Collectors.joining(Messages.StepAdvice_Then()));
        return failure.getMessage() + " " + acts.substring(0, 1).toUpperCase(Locale.ROOT) + acts.substring(1) + ".";
    }

    private static String words(Next next) {
        String about = next.about();
        return switch (next.act()) {
            case WRITE_CONFIG -> Messages.StepAdvice_WriteConfig();
            case PLAN_LINE -> Messages.StepAdvice_PlanLine(about);
            case JUDGE_BRANCH -> Messages.StepAdvice_Judge(about);
            case DESPITE_FREEZE -> Messages.StepAdvice_Freeze();
            case CUT -> Messages.StepAdvice_Step("darwinCutRelease", about);
            case BACKPORT -> Messages.StepAdvice_Backport(about);
            case BUILD -> Messages.StepAdvice_Step("darwinBuildRc", about);
            case SIGN -> Messages.StepAdvice_Step("darwinSign", about);
            case OPEN_VOTE, VOTE, EXTEND_VOTE -> Messages.StepAdvice_Step("darwinAwaitVote", about);
            case ATTEST -> Messages.StepAdvice_Attest(about);
            case PROMOTE -> Messages.StepAdvice_Step("darwinPromote", about);
            case VERIFY -> Messages.StepAdvice_Verify(about);
            case HOTFIX -> Messages.StepAdvice_Hotfix();
            case EXPORT_KEY, GIVE_KEYS -> Messages.StepAdvice_ExportKey();
            case GIVE_SIGNING_KEY -> Messages.StepAdvice_SigningKey();
            case GIVE_CONFIG -> Messages.StepAdvice_Config();
            case NAME_CANDIDATE -> Messages.StepAdvice_Candidate();
            case ACCEPT_POLICY -> Messages.StepAdvice_Policy();
            case ACCEPT_WITHDRAWN -> Messages.StepAdvice_Withdrawn();
            case CUT_WITHOUT_BUMP -> Messages.StepAdvice_WithoutBump();
            case LOG_IN_TO_REGISTRY -> Messages.StepAdvice_Registry(about);
            case NAME_REGISTRY_HOSTS -> Messages.StepAdvice_RegistryHosts();
            case LOG_IN_TO_GIT -> Messages.StepAdvice_Git();
            case NAME_PROXY -> Messages.StepAdvice_Proxy();
            case TRUST_AUTHORITY -> Messages.StepAdvice_Authority();
        };
    }
}
