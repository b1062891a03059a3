package io.jenkins.plugins.darwin.report;

import static io.jenkins.plugins.darwin.report.Html.digest;
import static io.jenkins.plugins.darwin.report.Html.pill;
import static io.jenkins.plugins.darwin.report.Html.text;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.report.ReportModel.CandidateSummary;
import io.jenkins.plugins.darwin.report.ReportModel.ChangeRow;
import io.jenkins.plugins.darwin.report.ReportModel.Command;
import io.jenkins.plugins.darwin.report.ReportModel.FileRow;
import io.jenkins.plugins.darwin.report.ReportModel.ImageRow;
import io.jenkins.plugins.darwin.report.ReportModel.Phase;
import io.jenkins.plugins.darwin.report.ReportModel.State;
import io.jenkins.plugins.darwin.report.ReportModel.VoteSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes {@code report.html}: one page that needs nothing else, in light and dark, on a phone and on paper. It has no
 * script, and its content security policy allows none.
 */
public final class ReportPage {
    /** The file's usual name. */
    public static final String FILE = "report.html";

    private final ReportModel model;
    private final StringBuilder out = new StringBuilder(32_768);
    private List<String> columns = List.of();

    private ReportPage(ReportModel model) {
        this.model = model;
    }

    /** The whole page. The same model gives the same text. */
    public static String render(ReportModel model) {
        ReportPage page = new ReportPage(model);
        page.head();
        page.header();
        page.out.append("<main>\n");
        page.promise();
        page.timeline();
        page.votes();
        page.files();
        page.images();
        page.changes();
        page.commands();
        page.out.append("</main>\n</body>\n</html>\n");
        return page.out.toString();
    }

    private void head() {
        out.append("""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                """);
        out.append("<title>")
                .append(text(title()))
                .append(": release report</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n");
    }

    private void header() {
        out.append("<header>\n<p class=\"kicker\">Release report</p>\n<h1>")
                .append(text(model.project()))
                .append(" <span>")
                .append(model.version())
                .append("</span></h1>\n<p class=\"summary\">")
                .append(text(model.summary()))
                .append("</p>\n");
        model.candidate().ifPresent(candidate -> {
            out.append("<dl class=\"facts\">\n");
            fact("Candidate", text(candidate.id().toString()));
            fact(
                    "Commit",
                    "<code class=\"digest\" tabindex=\"0\" title=\"" + candidate.commit() + "\">" + candidate.commit()
                            + "</code>");
            candidate
                    .signer()
                    .ifPresent(signer -> fact(
                            "Signed by",
                            text(signer.userId()) + "<br><code>" + text(spaced(signer.fingerprint())) + "</code>"));
            out.append("</dl>\n");
        });
        out.append("</header>\n");
    }

    /** The three digests that have to be one, side by side. */
    private void promise() {
        if (model.candidate().isEmpty()) {
            return;
        }
        CandidateSummary candidate = model.candidate().get();
        Optional<VoteSummary> vote = model.votes().stream()
                .filter(v -> v.candidate().equals(candidate.id()))
                .reduce((a, b) -> b);
        section("promise", "What was voted on is what ships");
        out.append("<ol class=\"chain\">\n");
        out.append("<li class=\"good\"><b>Staged</b> ")
                .append(digest(candidate.digest()))
                .append("</li>\n");
        link("Voted on", vote.map(VoteSummary::digest), candidate.digest());
        link("Promoted", candidate.promoted(), candidate.digest());
        out.append("</ol>\n</section>\n");
    }

    private void link(String word, Optional<Digest> found, Digest expected) {
        boolean differs = found.isPresent() && !found.get().equals(expected);
        String tone = found.isEmpty() ? "wait" : differs ? "bad" : "good";
        String sign = found.isEmpty()
                ? pill("wait", "…", "not yet")
                : differs ? pill("bad", "≠", "differs") : pill("good", "✓", "same digest");
        out.append("<li class=\"")
                .append(tone)
                .append("\"><b>")
                .append(word)
                .append("</b> ")
                .append(sign)
                .append(found.map(Html::digest).orElse(""))
                .append("</li>\n");
    }

    private void timeline() {
        if (model.phases().isEmpty()) {
            return;
        }
        section("timeline", "Timeline <small>times in UTC</small>");
        out.append("<ol class=\"timeline\">\n");
        for (Phase phase : model.phases()) {
            String tone = tone(phase.state());
            out.append("<li class=\"")
                    .append(tone)
                    .append("\">\n<div class=\"row\"><h3>")
                    .append(text(phase.title()))
                    .append("</h3> ")
                    .append(
                            phase.state() == State.DONE
                                    ? ""
                                    : pill(
                                            tone,
                                            phase.state() == State.FAILED ? "✕" : "…",
                                            phase.state().name().toLowerCase(Locale.ROOT)))
                    .append("<span class=\"when\">")
                    .append(Html.time(phase.started()));
            phase.took()
                    .ifPresent(took ->
                            out.append(" <b>").append(Html.duration(took)).append("</b>"));
            out.append("</span></div>\n");
            if (!phase.details().isEmpty()) {
                out.append("<ul>");
                phase.details()
                        .forEach(line -> out.append("<li>").append(text(line)).append("</li>"));
                out.append("</ul>\n");
            }
            out.append("</li>\n");
        }
        out.append("</ol>\n</section>\n");
    }

