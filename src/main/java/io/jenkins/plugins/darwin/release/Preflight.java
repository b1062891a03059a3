package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.edit.EditPlan;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** P0.2: what would stop the release later, all of it at once. It looks and changes nothing. */
public final class Preflight {
    private final Workspace workspace;
    private final Version version;
    private final List<Check> checks = new ArrayList<>();

    public Preflight(Workspace workspace, Version version) {
        this.workspace = workspace;
        this.version = version;
    }

    /** @param key opens the signing key; what it returns is shown */
    public List<Check> run(Supplier<String> key) {
        check("version", version.toString(), () -> {
            BranchCut.requireNew(workspace, version);
            return "not released, above the last of its line";
        });
        ReleaseConfig[] config = {null};
        check("configuration", "darwin-release.yaml", () -> {
            config[0] = workspace.trunkConfig();
            return config[0].images().size() + " images, " + config[0].charts().size() + " charts";
        });
        if (config[0] != null) {
            check("trunk", config[0].trunk(), () -> workspace.trunk(config[0]).toString());
            check("version files", "darwin-release.yaml", () -> versionFiles(config[0]));
            check("staging registry", config[0].registry().staging(), () -> ping(workspace.staging(config[0])));
            check("release registry", config[0].registry().release(), () -> ping(workspace.release(config[0])));
        }
        check("signing key", "DARWIN_SIGNING_KEY", key);
        return checks;
    }

    private String versionFiles(ReleaseConfig config) {
        CommitId trunk = workspace.trunk(config);
        EditPlan edits = Bump.edits(workspace, trunk, config, version);
        edits.warnings().forEach(w -> checks.add(Check.skipped("version files", "warning", w)));
        return edits.places().size() + " places, " + edits.contents().size() + " files to change";
    }

    private static String ping(Registry registry) {
        registry.ping();
        return "answers and takes the credentials";
    }

    private void check(String name, String subject, Supplier<String> look) {
        try {
            checks.add(Check.passed(name, subject, look.get()));
        } catch (ReleaseException e) {
            checks.add(Check.failed(name, subject, e.getMessage()));
        }
    }
}
