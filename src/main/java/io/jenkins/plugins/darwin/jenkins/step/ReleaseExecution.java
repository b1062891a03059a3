package io.jenkins.plugins.darwin.jenkins.step;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.remoting.RequestAbortedException;
import io.jenkins.plugins.darwin.candidate.BuildRecord;
import io.jenkins.plugins.darwin.git.GitCredentials;
import io.jenkins.plugins.darwin.git.GitRemote;
import io.jenkins.plugins.darwin.jenkins.config.ControllerNetwork;
import io.jenkins.plugins.darwin.jenkins.config.DefaultsChain;
import io.jenkins.plugins.darwin.jenkins.config.ReleaseDefaults;
import io.jenkins.plugins.darwin.jenkins.credentials.BuildCredentials;
import io.jenkins.plugins.darwin.jenkins.credentials.CredentialsKind;
import io.jenkins.plugins.darwin.jenkins.credentials.SigningKeys;
import io.jenkins.plugins.darwin.jenkins.remote.AgentCall;
import io.jenkins.plugins.darwin.jenkins.remote.Answer;
import io.jenkins.plugins.darwin.jenkins.remote.CandidateSigner;
import io.jenkins.plugins.darwin.jenkins.remote.PromotionSigner;
import io.jenkins.plugins.darwin.jenkins.remote.ReleaseWork;
import io.jenkins.plugins.darwin.jenkins.remote.RemoteSigner;
import io.jenkins.plugins.darwin.jenkins.remote.StepRequest;
import io.jenkins.plugins.darwin.jenkins.run.RecordedBuilds;
import io.jenkins.plugins.darwin.jenkins.run.ReleaseAction;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.release.PolicyCheck;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/**
 * Finds the credentials here and has the agent do the work. Nothing of it is kept: after a restart of the controller the step
 * fails, and running it again goes on from what Git and the registry hold.
 */
final class ReleaseExecution extends SynchronousNonBlockingStepExecution<Map<String, Object>> {
    private static final long serialVersionUID = 1L;
    private static final String CACHE = "caches/darwin-release";
    /** Measured: 20 to 70 ms on an idle machine. */
    private static final long SAYS_THAT_IT_ENDS_MS = 5_000;

    private static final long LOOK_MS = 100;

    private final transient ReleaseStep step;

    ReleaseExecution(StepContext context, ReleaseStep step) {
        super(context);
        this.step = step;
    }

