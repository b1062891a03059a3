package io.jenkins.plugins.darwin.model;

/**
 * What a team agreed on for the way from timeline to release, beside the vote.
 *
 * @param branch what may come onto a release branch
 * @param schedule who and when
 */
public record ProcessRules(BranchRules branch, ScheduleRules schedule) {
    /** What holds where the configuration says nothing. */
    public static ProcessRules defaults() {
        return new ProcessRules(BranchRules.defaults(), ScheduleRules.defaults());
    }
}