    private void votes() {
        if (!model.votes().isEmpty()) {
            section("votes", "Votes");
            model.votes().forEach(vote -> VoteTable.write(vote, out));
            out.append("</section>\n");
        }
    }

    private void files() {
        if (model.files().isEmpty()) {
            return;
        }
        section("files", "Files");
        table("Files of the candidate", List.of("File", "Size", "SHA-512", "Signature"));
        for (FileRow file : model.files()) {
            row(
                    text(file.name()),
                    td("num", Html.size(file.size())),
                    td("", digest(file.sha512())),
                    td(
                            "",
                            switch (file.signature()) {
                                case GOOD -> pill("good", "✓", "good");
                                case BAD -> pill("bad", "✕", "bad");
                                case MISSING -> pill("bad", "–", "missing");
                                case NOT_NEEDED -> pill("wait", "·", "not needed");
                            }));
        }
        out.append("</tbody></table></div>\n</section>\n");
    }

    private void images() {
        if (model.images().isEmpty()) {
            return;
        }
        section("images", "Images");
        table("Images of the candidate", List.of("Image", "Digest", "Reference"));
        for (ImageRow image : model.images()) {
            row(
                    text(image.name()),
                    td("", digest(image.digest())),
                    td("ref", "<code>" + text(image.reference()) + "</code>"));
        }
        out.append("</tbody></table></div>\n</section>\n");
    }

    private void changes() {
        if (model.changes().isEmpty()) {
            return;
        }
        section("changes", "What promotion changed");
        table("Changes, in the order in which they were made", List.of("Change", "Target", "Now", "State"));
        for (ChangeRow change : model.changes()) {
            row(
                    text(change.kind()),
                    td("ref", "<code>" + text(change.target()) + "</code>"),
                    td("ref detail", text(change.detail())),
                    td(
                            "",
                            switch (change.state()) {
                                case MADE -> pill("good", "✓", "made");
                                case DONE -> pill("wait", "=", "was done");
                                case ABSENT -> pill("wait", "+", "to be made");
                                case CONFLICT -> pill("bad", "✕", "conflict");
                                case OPEN -> pill("wait", "…", "open");
                            }));
        }
        out.append("</tbody></table></div>\n</section>\n");
    }

    private void commands() {
        if (model.commands().isEmpty()) {
            return;
        }
        section("verify", "See for yourself");
        out.append("<p>These need nothing of ours: paste them into a shell.</p>\n");
        for (Command command : model.commands()) {
            out.append("<h3>").append(text(command.title())).append("</h3>\n<pre tabindex=\"0\">");
            command.lines()
                    .forEach(line -> out.append("<code>").append(text(line)).append("</code>\n"));
            out.append("</pre>\n");
        }
        out.append("</section>\n");
    }

    private void fact(String name, String html) {
        out.append("<div><dt>").append(name).append("</dt><dd>").append(html).append("</dd></div>\n");
    }

    private void section(String id, String title) {
        out.append("<section aria-labelledby=\"")
                .append(id)
                .append("\">\n<h2 id=\"")
                .append(id)
                .append("\">")
                .append(title)
                .append("</h2>\n");
    }

    /** Begins a table; one that is wider than the page scrolls by itself. On a phone each row is a card with labels. */
    private void table(String caption, List<String> titles) {
        columns = titles;
        out.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .append(caption)
                .append("\"><table>\n<caption>")
                .append(caption)
                .append("</caption>\n<thead><tr>");
        columns.forEach(
                column -> out.append("<th scope=\"col\">").append(column).append("</th>"));
        out.append("</tr></thead>\n<tbody>\n");
    }

    private void row(String head, Cell... cells) {
        out.append("<tr><th scope=\"row\">").append(head).append("</th>");
        for (int i = 0; i < cells.length; i++) {
            out.append("<td data-label=\"")
                    .append(columns.get(i + 1))
                    .append('"')
                    .append(cells[i].style().isEmpty() ? "" : " class=\"" + cells[i].style() + '"')
                    .append('>')
                    .append(cells[i].html())
                    .append("</td>");
        }
        out.append("</tr>\n");
    }

    private record Cell(String style, String html) {}

    private static Cell td(String style, String html) {
        return new Cell(style, html);
    }

    private String title() {
        return model.project() + " " + model.version();
    }

    private static String tone(State state) {
        return switch (state) {
            case DONE -> "good";
            case FAILED -> "bad";
            case WAITING -> "wait";
        };
    }

    /** A fingerprint in groups of four, as gpg shows it. */
    private static String spaced(String fingerprint) {
        return fingerprint.replaceAll("(.{4})(?=.)", "$1 ");
    }

    private static String style() {
        try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
