package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.edit.EditPlan;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.testing.Messages;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.Tools;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a release manager sees of a cut before it is made. */
class CutPlanIT {
    @TempDir
    Path temp;

    @Test
    void eachFileIsListedWithItsValuesAndTheBranchOnceItIsThere() {
        ReleaseFixture release = ReleaseFixture.layouts(temp);
        Outcome<CutRelease.Result> planned = release.with(
                w -> new CutRelease(w, ReleaseFixture.VERSION, Optional.empty()).run(true, new Messages()));
        assertThat(planned.changes())
                .extracting(Change::kind)
                .containsOnlyOnce("branch")
                .endsWith("branch");
        assertThat(planned.changes())
                .filteredOn(c -> c.target().equals("helm/darwin/Chart.yaml"))
                .singleElement()
                .satisfies(c -> assertThat(c.expected()).contains("1.2.0 -> 1.3.0"));
        assertThat(planned.warnings())
                .element(1)
                .asString()
                .isEqualTo("Still 1.2.0: darwin-sdk/setup.py:5: version=\"1.2.0\",");
        Messages messages = new Messages();
        release.progress(messages);
        assertThat(release.cut().changes()).hasSameSizeAs(planned.changes()).allMatch(Change::made);
        assertThat(messages.lines())
                .as("one push brings all of them, and each is told then")
                .filteredOn(l -> l.startsWith("file ") || l.startsWith("branch "))
                .hasSameSizeAs(planned.changes())
                .last()
                .asString()
                .startsWith("branch release/1.3.0: ");
        assertThat(release.cut().changes()).extracting(Change::state).containsExactly(Change.State.DONE);
    }

    @Test
    void valuesThatGoDownAreWarnedOf() {
        ReleaseFixture release = ReleaseFixture.layouts(temp);
        Version low = Version.parse("1.1.9"); // of another line than the tagged 1.2.0
        Outcome<CutRelease.Result> planned =
                release.with(w -> new CutRelease(w, low, Optional.empty()).run(true, new Messages()));
        assertThat(planned.warnings())
                .first()
                .asString()
                .contains("places go down to 1.1.9", "helm/darwin/Chart.yaml:", "(1.2.0)");
    }

    @Test
    void linksAndSubmodulesThatAGlobMatchesAreNoVersionFiles() {
        ReleaseFixture release = ReleaseFixture.layouts(temp);
        Tools.run(temp, "git", "clone", "-q", release.origin().toString(), "work");
        Path work = temp.resolve("work");
        String link =
                "ln -s ../services helm/darwin/charts/linked && mkdir helm/darwin/charts/file && ln -s ../services/Chart.yaml helm/darwin/charts/file/Chart.yaml"
                        + " && git add -A && git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),helm/darwin/charts/module/Chart.yaml"
                        + " && git -c user.name=A -c user.email=a@example.org commit -qm 'chore: links' && git push -q origin main";
        Tools.run(work, "sh", "-ec", link);
        Outcome<CutRelease.Result> cut = release.cut();
        assertThat(cut.result().edits())
                .extracting(EditPlan.EditedPlace::file)
                .doesNotContain("helm/darwin/charts/file/Chart.yaml", "helm/darwin/charts/module/Chart.yaml")
                .contains("helm/darwin/charts/services/Chart.yaml");
        assertThat(Tools.run(
                        release.origin(),
                        "git",
                        "diff",
                        "--name-only",
                        "main",
                        "release/1.3.0",
                        "--",
                        "helm/darwin/charts/file",
                        "helm/darwin/charts/module",
                        "helm/darwin/charts/linked"))
                .isEmpty();
    }
}
