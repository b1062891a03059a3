package io.jenkins.plugins.darwin.jenkins.remote;

import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.darwin.git.HttpTransportSettings;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.network.HostCertificates;
import io.jenkins.plugins.darwin.network.NetworkSettings;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.registry.RegistryAuth;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.release.Settings;
import io.jenkins.plugins.darwin.release.Workspace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;

/** Runs one use case in the agent's JVM. Its files are in the workspace, below {@code dist}, and in the agent's cache. */
public final class AgentCall extends MasterToSlaveFileCallable<Answer> {
    private static final long serialVersionUID = 1L;
    private static final String DIST = "dist";

    private final ReleaseWork work;
    private final StepRequest request;
    private final RemoteSigner signer;
    private final TaskListener listener;

    /** @param signer null for work that does not sign */
    public AgentCall(ReleaseWork work, StepRequest request, RemoteSigner signer, TaskListener listener) {
        this.work = work;
        this.request = request;
        this.signer = signer;
        this.listener = listener;
    }

    @Override
    public Answer invoke(File directory, VirtualChannel channel) throws InterruptedException {
        Clock clock = Clock.systemUTC();
        Progress progress = new ConsoleProgress(listener, clock);
        try (WhileConnected connected = WhileConnected.to(channel);
                Workspace workspace = Workspace.open(settings(directory.toPath(), clock), progress)) {
            return run(work.useCase(workspace, request, signer), progress);
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(); // the build was aborted; what the engine made of it does not matter
            }
            return Answer.failed(e);
        }
    }

    private <R> Answer run(UseCase<R> useCase, Progress progress) {
        Outcome<R> outcome = useCase.run(request.dryRun(), progress);
        Map<String, Object> values = outcome.result() == null ? new LinkedHashMap<>() : work.values(outcome.result());
        values.put("repository", request.remote().url());
        return Answer.of(outcome, values);
    }

    private Settings settings(Path directory, Clock clock) {
        // What a shell step here would have; the agent's own variables are among it.
        Map<String, String> environment = request.environment();
        // The controller's word first; what it does not say, the environment may.
        NetworkSettings network = request.remote().network().or(NetworkSettings.ofEnvironment(environment));
        RegistryOptions registries = RegistryOptions.defaults()
                .withNetwork(network)
                .withCertificates(HostCertificates.ofUser(environment))
                .withLayoutBase(directory)
                .withClock(clock);
        if (request.registryUser() != null) {
            registries = registries.withAuth(new RegistryAuth(request.registryUser(), request.registryPassword()));
        }
        return new Settings(
                HostKeys.complete(request.remote())
                        .withNetwork(HttpTransportSettings.ofUser(
                                network, request.remote().url(), directory, environment)),
                Path.of(request.cache()),
                config(directory),
                registries,
                directory.resolve(DIST),
                clock,
                environment,
                Optional.empty());
    }

    private Optional<Settings.ConfigFile> config(Path directory) {
        if (request.config() == null) {
            return Optional.empty();
        }
        Path file = directory.resolve(request.config()).normalize();
        if (!file.startsWith(directory)) {
            throw ReleaseException.usage("Not a configuration of this build: expected a path in the workspace, found '"
                    + request.config() + "'.");
        }
        try {
            return Optional.of(new Settings.ConfigFile(request.config(), Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            throw ReleaseException.usage(
                    "There is no file " + request.config() + " in the workspace " + directory
                            + ": check the repository out before this step, or leave 'config' out to use the repository's own darwin-release.yaml.");
        } catch (IOException e) {
            throw ReleaseException.failed("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
