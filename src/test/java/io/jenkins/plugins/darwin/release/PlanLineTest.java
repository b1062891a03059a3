package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.git.GitRemote;
import io.jenkins.plugins.darwin.git.RefUpdate;
import io.jenkins.plugins.darwin.model.Milestone;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.release.LineTimeline.State;
import io.jenkins.plugins.darwin.schedule.LineRecord;
import io.jenkins.plugins.darwin.schedule.LineRecords;
import io.jenkins.plugins.darwin.testing.Cli;
import io.jenkins.plugins.darwin.testing.PublicState;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People and dates of a line, kept in the repository's own Git. Today is Monday, 2 June 2025. */
class PlanLineTest {
    private static final String PEOPLE = """
            maintainers: ["Asha Rao <asha@example.org>", "Bob Lee <bob@example.org>"]
            calendar:
              holidays: ["2025-06-19"]
              freeze: [{ from: "2025-07-01", to: "2025-07-04", reason: half-year audit }]
              freezeFiles: [freeze.ics]
            """;
    private static final String TARGET = "2025-06-25";

    @TempDir
    Path dir;

    private ReleaseFixture release;

    @BeforeEach
    void create() {
        release = ReleaseFixture.create(
                dir,
                ReleaseFixture.smallConfig("oci-layout:registry/staging", "oci-layout:registry/release") + PEOPLE,
                RegistryOptions.defaults());
        freeze("20250610");
    }

    @Test
    void theNextInTurnIsProposedThenRecordedWithAllDays() {
        assertThat(look().proposed()).contains("Asha Rao <asha@example.org>");
        assertThat(look().manager()).isEmpty();
        String branches = release.state().keySet().toString();

        Outcome<PlanLine.Result> outcome = plan(null, TARGET, null);

        assertThat(outcome.changes())
                .extracting(Change::kind)
                .startsWith("manager", "target", "timeline", "scopeFreeze");
        LineTimeline line = look();
        assertThat(line.manager()).contains("Asha Rao <asha@example.org>");
        assertThat(line.target()).contains(LocalDate.parse(TARGET));
        assertThat(line.days()).extracting(LineTimeline.Day::milestone).containsExactly(Milestone.values());
        // seven working days before a Wednesday, over a holiday
        assertThat(line.days().get(1).date()).isEqualTo("2025-06-13");
        assertThat(release.state().keySet().toString().replace(", " + LineRecords.REF, ""))
                .as("no branch was made")
                .isEqualTo(branches);
        assertThat(plan(null, TARGET, null).kind()).isEqualTo(Outcome.Kind.UNCHANGED);
        assertThat(LineRecords.REF).startsWith("refs/notes/darwin-");
    }

    @Test
    void aDryRunAndABareLookWriteNothing() {
        Map<String, String> before = PublicState.refs(release.origin());
        release.with(
                w -> new PlanLine(w, ReleaseFixture.VERSION, Optional.empty(), Optional.of(TARGET), Optional.empty())
                        .run(true, Progress.silent()));
        look();
        assertThat(PublicState.refs(release.origin())).isEqualTo(before);
    }

    @Test
    void anotherManagerNeedsAReasonAndIsAMaintainer() {
        refused(
                "bob@example.org",
                TARGET,
                null,
                "The next in turn is Asha Rao <asha@example.org>: another one is recorded with a reason");
        refused("carol", TARGET, null, "'carol' is no maintainer: expected one of those");
        refused("Bob Lee", TARGET, "no", "Not a reason for the line's record: expected 10 to 1000 characters");
        plan("Bob Lee", TARGET, "Asha is on leave in June.");
        assertThat(look().manager()).contains("Bob Lee <bob@example.org>");
        assertThat(look().decisions()).anySatisfy(d -> {
            assertThat(d.sort()).isEqualTo(LineRecord.Sort.MANAGER);
            assertThat(d.reason()).isEqualTo("Asha is on leave in June.");
        });
        refused("Asha Rao", null, null, "The release manager of 1.3.0 is Bob Lee");
    }

    @Test
    void daysThatDoNotFitAreRefused() {
        refused(null, "2025-06-01", null, "The target date 2025-06-01 is in the past: expected 2025-06-02 or later.");
        refused(
                null,
                "2025-06-21",
                null,
                "which is a Saturday: expected a working day, such as 2025-06-20 or 2025-06-23");
        refused(null, "2025-06-19", null, "which is a holiday");
        refused(null, "2025-07-02", null, "in the freeze window 2025-07-01 to 2025-07-04 (half-year audit)");
        refused(null, "2025-06-10", null, "in the freeze window 2025-06-10 (move of the data centre)");
        refused(null, "25 June", null, "Not a date: expected YYYY-MM-DD, found '25 June'.");
        assertThat(PublicState.refs(release.origin())).doesNotContainKey(LineRecords.REF);
    }