    @Override
    protected Map<String, Object> run() throws Exception {
        Run<?, ?> run = getContext().get(Run.class);
        TaskListener listener = getContext().get(TaskListener.class);
        String function = step.getDescriptor().getFunctionName();
        try {
            Version version = Version.parse(step.getVersion());
            ReleaseAction page = ReleaseAction.of(run);
            page.started(function, version, step.isDryRun());
            return returned(answer(run, version, listener, page, function), listener);
        } catch (ReleaseException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** The controller came back; what the agent was doing has ended with it. */
    @Override
    public void onResume() {
        try {
            ReleaseAction.of(getContext().get(Run.class)).cutOff();
        } catch (IOException | InterruptedException e) {
            getContext().onFailure(e);
            return;
        }
        getContext()
                .onFailure(new AbortException(
                        "Jenkins was restarted in the middle of the step. Nothing is half done: run the build"
                                + " again, or restart it from this stage, to go on from there."));
    }

    private Answer answer(Run<?, ?> run, Version version, TaskListener listener, ReleaseAction page, String function)
            throws Exception {
        Answer answer = null;
        String refused = null;
        try {
            answer = remembered(run, version, call(run, version, listener));
            return answer;
        } catch (ReleaseException e) {
            refused = e.getMessage();
            throw e;
        } finally {
            if (refused == null) {
                page.ended(function, version, answer);
            } else {
                page.failed(function, version, refused);
            }
        }
    }

    /** What was built is the controller's to remember; the script and the page get the rest. */
    private Answer remembered(Run<?, ?> run, Version version, Answer answer) {
        Object contents = answer.values().remove(ReleaseWork.RECORD);
        if (step.work() == ReleaseWork.BUILD_RC
                && contents instanceof String json
                && answer.values().get("rc") instanceof Integer rc) {
            RecordedBuilds.write(run, version, rc, json);
        }
        return answer;
    }

    private Answer call(Run<?, ?> run, Version version, TaskListener listener) throws Exception {
        DefaultsChain defaults = DefaultsChain.of(run.getParent());
        BuildCredentials credentials = new BuildCredentials(run);
        Optional<BuildRecord> record = step.work() == ReleaseWork.SIGN
                ? Optional.of(RecordedBuilds.require(run, step.getBuildNumber(), version))
                : Optional.empty();
        record.ifPresent(r -> listener.getLogger()
                .println("Signs what " + r.by() + " recorded as " + r.candidate() + " of commit "
                        + r.contents().commit() + "."));
        RemoteSigner signer = step.work().signs()
                ? new RemoteSigner(lent(signer(defaults, credentials, listener), run, version, record))
                : null;
        FilePath workspace = getContext().get(FilePath.class);
        AgentCall work =
                new AgentCall(step.work(), request(run, version, defaults, credentials, record), signer, listener);
        try {
            workspace.mkdirs();
            return workspace.act(work);
        } catch (InterruptedException e) {
            e.setStackTrace(new StackTraceElement[0]); // the console says who aborted; where we waited helps nobody
            throw e;
        } catch (IOException | RuntimeException e) {
            if (Channel.isClosedChannelException(e)
                    || e instanceof RequestAbortedException) { // suddenly, or taken offline
                leaveToResumeIfJenkinsEnds();
                throw ReleaseException.failed(
                        "The agent went away in the middle of the step. Nothing is half done: run it again, on any agent,"
                                + " to go on from there.",
                        e);
            }
            throw e;
        }
    }

    /**
     * A controller that is stopped cuts its agents off, says a moment later that it ends, and then still runs pipelines for
     * a while. A step that failed meanwhile would leave its build in the middle of a stage for ever; one that is not over yet
     * gets {@link #onResume}.
     */
    private static void leaveToResumeIfJenkinsEnds() throws InterruptedException {
        for (long waited = 0; waited < SAYS_THAT_IT_ENDS_MS; waited += LOOK_MS) {
            Jenkins jenkins = Jenkins.getInstanceOrNull();
            Thread.sleep(jenkins == null || jenkins.isTerminating() ? Long.MAX_VALUE : LOOK_MS);
        }
    }

    /** The agent is lent a signer for this step's own things alone. */
    private static DetachedSigner lent(
            DetachedSigner key, Run<?, ?> run, Version version, Optional<BuildRecord> record) {
        return record.<DetachedSigner>map(r -> new CandidateSigner(key, r))
                .orElseGet(() -> new PromotionSigner(key, version, RecordedBuilds.known(run, version)));
    }

    private StepRequest request(
            Run<?, ?> run,
            Version version,
            DefaultsChain defaults,
            BuildCredentials credentials,
            Optional<BuildRecord> record)
            throws Exception {
        StandardUsernamePasswordCredentials registry = defaults.value(
                        step.getRegistryCredentials(), ReleaseDefaults::getRegistryCredentials)
                .map(credentials::registry)
                .orElse(null);
        FilePath root = getContext().get(Node.class).getRootPath();
        if (root == null) {
            throw ReleaseException.failed("The agent went away before the step began; run it again.");
        }
        return new StepRequest(
                version,
                remote(run, defaults, credentials),
                defaults.value(step.getConfig(), ReleaseDefaults::getConfig).orElse(null),
                registry == null ? null : registry.getUsername(),
                registry == null ? null : registry.getPassword().getPlainText(),
                root.child(CACHE).getRemote(),
                step.getFrom(),
                step.getHotfix(),
                step.getCandidateName(),
                step.work() == ReleaseWork.PROMOTE ? ReleasePublisher.all(run) : new ArrayList<>(),
                record.map(Json::write).orElse(null),
                policy(defaults),
                new HashMap<>(getContext().get(EnvVars.class)),
                step.isDryRun());
    }

    /** What an administrator set for the controller or the folder counts like trunk's. */
    static PolicyCheck policy(DefaultsChain defaults) {
        return new PolicyCheck(
                defaults.value((Integer) null, ReleaseDefaults::getQuorum).orElse(null),
                defaults.value((Integer) null, ReleaseDefaults::getHours).orElse(null),
                null);
    }

    private GitRemote remote(Run<?, ?> run, DefaultsChain defaults, BuildCredentials credentials) {
        Optional<String> named = defaults.value(step.getRepository(), ReleaseDefaults::getRepository);
        Optional<JobRepository> own = named.isPresent() ? Optional.empty() : JobRepository.of(run);
        String url = named.or(() -> own.map(JobRepository::url))
                .orElseThrow(() -> ReleaseException.usage(
                        "No repository given: expected 'repository' in the step, in the folder or in the global configuration, because this job"
                                + " checks out none of its own."));
        GitCredentials git = defaults.value(step.getGitCredentials(), ReleaseDefaults::getGitCredentials)
                .or(() -> own.map(JobRepository::credentialsId))
                .map(credentials::git)
                .orElse(GitCredentials.none());
        return new GitRemote(url, git, ControllerNetwork.settings());
    }

    private DetachedSigner signer(DefaultsChain defaults, BuildCredentials credentials, TaskListener listener) {
        String id = defaults.value(step.getSigningKey(), ReleaseDefaults::getSigningKey)
                .orElseThrow(() -> ReleaseException.usage(
                        "No signing key given: expected 'signingKey' in the step, in the folder or in the global configuration to name credentials"
                                + " that hold one."));
        return SigningKeys.open(
                credentials.find(id, CredentialsKind.SIGNING), Clock.systemUTC(), listener.getLogger()::println);
    }

    private Map<String, Object> returned(Answer answer, TaskListener listener) {
        answer.warnings().forEach(warning -> listener.getLogger().println("WARNING: " + warning));
        if (answer.defect() != null) {
            listener.getLogger().println(answer.defect());
        }
        if (answer.failure() != null) {
            throw ReleaseException.failed(answer.failure());
        }
        if (step.isDryRun()) {
            answer.changes()
                    .forEach(change -> listener.getLogger()
                            .println("Would: " + change.get("kind") + " " + change.get("target") + " "
                                    + change.get("state") + " " + change.get("expected")));
        }
        Map<String, Object> values = answer.returned();
        values.putIfAbsent("version", step.getVersion());
        return values;
    }
}
