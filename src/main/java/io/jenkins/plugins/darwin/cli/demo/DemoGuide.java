package io.jenkins.plugins.darwin.cli.demo;

import io.jenkins.plugins.darwin.report.ReportModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a newcomer looks at after the demo, and how to check it with other people's tools. */
final class DemoGuide {
    private DemoGuide() {}

    /** Commands to paste; they need gpg, coreutils, git and skopeo. */
    static List<ReportModel.Command> commands(Path dir) {
        String quoted = "'" + dir.toString().replace("'", "'\\''") + "'";
        return List.of(
                new ReportModel.Command(
                        "Trust the keys, in a keyring of their own",
                        List.of("cd " + quoted, "export GNUPGHOME=\"$(mktemp -d)\"", "gpg --quiet --import KEYS")),
                new ReportModel.Command(
                        "The files are what was signed",
                        List.of(
                                "(cd dist/1.3.0-RC2 && sha512sum -c checksums.sha512)",
                                "gpg --verify dist/1.3.0-RC2/checksums.sha512.asc dist/1.3.0-RC2/checksums.sha512",
                                "gpg --verify dist/1.3.0-RC2/darwin-1.3.0.tgz.asc dist/1.3.0-RC2/darwin-1.3.0.tgz")),
                new ReportModel.Command(
                        "The tag is signed, on the voted commit",
                        List.of("git -C origin.git tag -v v1.3.0", "git -C origin.git log --oneline --graph -6 main")),
                new ReportModel.Command(
                        "The released image is the staged one",
                        List.of(
                                "skopeo inspect --format '{{.Digest}}' oci:registry/staging/darwin-compute:1.3.0-RC2",
                                "skopeo inspect --format '{{.Digest}}' oci:registry/release/darwin-compute:1.3.0")));
    }

    static List<String> lines(Path dir, boolean changed) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(changed ? "1.3.0 is released. Look at:" : "All is done already; nothing was changed. Look at:");
        lines.add("  " + dir.resolve("report.html") + "   the whole release on one page");
        lines.add("  " + dir.resolve("dist/1.3.0-RC2") + "   what was voted on, as plain files");
        lines.add("  " + dir.resolve("origin.git") + "   the repository, with branch, tag and merge");
        lines.add("  " + dir.resolve("registry/release") + "   the public names");
        for (ReportModel.Command command : commands(dir)) {
            lines.add("");
            lines.add("# " + command.title());
            lines.addAll(command.lines());
        }
        return lines;
    }
}