    @Test
    void whoLeftIsToldInStatus() {
        release.configInRepository();
        plan(null, TARGET, null);
        String yaml = release.config().replace("\"Asha Rao <asha@example.org>\", ", "");
        release.commit("main", "docs: Asha left\n", ReleaseFixture.configured(yaml));
        List<String> warnings = release.with(w -> {
            Status status = new Status(w, ReleaseFixture.VERSION);
            status.look();
            return status.warnings();
        });
        assertThat(warnings)
                .anySatisfy(w -> assertThat(w).contains("Asha Rao <asha@example.org>, is no maintainer any more"));
    }

    @Test
    void statusShowsWhatIsDoneAndWhatIsLate() {
        plan(null, TARGET, null);
        assertThat(states()).containsEntry(Milestone.SCOPE_FREEZE, State.AHEAD);
        release.clock().set(Instant.parse("2025-06-16T08:00:00Z"));
        assertThat(states())
                .containsEntry(Milestone.TIMELINE, State.PAST)
                .containsEntry(Milestone.SCOPE_FREEZE, State.LATE)
                .containsEntry(Milestone.CODE_FREEZE, State.TODAY)
                .containsEntry(Milestone.RELEASE, State.AHEAD);
        release.cut();
        assertThat(states()).containsEntry(Milestone.SCOPE_FREEZE, State.DONE);
        release.build();
        release.clock().set(Instant.parse("2025-06-24T08:00:00Z"));
        assertThat(states()).containsEntry(Milestone.CANDIDATE, State.DONE).containsEntry(Milestone.VOTE, State.LATE);
    }

    @Test
    void nothingIsCutOrPromotedInAFreezeWindowWithoutAReason() {
        release.clock().set(Instant.parse("2025-06-10T08:00:00Z"));
        assertThatThrownBy(release::cut)
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("Today, 2025-06-10, is in the freeze window 2025-06-10 (move of the data centre)")
                .hasMessageContaining("nothing is cut before it ends");
        Outcome<CutRelease.Result> cut = release.run(w -> new CutRelease(w, ReleaseFixture.VERSION, Optional.empty())
                .despiteFreeze(Optional.of("A hole is being used.")));
        assertThat(cut.warnings()).anySatisfy(w -> assertThat(w).contains("A hole is being used."));
        assertThat(look().decisions()).singleElement().satisfies(d -> {
            assertThat(d.sort()).isEqualTo(LineRecord.Sort.FREEZE);
            assertThat(d.subject()).startsWith("cut in 2025-06-10");
        });
        // What was cut is cut: a second run asks nobody.
        assertThat(release.run(w -> new CutRelease(w, ReleaseFixture.VERSION, Optional.empty()))
                        .kind())
                .isEqualTo(Outcome.Kind.UNCHANGED);
        release.build();
        release.sign();
        release.pass();
        freeze("20250610,20250611,20250612");
        assertThatThrownBy(release::promote).hasMessageContaining("nothing is promoted before it ends");
        assertThat(PublicState.refs(release.origin())).doesNotContainKey("refs/tags/v1.3.0");
        release.run(w -> new Promote(w, ReleaseFixture.VERSION, release.signer())
                .despiteFreeze(Optional.of("A hole is being used.")));
        assertThat(look().decisions()).hasSize(2);
        // Released: what is still open is settled in the window too.
        release.promote();
    }

