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
import java.time.Clock;
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

    private final Darwin darwin;

    VoteCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public void run() {
        throw ReleaseException.usage(
                "No action given: expected darwin vote " + version + " open, cast, close or show.");
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
            @Option(names = "--voter", required = true, paramLabel = "ID", description = "Whose vote it is.")
                    String voter,
            @Option(
                            names = {"--vote", "--choice"},
                            required = true,
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
                    Optional.empty());
            return session.change("ballot", ballot.voter(), parsed.sign(), vote -> vote.cast(ballot));
        });
    }

    @Command(name = "close", description = "Ends the vote, signs its record and attaches it to the candidate.")
    Integer close(
            @Option(
                            names = "--withdraw",
                            paramLabel = "REASON",
                            description = "End it because the candidate is taken back.")
                    String withdraw) {
        Clock clock = darwin.surroundings().clock();
        DetachedSigner signer = darwin.secrets().signer();
        return run(
                "vote close",
                session -> session.close(
                        signer,
                        vote -> withdraw == null
                                ? vote.close(clock.instant(), "release manager", Vote.ANYBODY)
                                : vote.withdraw(clock.instant(), "release manager", withdraw, Vote.ANYBODY)));
    }

    @Command(name = "show", description = "Shows ballots, tally and checklist.")
    Integer show() {
        try (Workspace workspace = darwin.workspace()) {
            VoteSession.Result result = new VoteSession(workspace, Version.parse(version)).show();
            new Output(darwin.surroundings(), darwin.json())
                    .success("vote show", version, "unchanged", List.of(), List.of(), result, lines(result));
        }
        return 0;
    }

    private Integer run(String name, Function<VoteSession, UseCase<VoteSession.Result>> action) {
        Version parsed = Version.parse(version);
        try (Workspace workspace = darwin.workspace()) {
            Outcome<VoteSession.Result> outcome =
                    action.apply(new VoteSession(workspace, parsed)).run(darwin.dryRun(), darwin.progress());
            new Output(darwin.surroundings(), darwin.json())
                    .success(
                            name,
                            version,
                            outcome.kind().name().toLowerCase(Locale.ROOT),
                            outcome.changes(),
                            outcome.warnings(),
                            outcome.result(),
                            outcome.result() == null ? List.of() : lines(outcome.result()));
        }
        return 0;
    }

    private static List<String> lines(VoteSession.Result result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.candidate() + " " + result.digest() + ": "
                + result.outcome().map(o -> o.phrase()).orElse("open until " + result.deadline()) + "; "
                + result.tally().summary());
        result.ballots()
                .forEach(b -> lines.add(
                        "  " + b.choice().sign() + " " + b.voter() + (b.reason().isEmpty() ? "" : ": " + b.reason())));
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
