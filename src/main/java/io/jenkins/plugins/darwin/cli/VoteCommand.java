package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.release.VoteSession;
import io.jenkins.plugins.darwin.release.Workspace;
import io.jenkins.plugins.darwin.vote.CheckMark;
import io.jenkins.plugins.darwin.vote.Choice;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import io.jenkins.plugins.darwin.vote.VoteMail;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "vote", description = "P5: the vote on the newest candidate, for teams that vote by mail.")
final class VoteCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "VERSION", description = "X.Y.Z, for example 1.3.0.")
    private String version;

    private static final int MOST_HOURS = 24 * 365;

    private final Darwin darwin;

    VoteCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public void run() {
        throw ReleaseException.usage(
                "No action given: expected darwin vote " + version + " open, cast, take-back, extend, close or show.");
    }

    @Command(name = "open", description = "Opens the vote and prints the mail to the team.")
    Integer open(
            @Option(
                            names = "--hours",
                            paramLabel = "N",
                            description = "Hours until the deadline. Default: the policy's.")
                    Integer hours) {
        return run("vote open", session -> session.open(Optional.ofNullable(hours)));
    }

    @Command(name = "cast", description = "Records a voter's ballot; the latest of a voter counts.")
    Integer cast(
            @Option(
                            names = "--mail",
                            paramLabel = "FILE",
                            description =
                                    "A mail that the voter signed (clear-signed or PGP/MIME); it says everything else itself.")
                    Path mail,
            @Option(names = "--voter", paramLabel = "ID", description = "Whose vote it is.") String voter,
            @Option(
                            names = {"--vote", "--choice"},
                            paramLabel = "VOTE",
                            description = "+1, 0 or -1.")
                    String choice,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            defaultValue = "",
                            description = "Needed for a -1, at least 10 characters.")
                    String reason,
            @Option(
                            names = "--check",
                            paramLabel = "ITEM=MARK",
                            description = "An item of the checklist: passed, failed or not-run. Repeatable.")
                    Map<String, String> checks,
            @Option(
                            names = "--digest",
                            paramLabel = "DIGEST",
                            description = "The candidate digest that the voter looked at. Default: the newest.")
                    String digest,
            @Option(
                            names = "--id",
                            paramLabel = "ID",
                            description = "Of the ballot, such as the mail's Message-ID: sent twice, it counts once.")
                    String id) {
        if (mail != null) {
            if (choice != null || !reason.isEmpty() || checks != null || digest != null || id != null) {
                throw ReleaseException.usage("A signed mail says itself what the ballot is: give --mail alone, or with"
                        + " --voter for whose it should be.");
            }
            byte[] signed =
                    UserFile.read("The mail " + mail, darwin.surroundings().resolve(mail));
            return run("vote cast", session -> session.mailed(signed, Optional.ofNullable(voter)));
        }
        if (voter == null || choice == null) {
            throw ReleaseException.usage(
                    "Not a ballot: expected --voter ID and --vote +1, 0 or -1, or --mail FILE with a mail that the voter signed.");
        }
        Choice parsed = Choice.parse(choice);
        Map<String, CheckMark> marks = new TreeMap<>();
        Optional.ofNullable(checks).orElse(Map.of()).forEach((item, mark) -> marks.put(item, mark(item, mark)));
        Clock clock = darwin.surroundings().clock();
        return run("vote cast", session -> {
            Digest on = digest == null ? session.digest() : digest(digest);
            VoteEvent.Ballot ballot = new VoteEvent.Ballot(
                    id == null ? UUID.randomUUID().toString() : id,
                    voter,
                    parsed,
                    reason,
                    marks,
                    clock.instant(),
                    on,
                    Optional.of(session.recorder()));
            return session.change("ballot", ballot.voter(), parsed.sign(), vote -> vote.cast(ballot));
        });
    }

    @Command(name = "take-back", description = "Takes a voter's ballot back: the voter has then not voted.")
    Integer takeBack(
            @Option(names = "--voter", required = true, paramLabel = "ID", description = "Whose ballot it is.")
                    String voter) {
        Clock clock = darwin.surroundings().clock();
        return run(
                "vote take-back",
                session -> session.change(
                        "ballot",
                        voter,
                        "taken back",
                        vote -> vote.takeBack(voter, clock.instant(), Optional.of(session.recorder()))));
    }

    @Command(
            name = "extend",
            description = "Gives the vote more time, also after it ended for want of votes; all ballots stay.")
    Integer extend(
            @Option(
                            names = "--hours",
                            required = true,
                            paramLabel = "N",
                            description = "Hours from now, or from the deadline when that is still to come.")
                    int hours,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = "At least 10 characters, for the record.")
                    String reason) {
        if (hours < 1 || hours > MOST_HOURS) {
            throw ReleaseException.usage("--hours: expected 1 to " + MOST_HOURS + ", found " + hours + ".");
        }
        Clock clock = darwin.surroundings().clock();
        return run("vote extend", session -> session.extend(Duration.ofHours(hours), reason, clock.instant()));
    }

    @Command(name = "close", description = "Ends the vote, signs its record and attaches it to the candidate.")
    Integer close(
            @Option(
                            names = "--withdraw",
                            paramLabel = "REASON",
                            description = "End it because the candidate is taken back.")
                    String withdraw,
            @Option(
                            names = "--override",
                            paramLabel = "REASON",
                            description = "Let the candidate pass whatever the votes say; the record says so, and why.")
                    String override) {
        if (withdraw != null && override != null) {
            throw ReleaseException.usage("--withdraw and --override contradict each other: expected one of them.");
        }
        Clock clock = darwin.surroundings().clock();
        return run(
                "vote close",
                session -> session.close(vote -> {
                    if (override != null) {
                        return vote.override(clock.instant(), session.recorder(), override, Vote.ANYBODY);
                    }
                    return withdraw == null
                            ? vote.close(clock.instant(), session.recorder(), Vote.ANYBODY)
                            : vote.withdraw(clock.instant(), session.recorder(), withdraw, Vote.ANYBODY);
                }));
    }

    @Command(name = "show", description = "Shows ballots, tally and checklist.")
    Integer show() {
        try (Workspace workspace = darwin.workspace()) {
            VoteSession session = new VoteSession(workspace, Version.parse(version));
            VoteSession.Result result = session.show();
            new Output(darwin.surroundings(), darwin.json())
                    .success("vote show", version, "unchanged", List.of(), session.warnings(), result, lines(result));
        }
        return 0;
    }

    private Integer run(String name, Function<VoteSession, UseCase<VoteSession.Result>> action) {
        Version parsed = Version.parse(version);
        DetachedSigner signer = darwin.secrets().signer(); // before anything is opened
        try (Workspace workspace = darwin.workspace()) {
            Outcome<VoteSession.Result> outcome =
                    action.apply(new VoteSession(workspace, parsed, signer)).run(darwin.dryRun(), darwin.progress());
            new Output(darwin.surroundings(), darwin.json()).outcome(name, version, outcome, VoteCommand::lines);
        }
        return 0;
    }

    private static List<String> lines(VoteSession.Result result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.candidate() + " " + result.digest() + ": "
                + result.outcome().map(o -> o.phrase()).orElse("open until " + result.deadline()) + "; "
                + result.tally().summary());
        result.ballots()
                .forEach(b -> lines.add("  " + b.choice().sign() + " " + b.voter()
                        + (b.reason().isEmpty() ? "" : ": " + b.reason()) + " (" + b.came() + ")"));
        if (!result.tally().untried().isEmpty()) {
            lines.add("Nobody has tried: " + String.join(", ", result.tally().untried()));
        }
        result.mail().ifPresent(mail -> lines.addAll(mail(mail)));
        return lines;
    }

    private static List<String> mail(VoteMail mail) {
        return List.of("", "Subject: " + mail.subject(), "", mail.body());
    }

    private static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (ReleaseException e) {
            throw ReleaseException.usage(e.getMessage(), e);
        }
    }

    private static CheckMark mark(String item, String text) {
        try {
            return CheckMark.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw ReleaseException.usage(
                    "Not a mark for '" + item + "': expected passed, failed or not-run, found '" + text + "'.", e);
        }
    }
}
