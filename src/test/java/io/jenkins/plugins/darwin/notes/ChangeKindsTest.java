package io.jenkins.plugins.darwin.notes;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.ChangeKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeKindsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fix(compute): crash on start | fix",
                "FIX: crash | fix",
                "bugfix: crash | fix",
                "feat: GPU nodes | feat",
                "feat(security): single sign-on | feat",
                "feat: a scanner for CVE-2024-12345 | feat",
                "refactor(security): move the checks | refactor",
                "fix(security): patch CVE-2024-12345 | security",
                "fix: patch CVE-2024-12345 | security",
                "security: a hole | security",
                "perf: faster lookups | perf",
                "docs: a typo | docs",
                "chore: bump ray from 2.37.0 to 2.40.0 | deps",
                "build(deps): bump ray from 2.37.0 to 2.40.0 | deps",
                "chore(deps): bump ray from 2.37.0 to 2.40.1 (CVE-2024-12345) | security",
                "Bump ray from 2.37.0 to 2.40.0 | deps",
                "chore: tidy up | chore",
                "chore: bump version to 1.3.0-RC1 | chore",
                "chore: bump numpy to 1.3.0 | deps",
                "ci: nightly | ci",
                "test: more | test",
                "style: format | style",
                "wip: something | other",
                "Scheduler | other",
                "Fix the crash on start | fix",
                "Fixes #12 | fix",
                "Fixture for the tests | other",
                "Add GPU nodes | feat",
                "Typo in the guide | docs",
                "Revert \"feat: GPU nodes\" | revert",
                "Revert \"Revert \"feat: GPU nodes\"\" | feat",
                "Reapply \"feat: GPU nodes\" | feat",
                "Revert \"Reapply \"feat: GPU nodes\"\" | revert",
                "revert: feat: GPU nodes | revert",
            })
    void ofASubject(String subject, String kind) {
        assertThat(ChangeKinds.of(subject + "\n").word()).isEqualTo(kind);
    }

    @Test
    void aSquashedMessageIsWhatItBrings() {
        assertThat(ChangeKinds.of("fix: crash (#12)\n\n* fix: crash\n* feat: GPU nodes\n"))
                .isEqualTo(ChangeKind.FEATURE);
        assertThat(ChangeKinds.of("fix: crash (#12)\n\n* fix: crash\n* test: one more\n"))
                .isEqualTo(ChangeKind.FIX);
        assertThat(ChangeKinds.of("Scheduler (#12)\n\n* fix: crash\n* test: one more\n"))
                .isEqualTo(ChangeKind.FIX);
        assertThat(ChangeKinds.of("fix: crash\n\nWe add a feature: no.\n")).isEqualTo(ChangeKind.FIX);
    }

    @Test
    void whatBreaksUsersSaysSo() {
        assertThat(ChangeKinds.breaks("fix!: crash\n")).isTrue();
        assertThat(ChangeKinds.breaks("fix: crash\n\nBREAKING CHANGE: no more v1\n"))
                .isTrue();
        assertThat(ChangeKinds.breaks("Fix the crash\n\nBREAKING CHANGE: no more v1\n"))
                .isTrue();
        assertThat(ChangeKinds.breaks("fix: crash\n\nNothing breaking here.\n")).isFalse();
    }
}