    @Test
    void aCalendarThatIsNotThereOrNoneIsToldBeforeAnythingIsCut() {
        release.commit("docs: a calendar\n", Map.of("freeze.ics", "later\n".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(release::cut).hasMessageContaining("freeze.ics: not a calendar");
    }

    @Test
    void aRecordThatIsNoneIsToldAndStopsNothing() {
        plan(null, TARGET, null);
        try (GitMirror git = GitMirror.open(
                GitRemote.of(release.origin().toString()), dir.resolve("developer"), Progress.silent())) {
            var head = git.notes(LineRecords.REF).orElseThrow();
            var bad = git.commit(
                    head,
                    Map.of("lines/1.3.0.json", "{".getBytes(StandardCharsets.UTF_8)),
                    io.jenkins.plugins.darwin.model.Person.parse("X <x@example.org>"),
                    io.jenkins.plugins.darwin.model.Person.parse("X <x@example.org>"),
                    release.clock().instant(),
                    "x\n");
            git.push(List.of(new RefUpdate(LineRecords.REF, Optional.of(head), bad)));
        }
        assertThat(look().warnings()).singleElement().asString().contains("Not taken for a line's record");
        assertThat(look().target()).isEmpty();
        assertThat(plan(null, TARGET, null).kind()).isEqualTo(Outcome.Kind.DONE);
    }

    @Test
    void preflightLooksAtTheCalendarTheDiskAndTheClock() {
        plan(null, TARGET, null);
        assertThat(preflight())
                .containsEntry("calendar freeze windows", "PASSED no freeze window today, nor on 2025-06-25")
                .containsEntry("machine clock", "PASSED not behind trunk's last commit");
        assertThat(preflight().get("machine disk")).startsWith("PASSED ");
        assertThat(preflight().get("public key KEYS"))
                .isEqualTo("PASSED trunk has the key that will sign, usable on 2025-06-25 too");
        freeze("20250602,20250625");
        assertThat(preflight().get("calendar freeze windows"))
                .startsWith("FAILED Today, 2025-06-02, is in the freeze window 2025-06-02 (move of the data centre)");
        freeze("20250625");
        assertThat(preflight().get("calendar freeze windows"))
                .startsWith("FAILED The planned day 2025-06-25 is in the freeze window");
        release.clock().set(Instant.parse("2025-05-30T08:00:00Z"));
        assertThat(preflight().get("machine clock"))
                .startsWith("FAILED This machine's clock says 2025-05-30T08:00:00Z");
    }

    private Map<String, String> preflight() {
        return release.with(w -> new Preflight(w, ReleaseFixture.VERSION).run(release::signer)).stream()
                .collect(java.util.stream.Collectors.toMap(
                        c -> c.name() + " " + c.subject(), c -> c.state() + " " + c.detail(), (a, b) -> a));
    }

    @Test
    void aReleasedVersionHasNoMoreDates() {
        assertThatThrownBy(() -> release.run(w -> new PlanLine(
                        w,
                        io.jenkins.plugins.darwin.model.Version.parse("1.2.0"),
                        Optional.empty(),
                        Optional.of(TARGET),
                        Optional.empty())))
                .hasMessageContaining("is already released");
    }

    @Test
    void onTheCommandLine() throws IOException {
        plan(null, TARGET, null);
        Cli calendar = cli("--json", "calendar", "1.3.0", "--ics", "days.ics");
        assertThat(calendar.code()).as(calendar.err()).isZero();
        assertThat(calendar.json().at("/line/days/5/milestone").asText()).isEqualTo("RELEASE");
        assertThat(calendar.json().at("/line/days/5/date").asText()).isEqualTo(TARGET);
        assertThat(calendar.json().at("/late")).as("the real clock is later").isNotEmpty();
        assertThat(Files.readString(dir.resolve("days.ics"))).contains("SUMMARY:darwin 1.3.0: the vote opens");
        assertThat(cli("calendar", "1.4.0").complaint()).contains("has no days yet. Run 'darwin line 1.4.0 --target");
        assertThat(cli("line", "1.4.0").out()).contains("nobody yet, next in turn is Bob Lee");
        assertThat(cli("line", "1.4.0", "--reason", "because of it").code()).isEqualTo(2);
        assertThat(cli("line", "1.4.0", "--target", "2020-01-06").complaint()).contains("is in the past");
    }

    private Cli cli(String... args) {
        String[] all = new String[args.length + 4];
        all[0] = "--repo";
        all[1] = release.origin().toString();
        all[2] = "--config";
        all[3] = release.configFile().toString();
        System.arraycopy(args, 0, all, 4, args.length);
        return Cli.run(dir, Map.of("DARWIN_CACHE", dir.resolve("cache").toString()), all);
    }

    private void freeze(String days) {
        StringBuilder ics = new StringBuilder("BEGIN:VCALENDAR\r\n");
        for (String day : days.split(",")) {
            ics.append("BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:")
                    .append(day)
                    .append("\r\nSUMMARY:move of the data centre\r\nEND:VEVENT\r\n");
        }
        release.commit(
                "docs: our calendar\n",
                Map.of("freeze.ics", (ics + "END:VCALENDAR\r\n").getBytes(StandardCharsets.UTF_8)));
    }

    private Outcome<PlanLine.Result> plan(String manager, String target, String reason) {
        return release.run(w -> new PlanLine(
                w,
                ReleaseFixture.VERSION,
                Optional.ofNullable(manager),
                Optional.ofNullable(target),
                Optional.ofNullable(reason)));
    }

    private LineTimeline look() {
        return release.with(w -> PlanLine.look(w, ReleaseFixture.VERSION));
    }

    private Map<Milestone, State> states() {
        return release.with(w -> new Status(w, ReleaseFixture.VERSION).look()).timeline().orElseThrow().days().stream()
                .collect(java.util.stream.Collectors.toMap(LineTimeline.Day::milestone, LineTimeline.Day::state));
    }

    private void refused(String manager, String target, String reason, String message) {
        assertThatThrownBy(() -> plan(manager, target, reason))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining(message);
    }
}
