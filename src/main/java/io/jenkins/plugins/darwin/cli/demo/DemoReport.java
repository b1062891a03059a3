package io.jenkins.plugins.darwin.cli.demo;

import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.KeysFile;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.release.ReleaseReport;
import io.jenkins.plugins.darwin.release.Workspace;
import io.jenkins.plugins.darwin.report.ReportModel;
import io.jenkins.plugins.darwin.report.ReportPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The page at the end of the demo. */
final class DemoReport {
    private final Workspace workspace;
    private final Path dir;
    private final DemoLog log;
    private final List<Change> promoted;
    private final DetachedSigner signer;

    DemoReport(Workspace workspace, Path dir, DemoLog log, List<Change> promoted, DetachedSigner signer) {
        this.workspace = workspace;
        this.dir = dir;
        this.log = log;
        this.promoted = promoted;
        this.signer = signer;
    }

    String write() {
        Version version = Demo.VERSION;
        KeysFile.Key key = KeysFile.parse(signer.publicKey().getBytes(StandardCharsets.US_ASCII))
                .get(0);
        ReportModel model = new ReleaseReport(workspace, version)
                .model(
                        "Released after " + votes() + ": what was voted on is what ships.",
                        log.steps().stream()
                                .map(s -> new ReportModel.Phase(
                                        s.title(),
                                        s.started(),
                                        Optional.of(s.took()),
                                        List.of(s.detail()),
                                        s.failed() ? ReportModel.State.FAILED : ReportModel.State.DONE))
                                .toList(),
                        promoted,
                        Optional.of(new ReportModel.Signer(key.userIds().get(0), key.fingerprint())),
                        DemoGuide.commands(dir));
        try {
            Files.writeString(dir.resolve(ReportPage.FILE), ReportPage.render(model));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return ReportPage.FILE;
    }

    private static String votes() {
        return "two candidates, one veto and three +1";
    }
}
