package io.jenkins.plugins.darwin.jenkins.run;

import hudson.model.Api;
import hudson.model.BuildBadgeAction;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.darwin.jenkins.remote.Answer;
import io.jenkins.plugins.darwin.model.Version;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The page "Release" of a build, its summary on the build's own page, and the badge in the list of builds. */
@ExportedBean
public final class ReleaseAction implements RunAction2, BuildBadgeAction {
    /** Replaced as a whole, never changed: another branch of the build may be storing it at the same moment. */
    private volatile ArrayList<Phase> phases = new ArrayList<>();

    private transient Run<?, ?> run;

    /** The build's one action, made when its first step needs it. */
    public static ReleaseAction of(Run<?, ?> run) {
        synchronized (run) {
            ReleaseAction action = run.getAction(ReleaseAction.class);
            if (action == null) {
                action = new ReleaseAction();
                run.addAction(action);
            }
            return action;
        }
    }

    /** A step began. One of the same kind that never ended was cut off by a restart. */
    public void started(String step, Version version, boolean dryRun) throws IOException {
        Instant now = Clock.systemUTC().instant();
        synchronized (this) {
            phases.stream()
                    .filter(p -> p.isOf(step, version.toString()) && p.getState() == Phase.State.RUNNING)
                    .forEach(p -> p.end(null, now));
            ArrayList<Phase> more = new ArrayList<>(phases);
            more.add(new Phase(step, version.toString(), dryRun, now));
            phases = more;
        }
        run.save();
    }

    /** @param answer null when the step was cut off */
    public void ended(String step, Version version, Answer answer) throws IOException {
        synchronized (this) {
            running(step, version).forEach(p -> p.end(answer, Clock.systemUTC().instant()));
        }
        run.save();
    }

    /** The step failed here, on the controller. */
    public void failed(String step, Version version, String message) throws IOException {
        synchronized (this) {
            running(step, version)
                    .forEach(p -> p.fail(message, Clock.systemUTC().instant()));
        }
        run.save();
    }

    /** Jenkins was restarted: no step of this build that works on an agent runs any more. A vote goes on. */
    public void cutOff() throws IOException {
        synchronized (this) {
            phases.stream()
                    .filter(p -> p.getState() == Phase.State.RUNNING && !p.outlivesJenkins())
                    .forEach(p -> p.end(null, Clock.systemUTC().instant()));
        }
        run.save();
    }

    private List<Phase> running(String step, Version version) {
        return phases.stream()
                .filter(p -> p.isOf(step, version.toString()) && p.getState() == Phase.State.RUNNING)
                .toList();
    }

    @Exported
    public synchronized List<Phase> getPhases() {
        return List.copyOf(phases);
    }

    /** One summary a version, in the order in which the build took them up. */
    @Exported(inline = true, visibility = 2)
    public List<Release> getReleases() {
        List<Phase> all = getPhases();
        return all.stream()
                .map(Phase::getVersion)
                .distinct()
                .map(version -> new Release(
                        version,
                        all.stream().filter(p -> p.getVersion().equals(version)).toList(),
                        run.isBuilding()))
                .toList();
    }

    /** To see the page: what the build itself asks for. */
    public Permission getRequiredPermission() {
        return Item.READ;
    }

    public Api getApi() {
        return new Api(this);
    }

    public Run<?, ?> getRun() {
        return run;
    }

    @Override
    public void onAttached(Run<?, ?> attached) {
        run = attached;
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        run = loaded;
    }

    @Override
    public String getIconFileName() {
        return "symbol-ribbon";
    }

    @Override
    public String getDisplayName() {
        return Messages.ReleaseAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return "darwin-release";
    }
}
