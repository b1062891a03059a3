package io.jenkins.plugins.darwin.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.report.ReportModel.BallotRow;
import io.jenkins.plugins.darwin.report.ReportModel.CandidateSummary;
import io.jenkins.plugins.darwin.report.ReportModel.ChangeRow;
import io.jenkins.plugins.darwin.report.ReportModel.ChangeState;
import io.jenkins.plugins.darwin.report.ReportModel.Check;
import io.jenkins.plugins.darwin.report.ReportModel.Choice;
import io.jenkins.plugins.darwin.report.ReportModel.Command;
import io.jenkins.plugins.darwin.report.ReportModel.FileRow;
import io.jenkins.plugins.darwin.report.ReportModel.ImageRow;
import io.jenkins.plugins.darwin.report.ReportModel.Phase;
import io.jenkins.plugins.darwin.report.ReportModel.Signature;
import io.jenkins.plugins.darwin.report.ReportModel.Signer;
import io.jenkins.plugins.darwin.report.ReportModel.State;
import io.jenkins.plugins.darwin.report.ReportModel.VoteSummary;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportPageTest {
    private static final String HOSTILE =
            "</style></title><script>alert('x')</script>\"><img src=x onerror=y> & \u202E";

    /** Written so that people can open it: target/sample-report.html. */
    @Test
    void tellsTheWholeRelease() throws IOException {
        String html = ReportPage.render(SampleReport.whole());
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("sample-report.html"), html);
        assertThat(html)
                .contains("darwin <span>1.3.0</span>")
                .contains("Vote on RC1: vetoed")
                .contains("<b>1.8 s</b>")
                .contains("2 Apr 2026, 12:00:03")
                .contains("8A3F 0C5E 77B1")
                .contains("sha512sum -c checksums.sha512")
                .contains("1 for, 1 against, quorum 3")
                .contains("3 for, 0 against, quorum 3")
                .contains("14.2 kB")
                .contains(SampleReport.digest("darwin-mlflow").toString());
        assertThat(html.split("same digest", -1)).hasSize(3);
        assertThat(html.split("class=\"superseded\"", -1)).hasSize(2);
    }

    @Test
    void needsNothingElse() {
        assertThat(ReportPage.render(SampleReport.whole()))
                .doesNotContainPattern("(?i)<script|<link|<img|src=|href=|url\\(|@import|http://|https://");
    }

    @Test
    void isWellFormedWithUniqueIdsAndHeadedTables() throws Exception {
        Document page = parsed(ReportPage.render(SampleReport.whole()));
        assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
        assertThat(page.getElementsByTagName("h1").getLength()).isEqualTo(1);
        NodeList tables = page.getElementsByTagName("table");
        assertThat(tables.getLength()).isEqualTo(5);
        assertThat(page.getElementsByTagName("caption").getLength()).isEqualTo(5);
        NodeList headings = page.getElementsByTagName("h2");
        assertThat(IntStream.range(0, headings.getLength())
                        .mapToObj(i -> headings.item(i)
                                .getAttributes()
                                .getNamedItem("id")
                                .getNodeValue())
                        .toList())
                .containsExactly("promise", "timeline", "votes", "files", "images", "changes", "verify");
    }

    @Test
    void hostileTextStaysText() throws Exception {
        Digest digest = SampleReport.digest("x");
        ReportModel model = new ReportModel(
                HOSTILE,
                Version.parse("1.3.0"),
                HOSTILE,
                Optional.of(new CandidateSummary(
                        SampleReport.RC1,
                        digest,
                        new CommitId("0".repeat(40)),
                        Optional.of(new Signer(HOSTILE, HOSTILE)),
                        Optional.empty())),
                List.of(new Phase(HOSTILE, Instant.EPOCH, Optional.empty(), List.of(HOSTILE), State.WAITING)),
                List.of(new FileRow(HOSTILE, 1, digest, Signature.BAD)),
                List.of(new ImageRow(HOSTILE, digest, HOSTILE)),
                List.of(new VoteSummary(
                        SampleReport.RC1,
                        digest,
                        HOSTILE,
                        Optional.empty(),
                        3,
                        List.of(HOSTILE),
                        List.of(new BallotRow(
                                HOSTILE,
                                false,
                                Choice.VETO,
                                HOSTILE,
                                Map.of(HOSTILE, Check.FAILED),
                                Instant.EPOCH,
                                false)))),
                List.of(new ChangeRow(HOSTILE, HOSTILE, HOSTILE, ChangeState.CONFLICT)),
                List.of(new Command(HOSTILE, List.of(HOSTILE))));
        String html = ReportPage.render(model);
        assertThat(html).doesNotContain("<script").doesNotContain("<img").doesNotContain("\u202E");
        Document page = parsed(html);
        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(page.getElementsByTagName("style").getLength()).isEqualTo(1);
        // Shown as it is, once for each place that it was put in (in the vote: outcome, checklist, voter, reason).
        // The fingerprint, which is shown in groups, is the one place beside those.
        assertThat(page.getDocumentElement().getTextContent().split("alert\\('x'\\)", -1))
                .hasSize(1 + 18);
    }

    @Test
    void digestThatDiffersIsSaid() {
        ReportModel whole = SampleReport.whole();
        CandidateSummary candidate = whole.candidate().orElseThrow();
        CandidateSummary moved = new CandidateSummary(
                candidate.id(),
                candidate.digest(),
                candidate.commit(),
                Optional.empty(),
                Optional.of(SampleReport.digest("other")));
        ReportModel model = new ReportModel(
                "darwin",
                whole.version(),
                "",
                Optional.of(moved),
                List.of(),
                List.of(),
                List.of(),
                whole.votes(),
                List.of(),
                List.of());
        assertThat(ReportPage.render(model))
                .contains("differs")
                .contains(SampleReport.digest("other").toString());
    }

    @Test
    void partsWithoutContentAreLeftOut() throws Exception {
        String html = ReportPage.render(new ReportModel(
                "darwin",
                Version.parse("1.3.0"),
                "Not begun.",
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of()));
        assertThat(parsed(html).getElementsByTagName("section").getLength()).isZero();
        assertThat(html).contains("Not begun.");
    }

    @Test
    void tallyCountsBindingBallotsThatStand() {
        StringBuilder out = new StringBuilder();
        BallotRow adviser =
                new BallotRow("dave", false, Choice.VETO, "Not for me at all", Map.of(), Instant.EPOCH, false);
        BallotRow first = new BallotRow("bob", true, Choice.VETO, "Broken as it is", Map.of(), Instant.EPOCH, true);
        BallotRow second = new BallotRow("bob", true, Choice.APPROVE, "", Map.of(), Instant.EPOCH, false);
        VoteTable.write(
                new VoteSummary(
                        SampleReport.RC1,
                        SampleReport.digest("x"),
                        "open",
                        Optional.empty(),
                        2,
                        List.of("all"),
                        List.of(adviser, first, second)),
                out);
        assertThat(out)
                .contains("1 for, 0 against, quorum 2")
                .contains("not binding")
                .contains("changed later")
                .contains("not run");
    }

    @Test
    void figuresAreForPeople() {
        assertThat(List.of(
                        Html.size(0),
                        Html.size(999),
                        Html.size(1000),
                        Html.size(99_949),
                        Html.size(123_456),
                        Html.size(999_600),
                        Html.size(4_000_000_000L)))
                .containsExactly("0 B", "999 B", "1.0 kB", "99.9 kB", "123 kB", "1.0 MB", "4.0 GB");
        assertThat(List.of(
                                Duration.ofMillis(999),
                                Duration.ofMillis(59_990),
                                Duration.ofSeconds(185),
                                Duration.ofMinutes(90),
                                Duration.ofHours(51))
                        .stream()
                        .map(Html::duration))
                .containsExactly("999 ms", "59.9 s", "3 min 5 s", "1 h 30 min", "2 d 3 h");
    }

    /** The page keeps to what XML allows too, but for the tags that HTML never closes. */
    private static Document parsed(String html) throws Exception {
        String xml = html.replace("<!DOCTYPE html>", "")
                .replaceAll("(<meta [^>]*)>", "$1/>")
                .replace("<br>", "<br/>");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
