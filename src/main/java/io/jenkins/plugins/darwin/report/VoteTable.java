package io.jenkins.plugins.darwin.report;

import static io.jenkins.plugins.darwin.report.Html.pill;
import static io.jenkins.plugins.darwin.report.Html.text;

import io.jenkins.plugins.darwin.report.ReportModel.BallotRow;
import io.jenkins.plugins.darwin.report.ReportModel.Check;
import io.jenkins.plugins.darwin.report.ReportModel.Choice;
import io.jenkins.plugins.darwin.report.ReportModel.VoteSummary;

/** The vote on one candidate: outcome, and who voted what, with the checklist. */
final class VoteTable {
    private VoteTable() {}

    static void write(VoteSummary vote, StringBuilder out) {
        out.append("<article>\n<div class=\"row\"><h3>")
                .append(text(vote.candidate().toString()))
                .append("</h3> ")
                .append(outcome(vote))
                .append(" <span class=\"tally\">")
                .append(tally(vote))
                .append("</span></div>\n<p>on ")
                .append(Html.digest(vote.digest()))
                .append(
                        "</p>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Ballots\"><table class=\"votes\">\n<caption>Ballots on ")
                .append(text(vote.candidate().toString()))
                .append("</caption>\n<thead><tr><th scope=\"col\">Voter</th><th scope=\"col\">Vote</th>");
        vote.checklist()
                .forEach(check -> out.append("<th scope=\"col\" class=\"check\">")
                        .append(text(check))
                        .append("</th>"));
        out.append("<th scope=\"col\">Reason</th></tr></thead>\n<tbody>\n");
        vote.ballots().forEach(ballot -> row(vote, ballot, out));
        out.append("</tbody></table></div>\n</article>\n");
    }

    private static void row(VoteSummary vote, BallotRow ballot, StringBuilder out) {
        out.append(ballot.superseded() ? "<tr class=\"superseded\">" : "<tr>")
                .append("<th scope=\"row\">")
                .append(text(ballot.voter()))
                .append(ballot.binding() ? "" : " <small>not binding</small>")
                .append(ballot.superseded() ? " <small>changed later</small>" : "")
                .append("<br><small>")
                .append(Html.time(ballot.cast()))
                .append("</small></th><td data-label=\"Vote\">")
                .append(choice(ballot.choice()))
                .append("</td>");
        for (String check : vote.checklist()) {
            out.append("<td class=\"check\" data-label=\"")
                    .append(text(check))
                    .append("\">")
                    .append(
                            switch (ballot.checks().getOrDefault(check, Check.NOT_RUN)) {
                                case PASSED ->
                                    "<span class=\"mark good\" role=\"img\" aria-label=\"passed\" title=\"passed\">✓</span>";
                                case FAILED ->
                                    "<span class=\"mark bad\" role=\"img\" aria-label=\"failed\" title=\"failed\">✕</span>";
                                case NOT_RUN ->
                                    "<span class=\"mark wait\" role=\"img\" aria-label=\"not run\" title=\"not run\">–</span>";
                            })
                    .append("</td>");
        }
        out.append("<td class=\"reason\" data-label=\"Reason\">")
                .append(text(ballot.reason()))
                .append("</td></tr>\n");
    }

    private static String outcome(VoteSummary vote) {
        return vote.passed()
                .map(passed -> passed ? pill("good", "✓", vote.outcome()) : pill("bad", "✕", vote.outcome()))
                .orElseGet(() -> pill("wait", "…", vote.outcome()));
    }

    /** Binding ballots that stand, for example {@code 2 for, 1 against, quorum 3}. */
    private static String tally(VoteSummary vote) {
        return count(vote, Choice.APPROVE) + " for, " + count(vote, Choice.VETO) + " against, quorum " + vote.quorum();
    }

    private static long count(VoteSummary vote, Choice choice) {
        return vote.ballots().stream()
                .filter(b -> b.binding() && !b.superseded() && b.choice() == choice)
                .count();
    }

    private static String choice(Choice choice) {
        return switch (choice) {
            case APPROVE -> "<b class=\"choice good\">+1</b>";
            case ABSTAIN -> "<b class=\"choice wait\">0</b>";
            case VETO -> "<b class=\"choice bad\">−1</b>";
        };
    }
}
