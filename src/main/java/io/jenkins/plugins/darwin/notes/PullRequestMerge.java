package io.jenkins.plugins.darwin.notes;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a merge commit says of the pull request that it merged, in the words of GitHub, GitLab, Bitbucket (both), Gitea and
 * Azure DevOps.
 *
 * @param title of the pull request; empty when the message has none
 * @param number of the pull request; empty when the message has none
 * @param body what its description says, footers with it
 */
record PullRequestMerge(String title, String number, String body) {
    private static final Pattern BRANCH = Pattern.compile("Merge (?:remote-tracking )?branch(?:es)? .*");
    private static final Pattern REQUEST = Pattern.compile("See merge request (?:\\S*?)!(\\d+)");
    /** The title is the first paragraph of the body. */
    private static final List<Pattern> TITLE_BELOW = List.of(
            Pattern.compile("Merge pull request #(\\d+) from \\S+"),
            Pattern.compile("Merged in \\S+ \\(pull request #(\\d+)\\)"));
    /** The title is in the subject. */
    private static final List<Pattern> TITLE_ABOVE = List.of(
            Pattern.compile("Pull request #(?<number>\\d+): (?<title>\\S.*)"),
            Pattern.compile("Merged PR (?<number>\\d+): (?<title>\\S.*)"),
            Pattern.compile("Merge pull request '(?<title>.+)' \\(#(?<number>\\d+)\\) from .*"));

    /** Reads a merge's message; empty when it joins branches and tells no pull request. */
    static Optional<PullRequestMerge> of(String message) {
        int end = message.indexOf('\n');
        String first = (end < 0 ? message : message.substring(0, end)).strip();
        String rest = end < 0 ? "" : message.substring(end + 1);
        for (Pattern form : TITLE_ABOVE) {
            Matcher m = form.matcher(first);
            if (m.matches()) {
                return Optional.of(new PullRequestMerge(m.group("title").strip(), m.group("number"), rest));
            }
        }
        for (Pattern form : TITLE_BELOW) {
            Matcher m = form.matcher(first);
            if (m.matches()) {
                CommitMessage below = CommitMessage.of(rest);
                return Optional.of(new PullRequestMerge(below.subject(), m.group(1), below.body()));
            }
        }
        Matcher request = REQUEST.matcher(rest);
        if (BRANCH.matcher(first).matches() && request.find()) {
            CommitMessage below = CommitMessage.of(rest.substring(0, request.start()));
            return Optional.of(new PullRequestMerge(below.subject(), request.group(1), below.body()));
        }
        return Optional.empty();
    }

    /** The title with its number behind it, unless it has one, and the description below. */
    String message() {
        return title + (title.contains("#" + number) || title.contains("!" + number) ? "" : " (#" + number + ")")
                + "\n\n" + body;
    }
}
